// shipped.test.mjs - the day that comes with the program: enough of it, in two languages, every answer where it belongs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const lines = readFileSync("firmware/app/doors/demo_day.jsonl", "utf8").trim().split("\n").map((l) => JSON.parse(l));
const replies = lines.filter((l) => l.kind === "reply");
const mentions = lines.filter((l) => l.kind !== "reply");
const minute = (l) => Math.floor(Date.parse(l.at) / 60_000);

const groupBy = (list, keyOf) => list.reduce((m, l) => m.set(keyOf(l), [...(m.get(keyOf(l)) ?? []), l]), new Map());

test("at least 400 mentions, by hundreds of people, in Spanish and English, and few texts twice", () => {
  assert.ok(mentions.length >= 400);
  for (const lang of ["es", "en"]) assert.ok(mentions.filter((l) => l.lang === lang).length > 200, lang);
  assert.ok(new Set(mentions.map((l) => l.author.id)).size > 400);
  const counts = groupBy(mentions, (l) => l.text);
  assert.ok(counts.size > mentions.length / 2, String(counts.size));
  assert.ok([...counts.values()].every((all) => all.length < mentions.length / 50));
});

test("in order of time, each id once, each answer after what it answers, to whom it answers, and signed", () => {
  const byId = new Map();
  let before = 0;
  for (const l of lines) {
    assert.ok(Date.parse(l.at) >= before, l.id);
    before = Date.parse(l.at);
    assert.ok(!byId.has(l.id), l.id);
    byId.set(l.id, l);
    const answered = l.in_reply_to && byId.get(l.in_reply_to);
    if (l.in_reply_to) assert.ok(answered, `${l.id} answers nothing`);
    if (l.kind !== "reply") continue;
    assert.ok(l.text.startsWith(`@${answered.author.handle} `), l.id);
    assert.match(l.text, / \^[A-Z]{2}$/, l.id);
    assert.equal(l.lang, answered.lang, l.id);
    assert.ok([...l.text].length <= 280, l.id);
  }
  assert.ok(replies.length > mentions.length / 2);
});

test("the company says you as its customer does, from the first word to the last", () => {
  const formal = /\b(usted|escríbanos|mándenos|pruebe|díganos|cuéntenos|le (avisamos|escribimos|contestamos|decimos))\b/i;
  const plain = /\b(a ti|escríbenos|mándanos|prueba con|dinos|cuéntanos|te (avisamos|escribimos|contestamos|decimos))\b/i;
  const threads = groupBy(replies.filter((l) => l.lang === "es"), (l) => l.text.split(" ")[0]);
  for (const [who, all] of threads) assert.ok(!(all.some((l) => formal.test(l.text)) && all.some((l) => plain.test(l.text))), who);
});

test("a morning surge, with the start of the demo in its middle", () => {
  const first = minute(lines[0]);
  const rate = (from, to) => mentions.filter((l) => minute(l) - first >= from && minute(l) - first < to).length / (to - from);
  assert.ok(rate(105, 115) > 10 * rate(0, 60), `${rate(105, 115)} a minute against ${rate(0, 60)}`);
  assert.ok(mentions.some((l) => /avería|outage/i.test(l.text)));
});
