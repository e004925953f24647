// days.test.mjs - days of mentions replayed fast: every line accounted for, the wall as an independent count has it, a
// restart and a failing disk in the middle lose nothing and repeat nothing.  Real days where they are, and a made one always.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { until } from "../box/lib/box.mjs";
import { metric, shimmed } from "./shim.mjs";

const data = path.join(path.resolve(process.env.ATALAYA_SHARED ?? "../shared"), "data");

const handleOf = (text) => /@([\w.-]*)/.exec(text)?.[1].toLowerCase();

/** What should come of a day, counted without the box: a customer has one open case; a reply answers the thread that it
 * hangs on, else the customer whom its first @handle names, else nobody. */
function counted(lines) {
  const sorted = lines.map((l, i) => ({ ...l, i, t: Date.parse(l.at) })).sort((a, b) => a.t - b.t || a.i - b.i);
  const cases = new Map(), handles = new Map(), seen = new Map();
  const sum = { mentions: 0, replies: 0, refused: 0, cases, turned: 0 };
  for (const l of sorted) {
    if (l.kind !== "reply") {
      handles.set(l.author.handle.toLowerCase(), l.author.id);
      const c = cases.get(l.author.id) ?? { mentions: [], isTheirTurn: false };
      c.mentions.push(l.id);
      c.isTheirTurn = false;
      cases.set(l.author.id, c);
      seen.set(l.id, l.author.id);
      sum.mentions += 1;
      continue;
    }
    const who = seen.get(l.in_reply_to ?? undefined) ?? handles.get(handleOf(l.text));
    if (who === undefined) {
      sum.refused += 1;
      continue;
    }
    const c = cases.get(who);
    sum.turned += c.isTheirTurn ? 0 : 1;
    c.isTheirTurn = true;
    seen.set(l.id, who);
    sum.replies += 1;
  }
  return sum;
}

/** The box's own count: {accepted, duplicate, refused} of the channel. */
async function tally(box) {
  const { body } = await box.request("GET", "/metrics");
  const out = { accepted: 0, duplicate: 0, refused: 0, reasons: {} };
  for (const [, labels, n] of body.matchAll(/^atalaya_replay_lines_total\{channel="dia",([^}]*)\} (\d+)$/gm)) {
    const { status, reason } = Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    out[status] += Number(n);
    if (reason) out.reasons[reason] = Number(n);
  }
  out.all = out.accepted + out.duplicate + out.refused;
  return out;
}

async function play(day, count) {
  const box = await shimmed();
  await box.stop();
  await writeFile(`${box.dir}/day.jsonl`, day);
  box.options.config = { channels: [{ name: "dia", network: "replay", file: `${box.dir}/day.jsonl`, speed: 100000 }] };
  await box.spawn();
  await until(async () => (await tally(box)).all > count / 4, 60000);
  return box;
}

async function finished(box, count) {
  await until(async () => (await tally(box)).all >= count, 60000);
  return tally(box);
}

async function check(box, lines, expected) {
  const { stdout } = await box.cli("export");
  const cases = stdout.trim().split("\n").map((l) => JSON.parse(l));
  const found = cases.flatMap((c) => c.mentions.map((m) => m.id));
  assert.equal(new Set(found).size, found.length, "something is there twice");
  assert.deepEqual(new Set(found), new Set(lines.filter((l) => l.kind !== "reply").map((l) => l.id)));
  // One case a customer, with exactly his mentions.
  assert.equal(cases.length, expected.cases.size);
  const mine = new Map([...expected.cases].map(([who, c]) => [c.mentions[0], { who, ...c }]));
  for (const c of cases) {
    const want = [...mine.values()].find((x) => x.who === c.mentions[0].author);
    assert.deepEqual(new Set(c.mentions.map((m) => m.id)), new Set(want.mentions));
  }
  // Who spoke last is not waited for; who waits was last to speak (save thanks, which owe no answer).
  const waiting = cases.filter((c) => c.answer !== undefined || c.acknowledge !== undefined);
  const turn = (c) => expected.cases.get(c.mentions[0].author).isTheirTurn;
  assert.deepEqual(waiting.filter(turn).map((c) => c.case), []);
  const silent = cases.filter((c) => !turn(c) && !waiting.includes(c));
  assert.ok(silent.every((c) => c.state === "parked" || c.state === "resolved"), JSON.stringify(silent[0]));
  assert.ok(silent.length <= expected.cases.size / 20, `${silent.length} of ${cases.length} owe nothing`);
  assert.equal(await metric(box, "cases_waiting"), waiting.length);
  const answered = await metric(box, "answers_today");
  assert.ok(answered <= expected.turned && answered >= expected.turned * 0.9, `${answered} of ${expected.turned} were answered`);
  assert.match((await box.cli("verify")).stdout, / 0 different/);
}

const made = () => {
  const lines = [];
  for (let i = 0; i < 1500; i++) {
    const at = new Date(1.7e12 + i * 300000).toISOString(), who = `c${i % 211}`;
    lines.push({ network: "x", id: `m${i}`, at, text: `no me funciona la línea ${i}`, author: { id: who, handle: who } });
    if (i % 3 === 0) lines.push({ network: "x", id: `r${i}`, at, kind: "reply", text: `@${who} lo miramos`, author: { id: "marca", handle: "marca" } });
    if (i % 50 === 0) lines.push({ network: "x", id: `n${i}`, at, kind: "reply", text: "@nadie hola", author: { id: "marca", handle: "marca" } });
  }
  return lines.map((l) => JSON.stringify(l)).join("\n");
};

for (const name of ["made here", "day-es-bank.jsonl", "days-en-brands.jsonl"])
  test(`a day replayed fast: ${name}`, { timeout: 240_000 }, async (t) => {
    const file = path.join(data, name);
    if (name !== "made here" && !existsSync(file)) return t.skip(`${name} is not here`);
    const day = name === "made here" ? made() : readFileSync(file, "utf8").trim();
    const lines = day.split("\n").map((l) => JSON.parse(l)), expected = counted(lines);
    const started = new Date().getUTCDate();

    const box = await play(`${day}\n{"no":"time"}\n`, lines.length);
    box.shim.set({ fail: "sync" });
    await until(async () => (await box.request("GET", "/healthz")).status === 503);
    box.shim.set();
    await until(async () => (await tally(box)).all > lines.length / 2, 60000);
    const first = await tally(box);
    await box.stop("SIGKILL");
    await box.spawn();
    await until(async () => (await metric(box, "replay_waiting_lines")) === 0, 60000);
    const second = await tally(box);
    assert.equal(second.duplicate, 0, `it began again: ${JSON.stringify(second)}`);
    /* Once more: the line without a time, in both; replies to nobody at the place where it stopped. */
    assert.ok(first.all + second.all <= lines.length + 2 + 64, JSON.stringify([first, second]));
    assert.equal(second.reasons.invalid, 1, JSON.stringify(second));
    if (new Date().getUTCDate() !== started) return t.diagnostic("midnight came; the day's figures are not compared");
    await check(box, lines, expected);

    // Played from the start, without a break: every line has its answer.
    await box.stop();
    const whole = await play(`${day}\n`, lines.length);
    const all = await finished(whole, lines.length);
    assert.deepEqual([all.accepted, all.duplicate, all.refused], [expected.mentions + expected.replies, 0, expected.refused]);
    assert.deepEqual(all.reasons, expected.refused > 0 ? { not_found: expected.refused } : {});
    await check(whole, lines, expected);
    assert.equal(await whole.close(), 0);
    await box.close();
  });
