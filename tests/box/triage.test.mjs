// triage.test.mjs - the command line: its contract, and its reading against labels that other people gave to real texts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { binary } from "./lib/box.mjs";
import { has, isComplaint, moods, percent, readLines, score, shared, through, unseen } from "./lib/texts.mjs";

const triage = (objects, ...args) => through(binary, ["triage", ...args], objects);
const figures = (s) => `n ${s.n}, accuracy ${percent(s.accuracy)}, macro-F1 ${s.macro.toFixed(3)}; ` +
  Object.entries(s.of).map(([c, v]) => `${c} P ${percent(v.precision)} R ${percent(v.recall)} F1 ${v.f1.toFixed(3)}`).join(", ");
const skipWithout = (...names) => (has(...names) ? false : `no ${names.join(", ")} in ${shared}`);

test("each line has all members, of the words that the contract names", async () => {
  const texts = ["Llevo dos horas sin internet y nadie contesta", "thanks", "Parabéns pelo atendimento!", "", "😀", "gana dinero desde casa https://example.com"];
  for (const r of await triage(texts.map((text) => ({ text })))) {
    assert.deepEqual(Object.keys(r), ["language", "request", "kind", "category", "level", "mood", "reasons"]);
    assert.ok(["es", "en", "pt", "other"].includes(r.language));
    assert.ok(["request", "praise", "chatter", "spam", "news"].includes(r.kind));
    assert.ok(["urgent", "high", "normal", "low"].includes(r.level));
    assert.ok(moods.includes(r.mood));
    assert.equal(r.request, r.kind === "request");
    for (const x of r.reasons) assert.ok(x.code.length > 0 && Number.isInteger(x.points) && x.text.length > 0);
  }
});

test("reasons say in the reader's language what counted and how much", async () => {
  const [own] = await triage([{ text: "Seguimos SIN LUZ" }]);
  assert.equal(own.reasons.find((x) => x.code === "outage").text, "El servicio está caído: «SIN LUZ» (+30)");
  const [en] = await triage([{ text: "Seguimos SIN LUZ" }], "--reader", "en");
  assert.equal(en.reasons.find((x) => x.code === "outage").text, "The service is down: “SIN LUZ” (+30)");
  const [pt] = await triage([{ text: "Seguimos SIN LUZ" }], "--reader", "pt");
  assert.equal(pt.reasons.find((x) => x.code === "outage").text, "O serviço está fora do ar: «SIN LUZ» (+30)");
  assert.equal(spawnSync(binary, ["triage", "--reader", "fr"], { input: "" }).status, 2);
});

test("what asks for service does not sink for its words, its language or its grammar", async () => {
  const wanted = [
    ["no me funciona la app", "es", "request", "high"],
    ["huelo a gas en casa", "es", "request", "urgent"],
    ["perdí mi tarjeta", "es", "request", "high"],
    ["perdi meu cartão", "pt", "request", "high"],
    ["I'm locked out", "en", "request", "high"],
    ["A ver si contestáis", "es", "request", "normal"],
    ["Meine Karte ist gesperrt, bitte helfen Sie mir!", "other", "request", "normal"],
    ["no hay fuga de gas", "es", "chatter", "low"],
    ["El banco anuncia resultados trimestrales récord", "es", "news", "low"],
  ];
  const read = await triage(wanted.map(([text]) => ({ text })));
  wanted.forEach(([text, ...rest], i) => assert.deepEqual([read[i].language, read[i].kind, read[i].level], rest, text));
  const [laugh, long, parcel] = await triage([{ text: "jajaja" }, { text: "Llevo dos horas" }, { text: "no recibo mi pedido" }]);
  assert.deepEqual(laugh.reasons, []);
  assert.deepEqual(long.reasons, [{ code: "waiting", points: 20, text: "Lleva tiempo esperando: «Llevo dos» (+20)" }]);
  assert.equal(parcel.category, "entrega");
});

test("words of a policy count, and it may be refused", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "atalaya-triage-"));
  const file = path.join(dir, "policy.json");
  const policy = { name: "t", teams: [{ name: "soporte" }], words: { urgency: { es: [["periodista", 70]] } } };
  writeFileSync(file, JSON.stringify(policy));
  const [plain] = await triage([{ text: "Soy PERIODISTA y escribo de ustedes" }]);
  const [read] = await triage([{ text: "Soy PERIODISTA y escribo de ustedes" }], "--policy", file);
  assert.equal(plain.level, "low");
  assert.equal(read.level, "urgent");
  assert.deepEqual(read.reasons[0], { code: "policy_word", points: 70, text: "Palabra señalada por la política: «PERIODISTA» (+70)" });
  writeFileSync(file, "{");
  assert.equal(spawnSync(binary, ["triage", "--policy", file], { input: "" }).status, 1);
  assert.equal(spawnSync(binary, ["triage", "--policy", path.join(dir, "none.json")], { input: "" }).status, 1);
  rmSync(dir, { recursive: true });
});

test("a line that is no text is refused, the others go on", () => {
  const { status, stdout } = spawnSync(binary, ["triage"], { input: '{"text":5}\n{"text":"hola"}\nnonsense\n' });
  const out = stdout.toString().trim().split("\n").map((l) => JSON.parse(l));
  assert.equal(status, 1);
  assert.equal(out[0].error.path, "$.text");
  assert.equal(out[1].language, "es");
  assert.ok(out[2].error);
});

for (const [file, lang, least] of [["label-airline-en.jsonl", "en", 0.69], ["label-airline-es.jsonl", "es", 0.54]]) {
  test(`mood and language of ${file}, lines never looked at`, { skip: skipWithout(`data/${file}`) }, async (t) => {
    const lines = readLines(file).filter(unseen);
    const read = await triage(lines.map(({ text }) => ({ text })));
    const mood = score(lines.map((l, i) => [l.mood, read[i].mood]), moods);
    const right = read.filter((r) => r.language === lang).length / read.length;
    t.diagnostic(`mood: ${figures(mood)}`);
    t.diagnostic(`language: ${percent(right)}`);
    assert.ok(mood.macro >= least, `macro-F1 ${mood.macro}`);
    assert.ok(right >= 0.97, `language ${right}`);
  });
}

test("complaints are told from the rest", { skip: skipWithout("data/label-complaints-en.jsonl") }, async (t) => {
  const lines = readLines("label-complaints-en.jsonl").filter(unseen);
  const read = await triage(lines.map(({ text }) => ({ text })));
  const s = score(lines.map((l, i) => [l.complaint, isComplaint(read[i])]), [true, false]);
  const right = read.filter((r) => r.language === "en").length / read.length;
  t.diagnostic(`complaint: ${figures(s)}`);
  t.diagnostic(`language: ${percent(right)}`);
  assert.ok(s.of.true.f1 >= 0.7, `F1 ${s.of.true.f1}`);
  assert.ok(right >= 0.97, `language ${right}`);
});

for (const [file, least] of [["label-banking77-en.jsonl", 0.94], ["label-clinc-en.jsonl", 0.85]]) {
  test(`what asks for service in ${file} is taken for a request`, { skip: skipWithout(`data/${file}`) }, async (t) => {
    const small = new Set(["oos", "greeting", "goodbye", "thank_you", "yes", "no", "maybe"]);
    const lines = readLines(file).filter(unseen).filter((l) => !small.has(l.intent));
    const read = await triage(lines.map(({ text }) => ({ text })));
    const share = read.filter((r) => r.request).length / read.length;
    const right = read.filter((r) => r.language === "en").length / read.length;
    t.diagnostic(`request: recall ${percent(share)} of ${read.length}; language ${percent(right)}`);
    assert.ok(share >= least, `recall ${share}`);
    assert.ok(right >= 0.98, `language ${right}`);
  });
}

for (const [file, lang] of [["day-es-bank.jsonl", "es"], ["days-en-brands.jsonl", "en"]]) {
  test(`kinds and levels of ${file}`, { skip: skipWithout(`data/${file}`) }, async (t) => {
    const lines = readLines(file).filter((l) => l.kind !== "reply");
    const read = await triage(lines.map(({ text }) => ({ text })));
    const share = (fits) => read.filter(fits).length / read.length;
    for (const member of ["kind", "level", "mood", "language"])
      t.diagnostic(`${member}: ${[...new Set(read.map((r) => r[member]))].map((v) => `${v} ${percent(share((r) => r[member] === v))}`).join(", ")}`);
    assert.ok(share((r) => r.language === lang) >= 0.93);
    assert.ok(share((r) => r.level === "urgent") <= 0.05, "an urgent one is the exception");
  });
}
