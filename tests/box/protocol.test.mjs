// protocol.test.mjs - the rarer ways to break HTTP and WebSocket: each has its answer, and the box goes on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, mention, until } from "./lib/box.mjs";
import { closeCodeOf, frame, upgrade } from "./lib/raw.mjs";

let box, display, source;
before(async () => {
  box = await Box.start();
  display = await box.token("display");
  source = await box.token("source");
});
after(async () => assert.equal(await box.close(), 0));

const statusOf = (bytes) => Number(/^HTTP\/1\.1 (\d{3})/.exec(bytes.toString("latin1"))?.[1] ?? 0);
const code = (n) => frame(8, Buffer.from([n >> 8, n & 255]));
const host = "Host: 127.0.0.1";

for (const [name, frames, codes] of [
  ["the second reserved bit", [frame(1, "{}", { rsv: 2 })], [1002]],
  ["the third reserved bit", [frame(1, "{}", { rsv: 1 })], [1002]],
  ["a reserved control opcode", [frame(11, "")], [1002]],
  ["a fragmented close", [frame(8, "", { fin: false })], [1002]],
  ["a fragmented pong", [frame(10, "x", { fin: false })], [1002]],
  ["a new text within fragments", [frame(1, "{", { fin: false }), frame(1, "}")], [1002]],
  ["an unmasked close", [frame(8, Buffer.from([3, 232]), { masked: false })], [1002]],
  ["an unmasked continuation", [frame(1, "{", { fin: false }), frame(0, "}", { masked: false })], [1002]],
  ["bad UTF-8 in the second of three fragments", [frame(1, '{"a":"', { fin: false }), frame(0, Buffer.from([0xff]), { fin: false }), frame(0, '"}')], [1007]],
  ["a surrogate in UTF-8", [frame(1, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))], [1007]],
  ["an overlong character", [frame(1, Buffer.from([0x22, 0xc0, 0xaf, 0x22]))], [1007]],
  ["a number beyond all", [frame(1, `{"watch":"queue","limit":1e999}`)], [1007]],
  ["a frame that claims 2^40 bytes", [Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5])], [1009]],
  ["a length with its highest bit set", [Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5])], [1002, 1009]],
  ["endless empty fragments", [frame(1, "", { fin: false }), ...Array.from({ length: 3000 }, () => frame(0, "", { fin: false }))], [1008]],
  ["a flood of frames", Array.from({ length: 2000 }, () => frame(1, "{}")), [1008]],
  ["close 1005", [code(1005)], [1002]],
  ["close 1006", [code(1006)], [1002]],
  ["close 1015", [code(1015)], [1002]],
  ["close 2999", [code(2999)], [1002]],
  ["close 0", [code(0)], [1002]],
  ["a rightful close", [code(1000)], [1000]],
  ["a close of an application", [code(4999)], [4999]],
  ["a close that says nothing", [frame(8, "")], [1000, 1005]],
])
  test(`closed with the right code: ${name}`, async () => {
    const got = await closeCodeOf(box, display, ...frames);
    assert.ok(codes.includes(got), `got ${got}`);
  });

test("fragments with pings between are one frame", async () => {
  const { socket } = await upgrade(box, display);
  let got = Buffer.alloc(0);
  socket.on("data", (d) => { got = Buffer.concat([got, d]); });
  for (const f of [frame(1, '{"wat', { fin: false }), frame(9, "mid"), frame(0, 'ch":"w', { fin: false }), frame(9, "mid"), frame(0, 'all"}')]) socket.write(f);
  await until(() => got.includes('"full":{') && got.includes("mid"));
  socket.destroy();
});

for (const [name, headers, line, status] of [
  ["no Host", { Host: null }, undefined, 400],
  ["a list as Host", { Host: "a, b" }, undefined, 400],
  ["HTTP/1.0", {}, "GET /live HTTP/1.0", 505],
  ["a POST", {}, "POST /live HTTP/1.1", 405],
  ["another path", {}, "GET /live2 HTTP/1.1", 404],
  ["no version", { "Sec-WebSocket-Version": null }, undefined, 426],
  ["no key", { "Sec-WebSocket-Key": null }, undefined, 400],
  ["a key that is no base64", { "Sec-WebSocket-Key": "!!!!!!!!!!!!!!!!!!!!!!!!" }, undefined, 400],
  ["a body", { "Content-Length": "5" }, undefined, 400],
  ["Transfer-Encoding", { "Transfer-Encoding": "chunked" }, undefined, 411],
  ["a subprotocol that only looks like ours", { "Sec-WebSocket-Protocol": "atalaya.v11" }, undefined, 400],
  ["Origin null", { Origin: "null" }, undefined, 403],
  ["the scheme http in Origin", { Origin: "http://127.0.0.1" }, undefined, 403],
])
  test(`no upgrade: ${name} is ${status}`, async () => {
    const { socket, status: got } = await upgrade(box, display, headers, line);
    socket.destroy();
    assert.equal(got, status);
  });

const post = (...more) => ["POST /api/mentions HTTP/1.1", host, "Authorization: Bearer SOURCE", "Content-Type: application/json", ...more];
for (const [name, lines, statuses] of [
  ["Content-Length with a sign", post("Content-Length: +5"), [400]],
  ["Content-Length in hexadecimal", post("Content-Length: 0x5"), [400]],
  ["Content-Length of two numbers", post("Content-Length: 5 5"), [400]],
  ["Content-Length as a list", post("Content-Length: 5, 5"), [400]],
  ["an empty Content-Length", post("Content-Length: "), [400, 411]],
  ["Content-Length beyond 64 bits", post("Content-Length: 99999999999999999999999"), [400, 413]],
  ["no Content-Length", post(), [411]],
  ["the same Content-Length twice", post("Content-Length: 2", "Content-Length: 2"), [400]],
  ["Transfer-Encoding beside Content-Length", post("Content-Length: 2", "Transfer-Encoding: chunked"), [411]],
  ["Transfer-Encoding identity", post("Transfer-Encoding: identity"), [411]],
  ["a tab before chunked", post("Transfer-Encoding:\tchunked"), [411]],
  ["a space before the colon", ["GET /healthz HTTP/1.1", host, "Content-Length : 5"], [400]],
  ["Host with a path", ["GET /healthz HTTP/1.1", "Host: a/b"], [400]],
  ["an empty Host", ["GET /healthz HTTP/1.1", "Host:"], [400]],
  ["HTTP/2 in HTTP/1", ["PRI * HTTP/2.0"], [400, 405, 505, 0]],
  ["HTTP/1.2", ["GET /healthz HTTP/1.2", host], [505]],
  ["no version at all", ["GET /healthz", host], [400, 505, 0]],
  ["an unknown method", ["BREW /healthz HTTP/1.1", host], [400, 405, 501, 0]],
  ["CONNECT", ["CONNECT 10.0.0.1:80 HTTP/1.1", host], [400, 405, 501, 0]],
  ["TRACE", ["TRACE /healthz HTTP/1.1", host], [400, 405, 501, 0]],
  ["another box's address", ["GET https://evil.example/../etc/passwd HTTP/1.1", host], [400, 403, 404, 0]],
  ["a NUL in the path", ["GET /wall%00.html HTTP/1.1", host], [400, 403, 404, 0]],
  ["a path of 10 kB", [`GET /${"a".repeat(10000)} HTTP/1.1`, host], [400, 404, 414, 431, 0]],
  ["1,000 headers", ["GET /healthz HTTP/1.1", host, ...Array.from({ length: 1000 }, (_, i) => `X-${i}: ${i}`)], [400, 431, 0]],
])
  test(`answered and closed: ${name}`, async () => {
    const bytes = Buffer.from([...lines, lines[0].startsWith("GET") ? "Connection: close" : "X-End: 1", "", ""].join("\r\n").replace("SOURCE", source), "latin1");
    const answer = await box.raw(bytes, { timeout: 20000 });
    assert.ok(statuses.includes(statusOf(answer)), `got ${statusOf(answer)}: ${answer.toString("latin1").slice(0, 300)}`);
  });

test("what follows a refused request on its connection is not taken for a request", async () => {
  const inner = `POST /api/mentions HTTP/1.1\r\n${host}\r\nAuthorization: Bearer ${source}\r\nContent-Type: application/json\r\n`;
  const body = JSON.stringify(mention({ id: "smuggled" }));
  for (const outer of [["Transfer-Encoding: chunked"], ["Content-Length: 0", "Content-Length: 9"], ["Content-Length: 3", "Transfer-Encoding: chunked"]]) {
    const bytes = [...post(...outer), "", `${inner}Content-Length: ${body.length}\r\n\r\n${body}`].join("\r\n").replace("SOURCE", source);
    const answer = (await box.raw(Buffer.from(bytes), { timeout: 20000 })).toString("latin1");
    assert.ok(answer.split("HTTP/1.1 ").length <= 2 && !answer.includes("HTTP/1.1 202"), answer);
  }
  assert.equal((await box.post(source, mention({ id: "smuggled" }))).json.results[0].status, "accepted");
});

test("a client that sends a byte now and then is not waited for for ever", { timeout: 120_000 }, async () => {
  const tls = await import("node:tls");
  const slow = (first) => new Promise((resolve) => {
    const s = tls.connect({ host: "127.0.0.1", port: box.port, rejectUnauthorized: false }, () => {
      s.write(first);
      const drip = setInterval(() => s.write("a"), 1000);
      s.on("close", () => { clearInterval(drip); resolve(true); });
    });
    s.on("error", () => {});
    s.resume();
  });
  const [head, body] = [slow(`GET /healthz HTTP/1.1\r\n${host}\r\nX-A: `), slow(`${post("Content-Length: 5000").join("\r\n").replace("SOURCE", source)}\r\n\r\n{`)];
  assert.deepEqual(await Promise.all([head, body]), [true, true]);
});

test("after all this the box is well", async () => {
  assert.equal((await box.request("GET", "/healthz")).status, 200);
  assert.equal((await box.post(source, mention())).status, 202);
});
