// export.test.mjs - what people wrote about a case is in its view and in the export: notes, reasons, replies, masked; and
// gone with its customer.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Box, mention, merge, until } from "./lib/box.mjs";

let box, source, lead, live, boss;
const card = "5555 5555 5555 4444", masked = "•••• •••• •••• 4444";
before(async () => {
  box = await Box.start();
  await box.cli("policy", "adopt", await written("p.json", { teams: [{ name: "ventas" }], categories: [{ name: "envíos" }], tags: ["vip", "prensa"] }));
  source = await box.token("source");
  live = await box.live(await box.token("agent", "Ana Bermúdez"));
  boss = await box.live((lead = await box.token("lead", "Leo Lara")));
});
after(async () => {
  await live.close();
  await boss.close();
  assert.equal(await box.close(), 0);
});

async function written(name, json) {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(`${box.dir}/${name}`, JSON.stringify(json));
  return `${box.dir}/${name}`;
}

async function exported(which = box) {
  return (await which.cli("export")).stdout.trim().split("\n").map((l) => JSON.parse(l));
}

/** A new customer's case: its line of the export, and its view as it stands. */
async function open(more = {}) {
  const m = mention(more);
  await box.post(source, m);
  const line = await until(async () => (await exported()).find((c) => c.mentions[0]?.handle === m.author.handle));
  const socket = await box.live(lead);
  socket.send({ watch: "case", id: line.case });
  await socket.frame((f) => f.view === "case");
  const c = { id: line.case, customer: line.customer, socket };
  c.now = () => socket.frames.filter((f) => f.view === "case").reduce((s, f) => f.full ?? merge(s, f.set), undefined);
  c.do = async (verb, members = {}, who = live) => {
    const answer = await who.do(verb, { case: c.id, seen: c.now().seq, ...members });
    assert.ok(answer.ok, `${verb}: ${JSON.stringify(answer)}`);
    if (answer.seq && verb !== "reveal") await socket.frame((f) => f.view === "case" && f.seq >= answer.seq);
    return answer;
  };
  c.notes = () => c.now().order.map((id) => c.now().lines[id]).filter((l) => l.from === "note");
  c.exported = async () => (await exported()).find((x) => x.case === c.id);
  return c;
}

test("a note is in the view and in the export, in order of time, masked, with who and when", async () => {
  const c = await open();
  const before = Date.now() - 1;
  await c.do("note", { text: `Llamó con la tarjeta ${card}` });
  const [note] = await until(() => c.notes().length && c.notes());
  assert.equal(note.text, `Llamó con la tarjeta ${masked}`);
  assert.equal(note.deed, "note");
  assert.match(note.person, /^[0-9a-z]{26}$/);
  assert.ok(note.at_ms >= before && note.at_ms <= Date.now());
  assert.deepEqual(c.now().order.map((id) => c.now().lines[id].from), ["customer", "note"]);
  await c.do("note", { text: "y luego" }, boss);
  assert.deepEqual(c.notes().map((n) => n.text), [note.text, "y luego"]);
  assert.notEqual(c.notes()[1].person, note.person);
  assert.deepEqual((await c.exported()).notes.map((n) => [n.deed, n.person, n.text, Date.parse(n.at)]),
    c.notes().map((n) => ["note", n.person, n.text, n.at_ms]));
  await c.socket.close();
});

test("reasons are kept where people see them: of a dismissal, a reveal, an override", async () => {
  const c = await open();
  await c.do("reveal", { mention: c.now().order[0], reason: "comprobar la tarjeta" });
  await until(() => c.notes().some((n) => n.deed === "reveal" && n.text === "comprobar la tarjeta"));
  await c.do("claim");
  await c.do("ticket", { ticket: "T-1" });
  await c.do("reply", { text: "Envíanos un mensaje directo con tu número de contrato, por favor",
    override: { gate: "open_ticket", reason: "es otro asunto" } }, boss);
  await until(() => c.notes().some((n) => n.deed === "override" && n.gate === "open_ticket" && n.text === "es otro asunto"));
  const d = await open();
  await d.do("dismiss", { reason: "spam", text: "vende relojes" });
  await until(() => d.notes().some((n) => n.deed === "dismiss" && n.text === "vende relojes"));
  assert.equal(d.now().dismiss_reason, "spam");
  const line = await d.exported();
  assert.deepEqual([line.state, line.disposition, line.dismiss_reason], ["dismissed", "dismissed", "spam"]);
  assert.deepEqual((await c.exported()).notes.map((n) => [n.deed, n.gate, n.text]).sort(),
    [["override", "open_ticket", "es otro asunto"], ["reveal", undefined, "comprobar la tarjeta"]]);
  await c.socket.close();
  await d.socket.close();
});

test("a text and the reason of an override that come with one command are both kept", async () => {
  const c = await open({ network: "replay" }); /* where a reply counts as sent at once */
  await c.do("claim");
  await c.do("move", { route: "phone" });
  await until(() => !c.now().sending);
  await c.do("resolve");
  await c.do("resolve", { text: "lo confirmó por teléfono", override: { gate: "follow_up_owed", reason: "borró su mensaje" } }, boss);
  await until(() => c.notes().length === 2);
  assert.deepEqual(c.notes().map((n) => [n.deed, n.gate, n.text]).sort(),
    [["override", "follow_up_owed", "borró su mensaje"], ["resolve", undefined, "lo confirmó por teléfono"]]);
  await c.socket.close();
});

test("the export names team, category and tags, and has the replies", async () => {
  const c = await open();
  await c.do("claim");
  await c.do("tag", { tag: "prensa" });
  await c.do("category", { category: "envíos" });
  await c.do("reply", { parts: ["Primera parte, con detalle.", "Y la segunda."] });
  const line = await c.exported();
  assert.deepEqual([line.team, line.category, line.tags, line.state, line.disposition], ["ventas", "envíos", ["prensa"], "parked", undefined]);
  assert.equal(line.replies.length, 1);
  const [reply] = line.replies;
  assert.match(reply.text, /Primera parte, con detalle\.\nY la segunda\./);
  assert.deepEqual([reply.direct, reply.sent], [false, "on_its_way"]);
  const ours = Object.values(c.now().lines).find((l) => l.from === "us");
  assert.deepEqual([reply.person, Date.parse(reply.at), reply.text], [ours.person, ours.at_ms, ours.text]);
  await c.socket.close();
});

test("what was written about an erased customer is gone with them", async () => {
  const c = await open();
  await c.do("note", { text: "pide que lo olvidemos" });
  assert.equal((await c.exported()).notes.length, 1);
  await box.cli("erase", c.customer);
  const line = await c.exported();
  assert.deepEqual([line.notes, line.mentions.map((m) => m.text)], [[], [undefined]]);
  await until(() => c.notes().length === 0 && Object.values(c.now().lines).every((l) => l.from === "customer" && l.text === undefined));
  await c.socket.close();
});
