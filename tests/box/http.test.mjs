// http.test.mjs - every status of the HTTPS side, asked of the real program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createHmac } from "node:crypto";
import { Box, mention, until } from "./lib/box.mjs";

let box, source;
before(async () => {
  box = await Box.start();
  source = await box.token("source");
});
after(async () => assert.equal(await box.close(), 0));

const head = (lines) => Buffer.from(lines.join("\r\n") + "\r\n\r\n");
const statusOf = (bytes) => Number(/^HTTP\/1\.1 (\d{3})/.exec(bytes.toString("latin1"))?.[1]);

test("healthz says ok and the seq", async () => {
  const r = await box.request("GET", "/healthz");
  assert.equal(r.status, 200);
  assert.equal(r.json.status, "ok");
  assert.equal(typeof r.json.seq, "number");
});

test("pages carry strict headers, an ETag, and gzip when it is accepted", async () => {
  const r = await box.request("GET", "/wall");
  assert.equal(r.status, 200);
  assert.match(r.headers["content-security-policy"], /default-src 'none'/);
  assert.doesNotMatch(r.headers["content-security-policy"], /unsafe/);
  assert.equal(r.headers["x-content-type-options"], "nosniff");
  const again = await box.request("GET", "/wall", { headers: { "If-None-Match": r.headers.etag } });
  assert.equal(again.status, 304);
  const script = /src="(\/wall\/[^"]+\.js)"/.exec(r.body)[1];
  const js = await box.request("GET", script, { headers: { "Accept-Encoding": "gzip" } });
  assert.equal(js.headers["content-encoding"], "gzip");
  assert.match(js.headers["cache-control"], /immutable/);
});

test("the root leads to the wall; what is not there is 404; a method that is not taken is 405", async () => {
  const root = await box.request("GET", "/");
  assert.deepEqual([root.status, root.headers.location], [302, "/wall"]);
  assert.equal((await box.request("GET", "/nothing")).status, 404);
  assert.equal((await box.request("GET", "/api/mentions")).status, 405);
  assert.equal((await box.request("DELETE", "/wall")).status, 405);
  assert.equal((await box.request("POST", "/api/nothing", { body: {} })).json.code, "not_found");
});

test("405 says what that address takes; /live without an upgrade is 426", async () => {
  for (const [method, target, allow] of [
    ["GET", "/api/mentions", "POST"], ["PUT", "/api/mentions", "POST"], ["POST", "/healthz", "GET, HEAD"],
    ["DELETE", "/wall", "GET, HEAD"], ["POST", "/live", "GET, HEAD"]]) {
    const r = await box.request(method, target);
    assert.deepEqual([r.status, r.headers.allow], [405, allow], `${method} ${target}`);
  }
  for (const method of ["GET", "HEAD"]) {
    const r = await box.request(method, "/live");
    assert.deepEqual([r.status, r.headers.upgrade], [426, "websocket"]);
    assert.match(r.headers.connection, /\bupgrade\b/i);
  }
});

for (const [headers, status, reason] of [
  [{ "Content-Encoding": "gzip" }, 415, /Content-Encoding/],
  [{ "Content-Encoding": "identity, br" }, 415, /Content-Encoding/],
  [{ "Content-Encoding": "x".repeat(200) }, 415, /Content-Encoding/],
  [{ "Content-Encoding": "Identity" }, 202],
  [{ "Content-Type": "application/json; charset=iso-8859-1" }, 415, /UTF-8/],
  [{ "Content-Type": 'application/json;x=1; Charset="latin1"' }, 415, /UTF-8/],
  [{ "Content-Type": "application/json; charset=utf-80" }, 415, /UTF-8/],
  [{ "Content-Type": "application/json; charset=" }, 415, /UTF-8/],
  [{ "Content-Type": "application/json;charset=UTF-8" }, 202],
  [{ "Content-Type": 'Application/JSON ; x=1 ; charset="utf-8" ' }, 202],
  [{ "Content-Type": "application/jsonl" }, 415, /application\/json/],
])
  test(`a body is JSON in UTF-8, as it is: ${JSON.stringify(headers).slice(0, 60)} is ${status}`, async () => {
    const r = await box.post(source, mention(), { headers });
    assert.equal(r.status, status, r.body);
    if (reason) assert.match(r.json.detail, reason);
  });

test("HEAD has a length and no body", async () => {
  const r = await box.request("HEAD", "/wall");
  assert.equal(r.status, 200);
  assert.ok(Number(r.headers["content-length"]) > 100);
  assert.equal(r.body, "");
});

test("metrics need a role or loopback, and hold what they should", async () => {
  const r = await box.request("GET", "/metrics");
  assert.equal(r.status, 200);
  assert.match(r.body, /atalaya_commits_total \d+/);
  assert.match(r.body, /# EOF\n$/);
});

test("the authority's certificate can be fetched", async () => {
  const r = await box.request("GET", "/ca.crt");
  assert.equal(r.status, 200);
  assert.match(r.body, /BEGIN CERTIFICATE/);
  assert.match(r.headers["content-disposition"], /atalaya-ca\.crt/);
});

test("posting needs the role source", async () => {
  assert.equal((await box.request("POST", "/api/mentions", { body: mention() })).status, 401);
  assert.equal((await box.post("wrong", mention())).status, 401);
  const metrics = await box.token("metrics");
  assert.equal((await box.post(metrics, mention())).status, 403);
});

test("a mention is accepted once, and a duplicate says so", async () => {
  const m = mention();
  const first = await box.post(source, m);
  assert.equal(first.status, 202);
  assert.equal(first.json.results[0].status, "accepted");
  const second = await box.post(source, m);
  assert.equal(second.status, 202);
  assert.equal(second.json.results[0].status, "duplicate");
});

test("ids beyond 2^53 stay exact as strings and are refused as numbers", async () => {
  const a = await box.post(source, mention({ id: "9007199254740993" }));
  const b = await box.post(source, mention({ id: "9007199254740992" }));
  assert.deepEqual([a.json.results[0].status, b.json.results[0].status], ["accepted", "accepted"]);
  assert.equal(a.json.results[0].id, "9007199254740993");
  const n = await box.request("POST", "/api/mentions", {
    token: source, body: '{"network":"x","id":9007199254740993,"text":"hola","author":{"id":"1"}}' });
  assert.equal(n.status, 400);
  assert.match(n.json.detail, /string/);
});

test("the good elements of an array are not lost with the bad one", async () => {
  const r = await box.post(source, [mention(), { ...mention(), author: {} }, mention(), { ...mention(), id: 7 }]);
  assert.equal(r.status, 202);
  assert.deepEqual(r.json.results.map((x) => x.status), ["accepted", "refused", "accepted", "refused"]);
  assert.equal(r.json.results[1].problem.pointer, "/1/author/id");
  assert.equal(r.json.results[3].problem.pointer, "/3/id");
});

test("all refused is 400 with the first place", async () => {
  const r = await box.post(source, [{ ...mention(), text: undefined }]);
  assert.equal(r.status, 400);
  assert.match(r.headers["content-type"], /problem\+json/);
  assert.equal(r.json.pointer, "/0/text");
});

for (const [name, body] of [
  ["duplicate keys", '{"network":"x","network":"y","id":"1","text":"t","author":{"id":"1"}}'],
  ["a NUL in a text", '{"network":"x","id":"1","text":"a\\u0000b","author":{"id":"1"}}'],
  ["a second document", '{"network":"x","id":"1","text":"t","author":{"id":"1"}} {}'],
  ["a lone surrogate", '{"network":"x","id":"1","text":"\\ud800","author":{"id":"1"}}'],
  ["bad UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["half a document", '{"network":"x"'],
  ["a number", "7"],
  ["an empty array", "[]"],
  ["1 MiB of nested arrays", "[".repeat(1 << 20)],
])
  test(`refused with a reason: ${name}`, async () => {
    const r = await box.request("POST", "/api/mentions", { token: source, body });
    assert.equal(r.status, 400);
    assert.ok(r.json.detail.length > 5);
  });

test("over the limits: body 413, elements 413, type 415, text refused", async () => {
  assert.equal((await box.request("POST", "/api/mentions", { token: source, body: "x".repeat((1 << 20) + 1) })).status, 413);
  const many = Array.from({ length: 1001 }, (_, i) => ({ network: "x", id: `many${i}`, text: "t", author: { id: "1" } }));
  assert.equal((await box.post(source, many)).status, 413);
  const typed = await box.request("POST", "/api/mentions", { token: source, body: "{}", headers: { "Content-Type": "text/plain" } });
  assert.equal(typed.status, 415);
  const long = await box.post(source, mention({ text: "é".repeat(32769) }));
  assert.deepEqual([long.status, long.json.pointer], [400, "/text"]);
});

test("strange but honest mentions are kept: RTL marks, 60 kB of combining marks, 1970, the future", async () => {
  const r = await box.post(source, [
    mention({ text: "\u202Eoicivres nis\u202C sin servicio" }),
    mention({ text: "e" + "\u0301".repeat(30000) }),
    mention({ at: "1970-01-01T00:00:00Z" }),
    mention({ at: "2126-01-01T00:00:00Z" }),
  ]);
  assert.deepEqual(r.json.results.map((x) => x.status), ["accepted", "accepted", "accepted", "accepted"]);
});

test("100 kB of combining marks are refused by name; what is kept keeps its clocks within the day", async () => {
  const marks = await box.post(source, mention({ text: "e" + "\u0301".repeat(50000) }));
  assert.deepEqual([marks.status, marks.json.pointer], [400, "/text"]);
  const m = [mention({ at: "1970-01-01T00:00:00Z" }), mention({ at: "2126-01-01T00:00:00Z" }), mention({ at: "9999-12-31T23:59:60Z" })];
  const now = Date.now(), r = await box.post(source, m);
  assert.ok(["accepted", "refused"].includes(r.json.results[2].status), r.body);
  const cases = (await box.cli("export")).stdout.trim().split("\n").map((l) => JSON.parse(l));
  for (const { id } of m.slice(0, 2)) {
    const c = cases.find((x) => x.mentions.some((y) => y.id === id));
    const due = Date.parse(c.answer ?? c.acknowledge);
    assert.ok(due > now - 25 * 3600000 && due <= now + 2 * 3600000, JSON.stringify(c));
  }
});

test("a channel's name that no view could carry is refused, and the wall stays up", async () => {
  const r = await box.post(source, [mention({ channel: 'a"b' }), mention({ channel: "a\\c" }), mention({ network: "n\nm" }), mention({ channel: "<b>ñ</b>" })]);
  assert.deepEqual(r.json.results.map((x) => x.status), ["refused", "refused", "refused", "accepted"]);
  assert.deepEqual(r.json.results.slice(0, 3).map((x) => x.problem.pointer), ["/0/channel", "/1/channel", "/2/network"]);
  const wall = await box.live(await box.token("display"));
  wall.send({ watch: "wall" });
  assert.ok("<b>ñ</b>" in (await wall.frame((f) => f.full)).full.channels);
  await wall.close();
});

test("edits and deletions find their mention; a second deletion is a duplicate", async () => {
  const m = mention();
  await box.post(source, m);
  const r = await box.post(source, [{ ...m, event: "edit", text: "Ya está, gracias" }, { network: "x", id: m.id, event: "delete" },
    { network: "x", id: m.id, event: "delete" }]);
  assert.deepEqual(r.json.results.map((x) => x.status), ["accepted", "accepted", "duplicate"]);
});

test("a foreign Origin is refused even with a bearer token", async () => {
  const r = await box.post(source, mention(), { headers: { Origin: "https://evil.example" } });
  assert.equal(r.status, 403);
});

const host = "Host: 127.0.0.1";
for (const [name, lines, status] of [
  ["no Host", ["GET /healthz HTTP/1.1"], 400],
  ["two Hosts", ["GET /healthz HTTP/1.1", host, host], 400],
  ["HTTP/1.0", ["GET /healthz HTTP/1.0", host], 505],
  ["Transfer-Encoding", ["POST /api/mentions HTTP/1.1", host, "Transfer-Encoding: chunked", "Content-Type: application/json"], 411],
  ["a Content-Length of letters", ["POST /api/mentions HTTP/1.1", host, "Content-Length: 5x"], 400],
  ["a negative Content-Length", ["POST /api/mentions HTTP/1.1", host, "Content-Length: -5"], 400],
  ["two Content-Lengths", ["POST /api/mentions HTTP/1.1", host, "Content-Length: 5", "Content-Length: 6"], 400],
  ["a body on GET", ["GET /healthz HTTP/1.1", host, "Content-Length: 4"], 400],
])
  test(`refused and closed: ${name}`, async () => {
    const answer = await box.raw(head(lines));
    assert.equal(statusOf(answer), status, answer.toString("latin1").slice(0, 200));
    assert.match(answer.toString("latin1"), /Connection: close/);
  });

for (const target of ["/../../etc/passwd", "/wall/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/wall/..%2f..%2fetc%2fpasswd"])
  test(`no way out by ${target}`, async () => {
    const answer = (await box.raw(head([`GET ${target} HTTP/1.1`, host, "Connection: close"]))).toString("latin1");
    assert.doesNotMatch(answer, /root:/);
    assert.ok(!/^HTTP\/1\.1 2/.test(answer), answer.slice(0, 80));
  });

test("headers beyond the cap do not pass", async () => {
  const answer = await box.raw(head(["GET /healthz HTTP/1.1", host, `X-Long: ${"a".repeat(20000)}`]));
  assert.notEqual(statusOf(answer), 200);
});

test("64 connections without credentials from one address, and no more", async () => {
  const tls = await import("node:tls");
  const open = [];
  for (let i = 0; i < 80; i++)
    open.push(new Promise((resolve) => {
      const s = tls.connect({ host: "127.0.0.1", port: box.port, rejectUnauthorized: false });
      s.on("secureConnect", () => resolve(s));
      s.on("error", () => resolve(undefined));
      s.on("close", () => resolve(undefined));
    }));
  const sockets = (await Promise.all(open)).filter(Boolean), standing = () => sockets.filter((s) => !s.destroyed).length;
  await until(() => standing() <= 64);
  assert.ok(standing() >= 50, `${standing()} stood`);
  for (const s of sockets) s.destroy();
  await new Promise((r) => setTimeout(r, 300));
  assert.equal((await box.request("GET", "/healthz")).status, 200);
});

test("Standard Webhooks signatures let in what they sign, and nothing else", async () => {
  const secret = "whsec_" + Buffer.from("a secret of twenty-four b").toString("base64");
  const signed = await Box.start({ config: { webhook_secret: secret } });
  const send = (body, { at = Math.floor(Date.now() / 1000), key = secret } = {}) => {
    const mac = createHmac("sha256", Buffer.from(key.slice(6), "base64")).update(`msg1.${at}.${body}`).digest("base64");
    return signed.request("POST", "/api/mentions", {
      body, headers: { "webhook-id": "msg1", "webhook-timestamp": String(at), "webhook-signature": `v1,AAAA v1,${mac}` } });
  };
  assert.equal((await send(JSON.stringify(mention()))).status, 202);
  assert.equal((await send(JSON.stringify(mention()), { at: 1 })).status, 401);
  assert.equal((await send(JSON.stringify(mention()), { key: "whsec_" + Buffer.alloc(24).toString("base64") })).status, 401);
  assert.equal(await signed.close(), 0);
});

test("too many wrong credentials from one address are put off", async () => {
  const other = await Box.start();
  let last;
  for (let i = 0; i < 25; i++) last = await other.post("wrong" + i, mention());
  assert.equal(last.status, 429);
  assert.ok(last.headers["retry-after"]);
  await other.close();
});
