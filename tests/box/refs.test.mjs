// refs.test.mjs - a ref answers the frame it came with: byte for byte the same one hears its first answer again, without the
// texts; any other is refused, shows nothing and changes nothing.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { Box, merge, mention, until } from "./lib/box.mjs";

const secret = "Mi IBAN es ES91 2100 0418 4502 0005 1332";
let box, source, agent, live;
before(async () => {
  box = await Box.start();
  source = await box.token("source");
  agent = await box.token("agent", "Ana Bermúdez");
  live = await box.live(agent);
});
after(async () => assert.equal(await box.close(), 0));

const known = new Set();
/** A new customer's case, its one line and its seq. */
async function newCase(text = secret) {
  await box.post(source, mention({ text }));
  const queue = await box.live(agent);
  queue.send({ watch: "queue", team: "*", limit: 200 });
  const { full } = await queue.frame((f) => f.view === "queue" && f.full);
  await queue.close();
  const id = full.order.find((x) => !known.has(x) && full.cases[x].lines[0].startsWith("Mi IBAN"));
  known.add(id);
  const view = await box.live(agent);
  view.send({ watch: "case", id });
  await view.frame((f) => f.view === "case" && f.full);
  const now = () => view.frames.filter((f) => f.view === "case").reduce((s, f) => f.full ?? merge(s, f.set), undefined);
  return { id, now, view };
}

/** Sends these very bytes and answers with what came for their ref. */
async function say(frame, socket = live) {
  socket.frames.length = 0;
  socket.send(frame);
  return socket.frame((f) => f.ref === frame.ref);
}
const newRef = () => randomBytes(16).toString("hex");
const notes = (c) => Object.values(c.now().lines).filter((l) => l.from === "note");

test("the ref of an accepted command shows no original, without reason, note or journal", async () => {
  const c = await newCase(), ref = newRef();
  const line = c.now().order[0], seen = c.now().seq;
  assert.ok((await say({ do: "claim", ref, case: c.id, seen })).ok);
  const before = (await box.request("GET", "/healthz")).json.seq;
  for (const frame of [
    { do: "reveal", ref, case: c.id, seen, mention: line },
    { do: "reveal", ref, case: c.id, seen, mention: line, reason: "porque sí" },
    { do: "claim", ref, case: c.id, seen: seen + 1 },
    { do: "note", ref, case: c.id, seen, text: "con el ref de otro" },
  ]) {
    const answer = await say(frame);
    assert.equal(answer.refused?.code, "ref_reused", JSON.stringify(answer));
    assert.deepEqual(Object.keys(answer.refused).sort(), ["code", "hint", "message"]);
    assert.equal(answer.text, undefined);
  }
  assert.equal((await box.request("GET", "/healthz")).json.seq, before);
  assert.equal(notes(c).length, 0);
  await c.view.close();
});

test("the first answer comes again though much has happened since, and after a restart, to these very bytes alone", async () => {
  const c = await newCase();
  const claim = { do: "claim", ref: newRef(), case: c.id, seen: c.now().seq };
  const first = await say(claim);
  assert.ok(first.ok);
  await box.post(source, [mention(), mention(), mention()]);
  assert.deepEqual(await say(claim), first);
  await c.view.close();
  await box.stop();
  await box.spawn();
  live = await box.live(agent);
  assert.deepEqual(await say(claim), first);
  assert.equal((await say({ ...claim, seen: claim.seen + 1 })).refused.code, "ref_reused");
  assert.equal((await say({ seen: claim.seen, ...claim, do: "claim" })).refused.code, "ref_reused", "the same members in another order are other bytes");
});

test("a repeated reveal is ok without the text; no other command is answered with one", async () => {
  const c = await newCase();
  const line = c.now().order[0];
  const reveal = { do: "reveal", ref: newRef(), case: c.id, seen: c.now().seq, mention: line, reason: "comprobar el IBAN" };
  const first = await say(reveal);
  assert.equal(first.text, secret);
  const { text, ...rest } = first;
  assert.ok(text);
  assert.deepEqual(await say(reveal), rest);
  await until(() => notes(c).length === 1);
  for (const [verb, members] of [["claim", {}], ["note", { text: "una nota", mention: line }], ["tag", { tag: "x", mention: line }], ["level", { level: "high", mention: line }]]) {
    const answer = await say({ do: verb, ref: newRef(), case: c.id, seen: c.now().seq, ...members });
    if (answer.ok) {
      assert.deepEqual(Object.keys(answer).sort(), ["ok", "ref", "seq"], `${verb}: ${JSON.stringify(answer)}`);
      await until(() => c.now().seq >= answer.seq - 1);
    }
    assert.ok(!JSON.stringify(answer).includes("ES91"), verb);
  }
  await c.view.close();
});

test("presence is kept nowhere: its ref is free", async () => {
  const before = (await box.request("GET", "/healthz")).json.seq;
  const ref = newRef();
  assert.ok((await say({ do: "presence", ref, on: false })).ok);
  assert.ok((await say({ do: "presence", ref, on: true })).ok);
  assert.equal((await box.request("GET", "/healthz")).json.seq, before);
});
