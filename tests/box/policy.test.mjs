// policy.test.mjs - policies as a lead writes them: the schema, the shipped ones, and what `check` says of broken ones, line by line.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Box, binary, mention } from "./lib/box.mjs";
import { broken, odd } from "./lib/broken-policies.mjs";
import { allSay } from "./lib/says.mjs";

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), "atalaya-policy-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const schema = JSON.parse(execFileSync(binary, ["policy", "schema"]));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

function write(document, name = "policy.json") {
  const file = path.join(folder, name);
  writeFileSync(file, typeof document === "string" || Buffer.isBuffer(document) ? document : JSON.stringify(document));
  return file;
}

/** What `check` says of a document: its exit status, and its lines without the file's name. */
function check(document) {
  const file = write(document);
  const { status, stdout, stderr } = spawnSync(binary, ["check", "--policy", file], { encoding: "utf8" });
  assert.equal(stderr, "");
  const lines = stdout.trimEnd().split("\n");
  for (const line of lines) assert.ok(line.startsWith(`${file}: `), line);
  return { status, lines: lines.map((l) => l.slice(file.length + 2)) };
}

test("there are at least thirty broken policies", () => {
  assert.ok(broken.length >= 30);
  assert.equal(new Set([...broken, ...odd].map((b) => b.title)).size, broken.length + odd.length);
});

for (const { title, document, lines, refused } of broken) {
  test(`broken: ${title}`, () => {
    const found = check(document);
    assert.equal(found.status, 1);
    allSay(found.lines, lines);
    if (refused === "shape") assert.equal(validate(document), false, "the schema lets it pass");
  });
}

for (const { title, document, lines } of odd) {
  test(`odd, but no fault: ${title}`, () => {
    const found = check(document);
    assert.equal(found.status, 0);
    allSay(found.lines.slice(0, -1), lines);
    assert.match(found.lines.at(-1), /valid: \d+ teams, \d+ categories$/);
    assert.equal(validate(document), true, JSON.stringify(validate.errors));
  });
}

test("all faults of a document are listed, and no more than two hundred", () => {
  const forbidden = Array.from({ length: 100 }, () => "");
  const many = check({ forbidden, tags: Array.from({ length: 150 }, () => 7) });
  assert.equal(many.lines.length, 201);
  assert.match(many.lines.at(-1), /^50 more/);
});

test("one fault is one line, whatever the document holds", () => {
  const { lines } = check({ "gaol\u007f": 1, ["ó".repeat(60)]: 2, [`x${"ó".repeat(60)}`]: 3, "": 4 });
  assert.equal(lines.length, 4);
  for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f\ufffd]/);
});

test("the shipped policies are good, valid, without a warning, and whole", () => {
  const members = Object.keys(schema.properties).filter((m) => m !== "$schema");
  for (const lang of ["es", "en"]) {
    const text = execFileSync(binary, ["policy", "default", "--lang", lang], { encoding: "utf8" });
    const document = JSON.parse(text);
    assert.equal(validate(document), true, JSON.stringify(validate.errors));
    const { status, lines } = check(text);
    assert.deepEqual([status, lines.length], [0, 1], lines.join("\n"));
    assert.ok(lines[0].endsWith(`: ${document.teams.length} teams, ${document.categories.length} categories`), lines[0]);
    assert.deepEqual(members.filter((m) => !(m in document)), []);
    assert.equal(document.lang, lang);
    for (const pair of [document.greeting, document.follow_up, ...Object.values(document.moves).map((m) => m.text)])
      assert.deepEqual(Object.keys(pair).sort(), ["en", "es"]);
  }
});

test("every member of the schema says what it is for", () => {
  const bare = [];
  const walk = (node, at) => {
    for (const [name, inner] of Object.entries(node.properties ?? {})) {
      if (!inner.description) bare.push(`${at}.${name}`);
      walk(inner, `${at}.${name}`);
    }
    for (const inner of [node.items, node.additionalProperties, ...(node.oneOf ?? []), ...(node.prefixItems ?? []), ...Object.values(node.$defs ?? {})])
      if (typeof inner === "object") walk(inner, at);
    if (node.type === "object" && typeof node.additionalProperties !== "object") assert.equal(node.additionalProperties, false, at);
  };
  walk(schema, "$");
  assert.deepEqual(bare, []);
});

/* Each value of a whole policy in turn becomes something else. */
function* mutants(document) {
  const strange = [null, true, -1, 0, 0.5, 1e9, "", " ", "x".repeat(1000), "a\u0007", "{nombre}", "zz9", [], {}, [null], [[]], { "": 1 }];
  const places = [];
  const walk = (node, at) => {
    for (const key of Object.keys(node)) {
      places.push([...at, key]);
      if (typeof node[key] === "object" && node[key] !== null) walk(node[key], [...at, key]);
    }
  };
  walk(document, []);
  for (const place of places) {
    const change = (alter) => {
      const copy = structuredClone(document);
      alter(place.slice(0, -1).reduce((o, k) => o[k], copy), place.at(-1));
      return copy;
    };
    for (const value of strange) yield [place, value, change((parent, key) => (parent[key] = value))];
    yield [place, "an unknown neighbour", change((parent, key) => (Array.isArray(parent) ? parent.push({}) : (parent[`${key}_`] = 1)))];
  }
}

test("whatever the schema refuses, check refuses", async () => {
  const small = {
    $schema: "urn:atalaya:policy:1", name: "p", lang: "es", tags: ["t"], goal: 0.9, signature: "^{mark}", greeting: { es: "Hola, {name}:" }, forbidden: ["no"], lease_min: 15,
    teams: [{ name: "a", languages: ["es"], goal: 0.9, always: ["answer"], targets: { acknowledge: 5, answer: { high: 9 } },
      hours: { tz: "Europe/Madrid", hours: { mon: [["08:00", "12:00"]] }, holidays: ["2026-12-25"], special: { "2026-12-24": [["08:00", "09:00"]] } } }],
    categories: [{ name: "c", team: "a", private: true, needs_tag: true, tags: ["t"], words: ["w"] }],
    plans: [{ name: "p", level_min: "high", answer_minutes: 5 }],
    words: { urgency: { es: [["w", 5]] }, relevance: { en: { spam: ["v"] } } },
    moves: { dm: { allowed: true, text: { es: "hola" } } }, networks: { x: { dm: true } },
    limits: { public_posts: 2, send_minutes: 10 }, head_start_min: { low: -120 }, public_identifiers: ["a@example.com"],
  };
  assert.equal(validate(small), true, JSON.stringify(validate.errors));
  assert.equal(check(small).status, 0);
  const refused = [];
  let n = 0;
  for (const [place, value, copy] of mutants(small)) {
    n += 1;
    if (!validate(copy)) refused.push({ place, value, copy });
  }
  assert.ok(n > 1200 && refused.length > n / 2, `${refused.length} of ${n}`);
  const accepted = [];
  for (const { place, value, copy } of refused)
    if (spawnSync(binary, ["check", "--policy", write(copy, "mutant.json")]).status !== 1) accepted.push(`${place.join(".")} = ${JSON.stringify(value)}`);
  assert.deepEqual(accepted, []);
});

/** A box that was made, and stopped. */
async function made(dir) {
  mkdirSync(dir);
  assert.equal(await (await Box.start({ dir })).stop(), 0);
  return dir;
}

test("a stopped box adopts, keeps every version, and serves by the newest", async () => {
  const dir = await made(path.join(folder, "stopped"));
  const at = (...args) => run(binary, [...args, "--data", dir]);
  const es = execFileSync(binary, ["policy", "default", "--lang", "es"], { encoding: "utf8" });
  const before = await at("policy", "show");
  assert.match(before.stderr, /^version 0, in force: .*built-in/m);
  assert.equal(JSON.parse(before.stdout).teams[0].name, "soporte");
  assert.match((await at("policy", "adopt", write(es, "es.json"))).stdout, /\bversion 1\b/);
  assert.match((await at("policy", "adopt", write({ teams: [{ name: "uno" }] }, "uno.json"))).stdout, /\bversion 2\b/);
  assert.equal((await at("policy", "show", "--version", "1")).stdout, es);
  assert.match((await at("policy", "show")).stderr, /^version 2, in force$/m);
  await assert.rejects(at("policy", "show", "--version", "3"), /no version 3\b.*\b2$/m);
  await assert.rejects(at("policy", "show", "--version", "two"), (e) => e.code === 2);
  const box = await Box.start({ dir });
  assert.match((await box.cli("policy", "show")).stderr, /^version 2, in force$/m);
  await box.close();
});

/** One request at the control socket, as a command line of another version would send it. */
const ask = (box, request) =>
  new Promise((resolve, reject) => {
    const socket = createConnection(`${box.dir}/control`);
    let text = "";
    socket.on("error", reject);
    socket.on("data", (d) => {
      text += d;
      if (!text.includes("\n")) return;
      socket.destroy();
      resolve(JSON.parse(text));
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });

test("a running box adopts, says the version, and lists what it refuses", async () => {
  const box = await Box.start();
  const refused = await ask(box, { do: "policy adopt", document: JSON.stringify({ gaol: 1, teams: [{ name: "a", targets: { answer: 5 } }, { name: "a" }] }) });
  assert.match(refused.error, /: 2$/);
  assert.deepEqual(Object.keys(refused), ["error", "faults"]);
  for (const f of refused.faults) assert.deepEqual(Object.keys(f), ["path", "message", "hint"]);
  allSay(refused.faults.map((f) => `${f.path}: ${f.message}; ${f.hint}`),
    ["$.gaol: unknown member; \"goal\"", "$.teams[1].name: duplicate; rename"]);
  assert.match((await box.cli("policy", "show")).stderr, /^version 0, in force/m);
  for (const version of [1, 2]) {
    const file = write({ teams: [{ name: `equipo${version}` }] });
    assert.match((await box.cli("policy", "adopt", file)).stdout, new RegExp(`\\bversion ${version}\\b`));
  }
  assert.equal(JSON.parse((await box.cli("policy", "show", "--version", "1")).stdout).teams[0].name, "equipo1");
  assert.match((await box.cli("policy", "show", "--version", "1")).stderr, /^version 1$/m);
  assert.equal((await ask(box, { do: "policy show", version: "2" })).in_force, true);
  await assert.rejects(box.cli("policy", "show", "--version", "3"), /no such version/);
  await box.close();
});

test("a box that cannot use its policy says what is wrong with it, does not start, and takes another", async () => {
  const dir = await made(path.join(folder, "stuck"));
  const file = write({ teams: [{ name: "a", hours: { tz: "Europe/Madrid", hours: { mon: [["08:00", "12:00"]] } } }] }, "zone.json");
  await run(binary, ["policy", "adopt", file, "--data", dir]);
  await assert.rejects(run(binary, ["policy", "show", "--data", dir], { env: { ...process.env, TZDIR: folder } }),
    /version 1\b.*\$\.teams\[0\]\.hours\.tz: .*zone/);
  const blind = { env: { ...process.env, TZDIR: folder } };
  assert.match((await run(binary, ["policy", "adopt", write({ name: "otra" }), "--data", dir], blind)).stdout, /\bversion 2\b/);
  assert.match((await run(binary, ["policy", "show", "--data", dir], blind)).stderr, /^version 2, in force$/m);
  const config = { policy: write({ gaol: 1, teams: [] }, "bad.json") };
  await assert.rejects(Box.start({ config }), (e) => /\$\.gaol: unknown member/.test(e.message) && /\$\.teams: .*empty/.test(e.message));
});

test("two policies at once never share a version", async () => {
  const box = await Box.start();
  const documents = Array.from({ length: 12 }, (_, i) => JSON.stringify({ name: `p${i}` }));
  const answers = await Promise.all(documents.map((document) => ask(box, { do: "policy adopt", document })));
  const versions = answers.filter((a) => a.ok).map((a) => a.version);
  assert.equal(new Set(versions).size, versions.length);
  assert.ok(versions.length >= 1);
  for (const a of answers) if (!a.ok) assert.equal(a.error, "another policy is being adopted");
  for (const [i, a] of answers.entries())
    if (a.ok) assert.equal((await box.cli("policy", "show", "--version", String(a.version))).stdout.trim(), documents[i]);
  await box.close();
});

test("a case follows the policy: its category, team, level and clocks", async () => {
  const box = await Box.start();
  const file = write({
    teams: [{ name: "general" }, { name: "red", targets: { answer: 20 } }],
    categories: [{ name: "otros" }, { name: "averia", team: "red", words: ["zumbador roto"] }],
    words: { urgency: { es: [["zumbador", 70]] } },
  });
  await box.cli("policy", "adopt", file);
  const source = await box.token("source");
  const lead = await box.token("lead");
  const live = await box.live(lead);
  live.send({ watch: "queue", team: "*", limit: 10 });
  await box.post(source, mention({ text: "Hola, tengo el zumbador roto, ¿podéis ayudarme?" }));
  const frame = await live.frame((f) => Object.keys(f.full?.cases ?? f.set?.cases ?? {}).length > 0);
  const [kase] = Object.values((frame.full ?? frame.set).cases);
  assert.equal(kase.team, "red");
  await live.close();
  await box.close();
});

test("triage uses the words of a policy, each in its language", () => {
  const file = write({
    words: {
      urgency: { es: [["teleasistencia", 60]], en: [["quibble", 25]] },
      relevance: { es: { request: ["me dais norte"], spam: ["sorteo de fundas"] } },
    },
  });
  const triage = (text, lang) =>
    JSON.parse(execFileSync(binary, ["triage", "--policy", file], { input: `${JSON.stringify({ text, lang })}\n`, encoding: "utf8" }));
  assert.equal(triage("¿La teleasistencia de mi madre no responde?", "es").level, "urgent");
  assert.equal(triage("The quibble is not working, can you help me?", "en").level, "high");
  assert.notEqual(triage("El quibble no está en la tienda, ¿por qué?", "es").level, "high");
  assert.equal(triage("me dais norte con lo del lunes", "es").kind, "request");
  assert.equal(triage("sorteo de fundas en mi perfil", "es").kind, "spam");
});
