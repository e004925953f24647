// life.test.mjs - the life of a case on the running box: replies through their gates, what is offered instead, moves,
// follow-ups, the case view, originals revealed for a reason, and a restart in between.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Box, merge, mention, until } from "./lib/box.mjs";

let box, source, agent, lead, live, boss;
before(async () => {
  box = await Box.start();
  [source, agent, lead] = [await box.token("source"), await token("agent", "Ana Bermúdez"), await token("lead", "Leo Lara")];
  [live, boss] = [await box.live(agent), await box.live(lead)];
});
after(async () => {
  await live.close();
  await boss.close();
  assert.equal(await box.close(), 0);
});

async function token(role, name) {
  const { stdout } = await box.cli("user", "add", name, "--role", role);
  return stdout.trim().split("\n").at(-1);
}

/** A case of a new customer as its own view shows it, kept up to date. */
class Case {
  static async open(more = {}) {
    const m = mention(more);
    const socket = await box.live(agent);
    socket.send({ watch: "queue", team: "*", limit: 200 });
    await socket.frame((f) => f.view === "queue" && f.full);
    const answer = await box.post(source, m);
    assert.equal(answer.status, 202, answer.body);
    const seen = new Set();
    const id = await until(() => {
      let state = {};
      for (const f of socket.frames.filter((f) => f.view === "queue")) state = f.full ?? merge(state, f.set);
      for (const [key, c] of Object.entries(state.cases ?? {}))
        if (c.lines?.[0] === (more.line ?? m.text) && !Case.known.has(key)) seen.add(key);
      return [...seen][0];
    });
    Case.known.add(id);
    const c = new Case();
    Object.assign(c, { id, socket, mention: m });
    socket.send({ watch: "case", id });
    await until(() => c.now);
    return c;
  }
  get now() {
    let state;
    for (const f of this.socket.frames.filter((f) => f.view === "case" && f.id === this.id)) state = f.full ?? merge(state, f.set);
    return state;
  }
  async do(verb, members = {}, who = live) {
    const before = this.socket.frames.length;
    const answer = await who.do(verb, { case: this.id, seen: this.now.seq, ...members });
    if (answer.ok) await until(() => this.socket.frames.length > before && this.socket.frames.some((f) => f.view === "case" && f.seq >= answer.seq), 3000).catch(() => {});
    return answer;
  }
}
Case.known = new Set();

test("a reply is greeted and signed, parks the case, and shows in its view as on its way", async () => {
  const c = await Case.open({ author: { id: "marta", handle: "marta_v", name: "Marta Vila" } });
  assert.deepEqual(Object.keys(c.now.clocks), ["acknowledge", "answer"]);
  assert.equal((await c.do("reply", { text: "Ya lo miramos." })).refused.code, "not_claimant");
  assert.ok((await c.do("claim")).ok);
  const answer = await c.do("reply", { text: "Ya lo miramos." });
  assert.ok(answer.ok, JSON.stringify(answer));
  await until(() => c.now.state === "parked");
  const ours = Object.values(c.now.lines).find((l) => l.from === "us");
  assert.equal(ours.text, "Hola, Marta: Ya lo miramos. ^AB");
  assert.equal(ours.sent, "on_its_way");
  assert.equal(c.now.sending, true);
  assert.equal((await c.do("reply", { text: "Otra cosa." })).refused.code, "not_allowed");
  await c.socket.close();
});

test("what is refused says why and offers what would pass", async () => {
  const c = await Case.open();
  assert.ok((await c.do("claim")).ok);
  const long = "Esta respuesta es demasiado larga para una sola publicación. ".repeat(6);
  let r = (await c.do("reply", { text: long })).refused;
  assert.equal(r.code, "too_long");
  assert.equal(r.offer.length, 2);
  assert.match(r.offer[0], / 1\/2$/);
  r = (await c.do("reply", { text: long.repeat(3) })).refused;
  assert.equal(r.code, "too_many_posts");
  r = (await c.do("reply", { text: "Su tarjeta 4242 4242 4242 4242 está bien" })).refused;
  assert.equal(r.code, "personal_data");
  assert.equal(r.gate, "personal_data");
  assert.doesNotMatch(r.offer[0], /4242 4242 4242/);
  r = (await c.do("reply", { text: "Su tarjeta 4242 4242 4242 4242 está bien", override: { gate: "personal_data", reason: "lo pide" } }, boss)).refused;
  assert.equal(r.code, "personal_data", "not even for a lead");
  r = (await c.do("reply", { text: "Le escribo en privado", direct: true })).refused;
  assert.equal(r.code, "dm_not_allowed");
  assert.ok(r.hint.length > 0 && r.message.length > 0);
  assert.ok((await c.do("reply", { parts: ["Primera parte, con detalle.", "Y la segunda."] })).ok);
  const ours = await until(() => Object.values(c.now.lines).find((l) => l.from === "us"));
  assert.match(ours.text, /Primera parte, con detalle\.\nY la segunda\./);
  await c.socket.close();
});

test("a repeated command hears its first refusal again, word for word, but for the texts it was offered", async () => {
  const c = await Case.open();
  assert.ok((await c.do("claim")).ok);
  const frame = { do: "reply", ref: "ab".repeat(16), case: c.id, seen: c.now.seq, text: "Su tarjeta 4242 4242 4242 4242 está bien" };
  live.send(frame);
  const first = await live.frame((f) => f.ref === frame.ref);
  assert.equal(first.refused.code, "personal_data");
  assert.equal(first.refused.offer.length, 1);
  live.frames.length = 0;
  live.send(frame);
  const { offer, ...words } = first.refused;
  assert.equal(offer.length, 1);
  assert.deepEqual(await live.frame((f) => f.ref === frame.ref), { ref: frame.ref, refused: words });
  await c.socket.close();
});

test("an open ticket stands before asking for a direct message, and the lead's reason is kept", async () => {
  const c = await Case.open();
  assert.ok((await c.do("claim")).ok);
  assert.ok((await c.do("ticket", { ticket: "T-4711" })).ok);
  await until(() => c.now.ticket === "T-4711");
  const text = "Envíanos un mensaje directo con tu número de contrato, por favor";
  const r = (await c.do("reply", { text })).refused;
  assert.equal(r.code, "open_ticket");
  assert.match(r.message, /T-4711/);
  assert.equal((await c.do("reply", { text, override: { gate: "open_ticket", reason: "es otro asunto" } })).refused.code, "open_ticket", "an agent may not");
  assert.ok((await c.do("reply", { text, override: { gate: "open_ticket", reason: "es otro asunto" } }, boss)).ok);
  await until(() => c.now.moves === 1);
  assert.equal(c.now.route, "dm");
  await c.socket.close();
});

test("an original is shown for a reason, to those who answer, and never by itself", async () => {
  const text = "Mi tarjeta 5555 5555 5555 4444 no pasa, ayuda";
  const c = await Case.open({ text, line: "Mi tarjeta •••• •••• •••• 4444 no pasa, ayuda" });
  const [id] = c.now.order;
  assert.equal((await c.do("reveal", { mention: id })).refused.code, "invalid");
  const shown = await c.do("reveal", { mention: id, reason: "comprobar la tarjeta" });
  assert.equal(shown.text, text);
  assert.doesNotMatch(JSON.stringify(c.socket.frames.filter((f) => f.view)), /5555 5555/);
  await c.socket.close();
});

test("merged by its holder, taken apart again, and both survive a restart", async () => {
  const a = await Case.open();
  assert.ok((await a.do("dismiss", { reason: "other" })).ok);
  const b = await Case.open({ author: a.mention.author, text: "Sigo sin servicio desde ayer" });
  assert.ok((await a.do("undo")).ok);
  assert.ok((await a.do("claim")).ok);
  assert.ok((await a.do("merge", { to: b.id })).ok);
  await until(() => a.now.state === "merged");
  assert.equal(a.now.merged_into, b.id);
  assert.ok((await a.do("undo")).ok);
  await until(() => a.now.state === "new");
  await a.socket.close();
  await b.socket.close();
  assert.equal(await box.stop(), 0);
  await box.spawn();
  [live, boss] = [await box.live(agent), await box.live(lead)];
  const { stdout } = await box.cli("verify");
  assert.match(stdout, /, 0 different/);
});
