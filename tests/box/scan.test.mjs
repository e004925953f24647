// scan.test.mjs - personal data through the command line: checked examples, what the public gate refuses, false alarms on real texts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { binary } from "./lib/box.mjs";
import { has, readLines, shared, through } from "./lib/texts.mjs";

const scan = (texts, ...args) => through(binary, ["scan", ...args], texts.map((text) => ({ text })));
const kinds = (r) => r.hazards.map((h) => h.kind);
const codePoints = (text) => [...text].length;
const skipWithout = (...names) => (has(...names) ? false : `no ${names.join(", ")} in ${shared}`);
const vectors = () => JSON.parse(readFileSync(path.join(shared, "vectors/identifiers.json"), "utf8"));

/* Ways in which a person writes a value into a text. */
const forms = [(v) => v, (v) => `hola 👋 ${v}, gracias`, (v) => `(${v})`, (v) => `mi número es:\n${v}.`];

test("every checked example is found where it stands, or not found", { skip: skipWithout("vectors/identifiers.json") }, async () => {
  const cases = vectors().cases.filter((c) => c.type !== "rfc_checkdigit");
  for (const form of forms) {
    const texts = cases.map((c) => form(c.value));
    const read = await scan(texts);
    cases.forEach((c, i) => {
      const start = codePoints(texts[i].slice(0, texts[i].indexOf(c.value)));
      const found = read[i].hazards.filter((h) => h.kind === c.type);
      const wanted = c.valid ? [{ kind: c.type, start, end: start + codePoints(c.value) }] : [];
      assert.deepEqual(found, wanted, `${JSON.stringify(c)} in ${JSON.stringify(texts[i])}: ${JSON.stringify(read[i])}`);
    });
  }
});

test("traps spring nothing but what they hold", { skip: skipWithout("vectors/identifiers.json") }, async () => {
  const traps = vectors().text_traps;
  const read = await scan(traps.map((t) => t.text));
  traps.forEach((t, i) => assert.deepEqual(kinds(read[i]), t.expect.map((k) => k.replace("_near_pan", "")), t.why));
});

test("spans are code points, sorted, without overlap, and the mask hides them", async () => {
  const text = "😀 4242 4242 4242 4242 vence 12/29 cvv 123; DNI 12.345.678; ana@example.com; +34 612 345 678";
  const [r] = await scan([text]);
  assert.deepEqual(kinds(r), ["pan", "expiry", "cvv", "dni_ar", "email", "phone"]);
  r.hazards.forEach((h, i) => assert.ok(h.end > h.start && (i === 0 || h.start >= r.hazards[i - 1].end)));
  assert.equal([...text].slice(r.hazards[0].start, r.hazards[0].end).join(""), "4242 4242 4242 4242");
  assert.equal(r.masked, "😀 •••• •••• •••• 4242 vence ••/•• cvv •••; DNI ••.•••.•••; •••@•••••••.•••; +•• ••• ••• •••");
  assert.deepEqual((await scan([r.masked]))[0].hazards, []);
});

test("one kind's word in front hides no number of another kind", async () => {
  const texts = ["cuit 20-26756539-3, cpf 390.533.447-05", "cuit 20267565393 cpf 39053344705", "mi CUIT es 20-26756539-3 y el CPF 390.533.447-05"];
  (await scan(texts)).forEach((r, i) => assert.deepEqual(kinds(r), ["cuit", "cpf"], texts[i]));
});

test("two numbers side by side are masked to their ends, and 00 is as good as +", async () => {
  const [two, abroad, call] = await scan(["20-26756539-3 390.533.447-05", "0034612345678", "mi RFC es GODE561231GR8. Call us on 900 123 456"]);
  assert.deepEqual(kinds(two), ["cuit", "cpf"]);
  assert.equal(two.masked, "••-••••••••-• •••.•••.•••-••");
  assert.deepEqual(abroad, { hazards: [{ kind: "phone", start: 0, end: 13 }], masked: "•••••••••••••" });
  assert.deepEqual(kinds(call), ["rfc", "phone"]);
  assert.ok(call.masked.endsWith("Call us on ••• ••• •••"));
});

test("the public gate lets pass what the policy allows, and nothing else", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "atalaya-scan-"));
  const file = path.join(dir, "policy.json");
  const policy = { name: "t", teams: [{ name: "soporte" }], public_identifiers: ["900 123 456", "ayuda@example.com"] };
  writeFileSync(file, JSON.stringify(policy));
  const check = spawnSync(binary, ["check", "--policy", file]);
  assert.equal(check.status, 0, check.stdout.toString() + check.stderr.toString());
  const text = "Llame al 900-123-456 o a ayuda@example.com, no al 612 345 678";
  const [gate] = await scan([text], "--outbound", "--policy", file);
  assert.deepEqual(kinds(gate), ["phone"]);
  assert.equal(gate.masked, "Llame al 900-123-456 o a ayuda@example.com, no al ••• ••• •••");
  const [inbound] = await scan([text], "--policy", file);
  assert.deepEqual(kinds(inbound), ["phone", "email", "phone"]);
  const [bare] = await scan([text], "--outbound");
  assert.equal(bare.hazards.length, 3);
  writeFileSync(file, "{");
  assert.equal(spawnSync(binary, ["scan", "--policy", file], { input: "" }).status, 1);
  rmSync(dir, { recursive: true });
});

test("a line that is no text is refused, the others go on", () => {
  const { status, stdout } = spawnSync(binary, ["scan"], { input: '{"text":null}\n{"text":"hola"}\n' });
  const out = stdout.toString().trim().split("\n").map((l) => JSON.parse(l));
  assert.equal(status, 1);
  assert.equal(out[0].error.path, "$.text");
  assert.deepEqual(out[1], { hazards: [], masked: "hola" });
});

const files = ["day-es-bank.jsonl", "days-en-brands.jsonl", "label-airline-en.jsonl", "label-airline-es.jsonl", "label-complaints-en.jsonl", "label-banking77-en.jsonl", "label-clinc-en.jsonl"];

/* Long digit runs of the files are zeroed: other digits, the same at each run, take their place. */
function refill(texts) {
  let seed = 20261125;
  const digit = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return String(Math.floor((seed / 2 ** 32) * 10));
  };
  return texts.map((t) => t.replace(/0{3,}/g, (zeros) => zeros.replace(/0/g, digit)));
}

test("false alarms on real texts are rare", { skip: skipWithout(...files.map((f) => `data/${f}`)) }, async (t) => {
  const texts = refill(files.flatMap((f) => readLines(f).map((l) => l.text)));
  const read = await scan(texts);
  const alarms = {};
  for (const r of read) for (const k of kinds(r)) alarms[k] = (alarms[k] ?? 0) + 1;
  const per = Object.fromEntries(Object.entries(alarms).map(([k, n]) => [k, ((1000 * n) / texts.length).toFixed(3)]));
  t.diagnostic(`${texts.length} texts, finds in 1,000: ${JSON.stringify(per)} (e-mail addresses and telephones are real ones)`);
  for (const [k, n] of Object.entries(alarms)) if (k !== "email" && k !== "phone") assert.ok((1000 * n) / texts.length <= 0.1, `${k}: ${n}`);
  assert.ok(alarms.email / texts.length < 0.001 && alarms.phone / texts.length < 0.005);
});

test("numbers of parcels, flights, times and statuses spring nothing", async () => {
  const texts = [
    "Tracking 9400111899223197428490", "guía 7489203847561", "vuelo IB3214 a las 10:45 del 12/03/2026", "AA1234 LHR-JFK 08:30", "localizador X7K9QP",
    "https://x.com/ana/status/1862345678901234567", "el 2026-11-25T21:30:15Z", "me cobraron $1.234.567,89", "son 1.234.567 pesos", "1,234,567.89 USD",
    "pedido 123-456-7890", "v1.2.3.4567", "IP 192.168.100.200", "de 10:00 a 14:00 y de 16:30 a 20:00", "ISBN 978-3-16-148410-0", "12345678", "24/7", "2025-2026",
  ];
  (await scan(texts)).forEach((r, i) => assert.deepEqual(r.hazards, [], texts[i]));
});
