// intake.test.mjs - what a source sends: the good kept beside the bad, edits read again, deletions remembered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, mention } from "./lib/box.mjs";

let box, source;
before(async () => {
  box = await Box.start();
  source = await box.token("source");
});
after(async () => assert.equal(await box.close(), 0));

const text = JSON.stringify;
const post = (body) => box.request("POST", "/api/mentions", { token: source, body });
const words = (r) => r.json.results.map((x) => x.status);

/** A mention as text with `member` written as it stands. */
const raw = (member) => `{"network":"x",${member},"author":{"id":"1"}}`;

for (const [name, bad, pointer, reason] of [
  ["a number beyond 2^53", raw('"id":9007199254740993,"text":"t"'), "/1/id", /string/],
  ["a NUL in a text", raw('"id":"b1","text":"a\\u0000b"'), "/1/text", /u0000/],
  ["a member given twice", raw('"id":"b2","id":"b3","text":"t"'), "/1/id", /duplicate/],
  ["a lone surrogate", raw('"id":"b4","text":"\\ud800"'), "/1/text", /surrogate/],
  ["too deep a nesting", raw(`"id":"b5","text":"t","more":${"[".repeat(40)}${"]".repeat(40)}`), "/1/more", /deep/],
  ["no JSON at all", "so what", "/1", /JSON/],
  ["nothing between two commas", " ", "/1", /empty/],
])
  test(`an element is refused by itself: ${name}`, async () => {
    const r = await post(`[${text(mention())}, ${bad} ,${text(mention())}]`);
    assert.equal(r.status, 202, r.body);
    assert.deepEqual(words(r), ["accepted", "refused", "accepted"]);
    assert.ok(r.json.results[1].problem.pointer.startsWith(pointer), r.body);
    assert.match(r.json.results[1].problem.detail, reason);
  });

test("bad UTF-8 in one element spares the others", async () => {
  const r = await post(Buffer.concat([Buffer.from(`[${text(mention())},"`), Buffer.from([0xff]), Buffer.from('"]')]));
  assert.deepEqual([r.status, words(r)], [202, ["accepted", "refused"]]);
});

test("what may stand in an array of its own depth may stand beside a bad element", async () => {
  const deep = `{"network":"x","id":"deep","text":"t","author":{"id":"1"},"more":${"[".repeat(30)}${"]".repeat(30)}}`;
  assert.deepEqual(words(await post(`[${deep}]`)), ["accepted"]);
  const other = deep.replace('"deep"', '"deep2"');
  assert.deepEqual(words(await post(`[${other},01]`)), ["accepted", "refused"]);
  assert.deepEqual(words(await post(`[${text(mention())},${deep.replace('"more":', '"more":[').replace(/}$/, "]}")}]`)), ["accepted", "refused"]);
});

for (const [name, body, status] of [
  ["it ends in the middle", `[${text(mention())},{"id":9007199254740993`, 400],
  ["something follows", `[${text(mention())},01] []`, 400],
  ["it is no array", raw('"id":9007199254740993,"text":"t"'), 400],
  ["too many values in all", `[${text(mention())},01,[${Array(200000).fill(0)}]]`, 400],
  ["too many elements", `[01${",0".repeat(1000)}]`, 413],
])
  test(`refused as a whole: ${name}`, async () => {
    const r = await post(body);
    assert.equal(r.status, status);
    assert.equal(r.json.results, undefined);
  });

test("all bad is 400 with the first place", async () => {
  const r = await post(`[01, ${raw('"id":"c","text":"\\ud800"')}]`);
  assert.deepEqual([r.status, r.json.pointer, words(r)], [400, "/0", ["refused", "refused"]]);
  assert.match(r.json.detail, /\(byte 3\)$/);
});

test("a place is a JSON pointer: the document itself is the empty one", async () => {
  for (const [body, pointer] of [["7", ""], ['{"network":"x"', "/network"], ["{x}", ""], ['{"a/b":01}', "/a~1b"], ["[]", ""]])
    assert.equal((await post(body)).json.pointer, pointer, body);
});

/** What the journal holds of cases, newest words last. */
const cases = async () => (await box.cli("export")).stdout.trim().split("\n").filter(Boolean).map((l) => JSON.parse(l));
const caseOf = async (id) => (await cases()).find((c) => c.mentions.some((m) => m.id === id));
const seq = async () => (await box.request("GET", "/healthz")).json.seq;

test("an edit is read again: the level rises, and never sinks", async () => {
  const m = mention({ text: "la factura está mal" });
  await post(text(m));
  const before = await caseOf(m.id);
  assert.notEqual(before.level, "urgent");
  assert.deepEqual(words(await post(text({ ...m, event: "edit", text: "hay fuego en casa" }))), ["accepted"]);
  assert.equal((await caseOf(m.id)).level, "urgent");
  assert.deepEqual(words(await post(text({ ...m, event: "edit", text: "ya está, gracias" }))), ["accepted"]);
  assert.equal((await caseOf(m.id)).level, "urgent");
});

test("the same edit again, the same deletion again: duplicates without an event", async () => {
  const m = mention(), edit = { ...m, event: "edit", text: "Sigo sin servicio" }, gone = { network: "x", id: m.id, event: "delete" };
  await post(text(m));
  assert.deepEqual(words(await post(text([edit, edit, { ...edit, text: "Otra cosa" }, edit]))), ["accepted", "duplicate", "accepted", "accepted"]);
  let at = await seq();
  assert.deepEqual(words(await post(text(edit))), ["duplicate"]);
  assert.deepEqual(words(await post(text({ ...m, event: "edit" }))), ["accepted"]);
  assert.ok((await seq()) > at);
  assert.deepEqual(words(await post(text([gone, gone]))), ["accepted", "duplicate"]);
  at = await seq();
  assert.deepEqual(words(await post(text([gone, edit]))), ["duplicate", "duplicate"]);
  assert.equal(await seq(), at);
});

test("a deletion that comes first is remembered: its original opens nothing, also after a restart and a rebuild", async () => {
  const m = mention(), gone = { network: "x", id: m.id, event: "delete" };
  assert.deepEqual(words(await post(text([gone, gone]))), ["accepted", "duplicate"]);
  const yesterday = new Date(Date.now() - 86400000).toISOString();
  assert.deepEqual(words(await post(text([m, { ...m, at: yesterday }]))), ["duplicate", "duplicate"]);
  await box.stop();
  await box.cli("rebuild");
  await box.spawn();
  assert.deepEqual(words(await post(text(m))), ["duplicate"]);
  assert.equal(await caseOf(m.id), undefined);
  assert.match((await box.cli("verify")).stdout, / 0 different/);
});
