// live.test.mjs - live views, commands and protocol violations on /live.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "node:crypto";
import { Box, mention, merge, until } from "./lib/box.mjs";
import { closeCodeOf, frame, upgrade } from "./lib/raw.mjs";

let box, source, display, agent, other, lead;
before(async () => {
  box = await Box.start();
  source = await box.token("source");
  display = await box.token("display");
  agent = await box.token("agent", "Ana");
  other = await box.token("agent", "Beto");
  lead = await box.token("lead", "Carla");
});
after(async () => assert.equal(await box.close(), 0));

const queueOf = (l) => l.frame((f) => f.view === "queue" && f.full);
async function newCase(l) {
  const m = mention();
  await box.post(source, m);
  l.send({ unwatch: "queue", team: "*", limit: 200 });
  l.frames.length = 0;
  l.send({ watch: "queue", team: "*", limit: 200 });
  const full = (await queueOf(l)).full;
  const id = full.order.find((x) => full.cases[x].lines[0]?.includes(m.text) && !seen.has(x));
  seen.add(id);
  return { id, ...full.cases[id] };
}
const seen = new Set();

test("a wall gets full, then patches that add up to a fresh full", async () => {
  const a = await box.live(display);
  a.send({ watch: "wall" });
  const first = await a.frame((f) => f.view === "wall" && f.full);
  assert.equal(first.full.demo, false);
  let state = first.full, seq = first.seq;
  for (let i = 0; i < 5; i++) {
    await box.post(source, mention());
    await new Promise((r) => setTimeout(r, 120));
  }
  await until(() => a.frames.filter((f) => f.set).length >= 2);
  await new Promise((r) => setTimeout(r, 400));
  for (const f of a.frames.filter((x) => x.view === "wall" && x.set)) {
    assert.equal(f.from, seq);
    state = merge(state, f.set);
    seq = f.seq;
  }
  const b = await box.live(display);
  b.send({ watch: "wall" });
  const fresh = await b.frame((f) => f.view === "wall" && f.full);
  assert.deepEqual(state, fresh.full);
  assert.ok(fresh.full.waiting >= 5);
  await a.close();
  await b.close();
});

test("a silent socket hears the time every two seconds", async () => {
  const l = await box.live(display);
  const beat = await l.frame((f) => f.at && f.seq !== undefined && !f.view, 4000);
  assert.ok(Math.abs(beat.at - Date.now()) < 5000);
  await l.close();
});

test("displays see no texts", async () => {
  const l = await box.live(display);
  l.send({ watch: "queue", team: "*", limit: 50 });
  const f = await l.frame((x) => x.refused);
  assert.equal(f.refused.code, "not_allowed");
  l.send({ watch: "nothing" });
  assert.equal((await l.frame((x) => x.refused?.code === "not_found")).refused.code, "not_found");
  await l.close();
});

test("a queue is ordered by rank and says why", async () => {
  const l = await box.live(agent);
  await box.post(source, [mention(), mention({ text: "Mi madre está atrapada en el ascensor y no respira bien, es una emergencia, ayuda urgente" })]);
  l.send({ watch: "queue", team: "*", limit: 50 });
  const { full } = await queueOf(l);
  const ranks = full.order.map((id) => full.cases[id].rank_ms);
  assert.deepEqual(ranks, [...ranks].sort((x, y) => x - y));
  assert.equal(full.cases[full.order[0]].level, "urgent");
  assert.ok(full.cases[full.order[0]].reasons.length > 0);
  assert.ok(full.cases[full.order[0]].due_ms > Date.now() - 86400000);
  await l.close();
});

test("personal data is masked in the queue", async () => {
  const l = await box.live(agent);
  await box.post(source, mention({ text: "Mi tarjeta 4242 4242 4242 4242 no pasa, escribidme a ana.perez@example.com" }));
  l.send({ watch: "queue", team: "*", limit: 200 });
  const { full } = await queueOf(l);
  const lines = full.order.map((id) => full.cases[id].lines[0]);
  assert.ok(lines.some((t) => t?.startsWith("Mi tarjeta •••• •••• •••• 4242 no pasa, escribidme a •••.•••••@•••••••.•••")), lines.join("\n"));
  assert.ok(!lines.some((t) => t?.includes("4242 4242")));
  await l.close();
});

test("two claims at once: the first wins, the second is refused taken", async () => {
  const a = await box.live(agent), b = await box.live(other);
  const c = await newCase(a);
  const answers = await Promise.all([a.do("claim", { case: c.id, seen: c.seq }), b.do("claim", { case: c.id, seen: c.seq })]);
  const refused = answers.filter((x) => x.refused);
  assert.equal(answers.filter((x) => x.ok).length, 1);
  assert.ok(["taken", "stale"].includes(refused[0].refused.code), JSON.stringify(refused[0]));
  await a.close();
  await b.close();
});

test("a stale screen is refused, a repeated ref hears its first answer", async () => {
  const a = await box.live(agent);
  const c = await newCase(a);
  assert.equal((await a.do("claim", { case: c.id, seen: c.seq - 1 })).refused.code, "stale");
  const ref = randomBytes(16).toString("hex");
  a.send({ do: "claim", ref, case: c.id, seen: c.seq });
  const first = await a.frame((f) => f.ref === ref);
  assert.ok(first.ok);
  a.frames.length = 0;
  a.send({ do: "claim", ref, case: c.id, seen: c.seq });
  assert.deepEqual(await a.frame((f) => f.ref === ref), first);
  await a.close();
});

test("dismissing needs a reason, and the case leaves the queue", async () => {
  const a = await box.live(lead);
  const c = await newCase(a);
  assert.ok((await a.do("dismiss", { case: c.id, seen: c.seq })).refused);
  const done = await a.do("dismiss", { case: c.id, seen: c.seq, reason: "chatter" });
  assert.ok(done.ok, JSON.stringify(done));
  await a.frame((f) => f.view === "queue" && f.set?.cases && f.set.cases[c.id] === null);
  await a.close();
});

test("displays may not act; bad refs, cases and verbs are named", async () => {
  const d = await box.live(display), a = await box.live(agent);
  assert.equal((await d.do("claim", { case: "0".repeat(26), seen: 0 })).refused.code, "not_allowed");
  assert.equal((await a.do("claim", { case: "nonsense", seen: 0 })).refused.code, "invalid");
  assert.equal((await a.do("explode", { case: "0".repeat(26), seen: 0 })).refused.code, "invalid");
  assert.equal((await a.do("claim", { case: "0".repeat(26), seen: 0 })).refused.code, "not_found");
  await d.close();
  await a.close();
});

test("agents are counted: available, busy, away", async () => {
  const w = await box.live(display);
  w.send({ watch: "wall" });
  const a = await box.live(agent);
  const state = () => w.frames.filter((f) => f.view === "wall").reduce((s, f) => (f.full ? f.full : merge(s, f.set)), {});
  await until(() => state().agents?.available + state().agents?.busy >= 1);
  assert.match((await a.do("presence", { on: "no" })).refused.message, /"on".*true or false/);
  await a.do("presence", { on: false });
  await until(() => state().agents?.away >= 1);
  await a.do("presence", { on: true });
  await until(() => state().agents?.away === 0 || state().agents?.available >= 1);
  await a.close();
  await w.close();
});

test("revoking closes live sockets and the credential is dead", async () => {
  const token = await box.token("display", "to-be-revoked");
  const l = await box.live(token);
  await box.cli("token", "revoke", "to-be-revoked");
  assert.equal((await l.closed).code, 4401);
  await assert.rejects(box.live(token));
});

test("pairing: a code, an approval, a cookie that opens the wall only from our own page", async () => {
  const started = (await box.request("POST", "/api/pair", { body: {} })).json;
  assert.match(started.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  const poll = () => box.request("POST", "/api/pair/token", { body: { device_code: started.device_code } });
  assert.equal((await poll()).json.code, "authorization_pending");
  assert.equal((await poll()).json.code, "slow_down");
  await assert.rejects(box.cli("display", "approve", "BBBB-BBBB"));
  await box.cli("display", "approve", started.user_code.toLowerCase(), "--name", "planta 2");
  await new Promise((r) => setTimeout(r, 1000));
  const done = await poll();
  assert.equal(done.status, 200, done.body);
  const [cookie] = done.headers["set-cookie"][0].split(";");
  assert.match(done.headers["set-cookie"][0], /Secure; HttpOnly; SameSite=Strict/);
  assert.equal((await box.request("GET", "/api/session", { headers: { Cookie: cookie } })).json.name, "planta 2");
  const WebSocket = (await import("ws")).default;
  const open = (origin) => new Promise((resolve) => {
    const s = new WebSocket(`wss://127.0.0.1:${box.port}/live`, "atalaya.v1", {
      rejectUnauthorized: false, headers: { Cookie: cookie, ...(origin ? { Origin: origin } : {}) } });
    s.on("open", () => { s.close(); resolve(101); });
    s.on("unexpected-response", (_q, r) => resolve(r.statusCode));
    s.on("error", () => resolve(0));
  });
  assert.equal(await open(`https://127.0.0.1:${box.port}`), 101);
  assert.equal(await open("https://evil.example"), 403);
  assert.equal(await open(), 403);
});

// ---- raw frames

const connect = (headers) => upgrade(box, display, headers);
const closeCode = (...frames) => closeCodeOf(box, display, ...frames);

for (const [name, frames, codes] of [
  ["an unmasked frame", [frame(1, "{}", { masked: false })], [1002]],
  ["a reserved bit", [frame(1, "{}", { rsv: 4 })], [1002]],
  ["an unknown opcode", [frame(3, "{}")], [1002]],
  ["a fragmented control frame", [frame(9, "x", { fin: false })], [1002]],
  ["a long control frame", [frame(9, "x".repeat(126))], [1002]],
  ["a continuation of nothing", [frame(0, "{}")], [1002]],
  ["bad UTF-8", [frame(1, Buffer.from([0x22, 0xc3, 0x28, 0x22]))], [1007]],
  ["bad UTF-8 across fragments", [frame(1, Buffer.from([0x22, 0xe2, 0x82]), { fin: false }), frame(0, Buffer.from([0x28, 0x22]))], [1007]],
  ["half a character at the end", [frame(1, Buffer.from([0x22, 0xe2, 0x82]))], [1007]],
  ["a binary frame", [frame(2, "{}")], [1003]],
  ["a frame over 64 KiB", [frame(1, "x".repeat(70000))], [1009]],
  ["endless fragments", [frame(1, "[", { fin: false }), ...Array.from({ length: 80 }, () => frame(0, "1,".repeat(500), { fin: false }))], [1009]],
  ["not JSON", [frame(1, "hello")], [1007]],
  ["deep JSON", [frame(1, "[".repeat(20) + "]".repeat(20))], [1007]],
  ["a close code of nobody", [frame(8, Buffer.from([0x03, 0xec]))], [1002]],
  ["a close code over 4999", [frame(8, Buffer.from([0x13, 0x88]))], [1002]],
  ["a close of one byte", [frame(8, Buffer.from([0x03]))], [1002]],
  ["bad UTF-8 in a close reason", [frame(8, Buffer.from([0x03, 0xe8, 0xc3, 0x28]))], [1007]],
])
  test(`closed with the right code: ${name}`, async () => {
    const code = await closeCode(...frames);
    assert.ok(codes.includes(code), `got ${code}`);
  });

for (const [name, headers, status] of [
  ["version 8", { "Sec-WebSocket-Version": "8" }, 426],
  ["no subprotocol", { "Sec-WebSocket-Protocol": null }, 400],
  ["another subprotocol", { "Sec-WebSocket-Protocol": "chat" }, 400],
  ["no credential", { Authorization: null }, 401],
  ["a wrong credential", { Authorization: "Bearer no" }, 401],
  ["a foreign Origin", { Origin: "https://evil.example" }, 403],
  ["a short key", { "Sec-WebSocket-Key": "abc" }, 400],
])
  test(`no upgrade: ${name} is ${status}`, async () => {
    const { socket, status: got } = await connect(headers);
    socket.destroy();
    assert.equal(got, status);
  });

test("an unknown Upgrade does not hurt", async () => {
  const answer = await box.raw(Buffer.from("GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: nonsense\r\nConnection: Upgrade, close\r\n\r\n"), { timeout: 15000 });
  assert.ok(answer.length >= 0);
  assert.equal((await box.request("GET", "/healthz")).status, 200);
});

test("JSON that asks for nothing known is answered and the socket stays", async () => {
  const l = await box.live(display);
  l.send({ hello: 1 });
  assert.equal((await l.frame((f) => f.refused)).refused.code, "invalid");
  l.send({ watch: "wall" });
  await l.frame((f) => f.full);
  await l.close();
});

test("a watch that is refused says which it was", async () => {
  const live = await box.live(await box.token("agent"));
  for (const [asked, code, said] of [
    [{ watch: "queue", team: "nowhere", limit: 7 }, "not_found", /team/],
    [{ watch: "queue", team: "*", limit: 0 }, "invalid", /limit.*1 to 200/],
    [{ watch: "queue", team: "*", limit: 201 }, "invalid", /limit.*1 to 200/],
    [{ watch: "queue", limit: 2.5 }, "invalid", /limit.*1 to 200/],
    [{ watch: "queue", limit: "ten" }, "invalid", /limit.*1 to 200/],
    [{ watch: "queue", team: 7 }, "invalid", /malformed/],
    [{ watch: "case", id: "0".repeat(26) }, "not_found", /case/],
    [{ watch: "case", id: "short" }, "invalid", /malformed/],
    [{ watch: "nothing" }, "not_found", /view/],
    [{ unwatch: "queue", limit: 999 }, "invalid", /limit/],
  ]) {
    live.send({ ...asked, other: "is not repeated" });
    const { refused, ...rest } = await live.frame((f) => f.refused && Object.entries(asked).every(([k, v]) => f[k] === v));
    assert.deepEqual(rest, asked);
    assert.equal(refused.code, code);
    assert.match(refused.message, said);
  }
  live.send({ watch: "queue", team: "x".repeat(5000) });
  const long = await live.frame((f) => f.watch === "queue" && f.team === undefined && f.limit === undefined);
  assert.equal(long.refused.code, "not_found");
  await live.close();
});

test("a restart keeps cases, credentials and their order", async () => {
  const a = await box.live(agent);
  a.send({ watch: "queue", team: "*", limit: 200 });
  const before = (await queueOf(a)).full.order;
  await a.close();
  await box.stop();
  await box.spawn();
  const b = await box.live(agent);
  b.send({ watch: "queue", team: "*", limit: 200 });
  assert.deepEqual((await queueOf(b)).full.order, before);
  await b.close();
});
