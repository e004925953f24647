// catalogue.test.mjs - how the project speaks: the one test that knows sentences.  No phrase that a native reader stumbles over,
// a message and a way out for every refusal, and a help of one shape for every subcommand.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { binary } from "./lib/box.mjs";

/* What was said once, and what is said instead. */
const phrases = [
  ["how the running box is", "show the state of the running box"],
  ["show, a start, the schema", "show, print a starter policy or the schema"],
  ["a whole copy", "back up the box"],
  ["is everything as the journal says", "check every table against the journal"],
  ["anew from the journal", "rebuild the derived tables from the journal"],
  ["a box without any works", "configuration file (optional)"],
  ["8443 unless told", "default 8443"],
  ["takes any free one", "picks a free port"],
  ["a shipped day", "the bundled sample day"],
  ["is at work.", "is running."],
  ["atalaya does not start", "atalaya could not start"],
  ["is odd but refuses nothing", "is suspicious, but does not fail the check"],
  ["a good policy", "policy is valid"],
  ["is no good policy", "is not a valid policy"],
  ["a good configuration", "configuration is valid"],
  ["takes no words", "takes no arguments"],
  ["one word is needed", "expected one argument"],
  ["More: add", "Try --help."],
  ["say add,", "expected add, …"],
  ["The file before is", "The previous file was kept as …"],
  ["is there already", "already exists"],
  ["does not read", "is unreadable"],
  ["do not read;", "are unreadable;"],
  ["does not take writes", "is refusing writes"],
  ["has leapt", "the system clock jumped"],
  ["is believed again", "is trusted again"],
  ["the kernel gives none", "no random numbers available from the kernel"],
  ["that were brought to it", "supplied by its operator"],
  ["\"mend ", "fix …"],
  ["file is no text", "not a text file"],
  ["this is no ", "not a …"],
  ["does not take that", "not allowed here, not possible in this state"],
  ["this code is over", "this code has expired"],
  ["JSON as it should be", "invalid JSON"],
  ["nothing known is asked for", "unknown request"],
  ["it may yet be done", "it may still complete"],
  ["are held already", "you already hold … cases"],
  ["only who holds", "only the agent holding the case"],
  ["waits for our word", "is waiting for our reply"],
  ["answers no case that is here", "does not match any case"],
  ["nobody is moved", "cannot be moved"],
  ["at most so many", "at most %u"],
  ["tell what it says", "report its status"],
  ["says nothing here", "is not allowed here"],
  ["starts behind a lower one", "gets a smaller head start than a lower level"],
  ["stand apart by spaces", "separate several gates with spaces"],
  ["The disk fails", "The disk is failing"],
  ["The clocks wait", "Timers are paused"],
  ["\"outside hours\"", "\"closed\""],
  ["One process in C, one file", "One C process, one data file"],
  ["none makes a box", "only … create a box"],
  ["does not take the others with it", "does not affect the others"],
  ["Who misses one", "a client that missed a frame"],
  ["\"there is no such", "no such …, unknown …"],
  ["went away before", "stopped before"],
  ["were done again", "repeated"],
  ["look at the outbox", "what the reader can do"],
  ["open an incident", "what the reader can do"],
  ["live.md has every frame", "no path of a source on the wire"],
  ["la caja", "el equipo"],
  ["Avisad", "Avisar"],
];

const kept = /\.(c|h|inc|ts|tsx|html|css|md|json|1)$/;
const files = (at) => readdirSync(at, { withFileTypes: true }).flatMap((f) =>
  f.isDirectory() ? (["node_modules", "dist"].includes(f.name) ? [] : files(path.join(at, f.name))) : kept.test(f.name) ? [path.join(at, f.name)] : []);
const sources = ["firmware", "web", "board/man"].flatMap(files).concat("README.md");
/** A file's text in one line: strings that C joins are one string, and escapes are what they print. */
const spoken = (name) => readFileSync(name, "utf8").replace(/"\s*\n\s*"/g, "").replace(/\\"/g, '"').replace(/\\n/g, " ").replace(/[\s*]+/g, " ");

test("no phrase of the old ones is said anywhere", () => {
  assert.ok(sources.length > 150, `${sources.length} files`);
  const found = sources.flatMap((name) => {
    const text = spoken(name);
    return phrases.filter(([old]) => text.includes(old)).map(([old, now]) => `${name}: ${old} → ${now}`);
  });
  assert.deepEqual(found, []);
});

/* ---- refusals */

/** The arguments of the call whose parenthesis opens before `at`. */
function call(text, at) {
  let open = at, depth = 0;
  for (; open >= 0 && depth <= 0; open--) depth += text[open] === "(" ? 1 : text[open] === ")" ? -1 : 0;
  const name = /\w*$/.exec(text.slice(0, open + 1))[0], args = [""];
  let quoted = false;
  depth = 0;
  for (let i = open + 2; i < text.length && (depth > 0 || quoted || text[i] !== ")"); i++) {
    const c = text[i];
    if (c === '"' && text[i - 1] !== "\\") quoted = !quoted;
    if (!quoted) depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    if (c === "," && depth === 0 && !quoted) args.push("");
    else args[args.length - 1] += c;
  }
  return { name, args: args.map((a) => a.trim()) };
}

const codes = [...readFileSync("firmware/core/record/verdict.c", "utf8").split("refusal_word")[1].matchAll(/"([a-z_]+)"/g)]
  .map((m) => m[1]).filter((w) => !["none", "unknown"].includes(w));
const refusals = sources.filter((name) => name.endsWith(".c")).flatMap((name) => {
  const text = readFileSync(name, "utf8").replace(/"\s*\n\s*"/g, "");
  return [...text.matchAll(/REFUSAL_([A-Z_]+),/g)].map((m) => ({ file: name, code: m[1].toLowerCase(), ...call(text, m.index) }))
    .filter((r) => /refus/.test(r.name)).map((r) => {
      const k = r.args.findIndex((a) => a.startsWith("REFUSAL_"));
      return { ...r, message: r.args[k + 1], hint: r.args[k + 2] };
    });
});

test("every refusal has a message and a way out, and every code is refused somewhere", () => {
  assert.ok(codes.length > 15 && refusals.length > 45, `${codes.length} codes, ${refusals.length} refusals`);
  assert.deepEqual(codes.filter((c) => !refusals.some((r) => r.code === c)), []);
  for (const r of refusals)
    for (const said of [r.message, r.hint]) {
      assert.ok(said && !/\bNULL\b|^""$/.test(said), `${r.file}: ${r.code}: ${r.message}; ${r.hint}`);
      for (const [, text] of said.matchAll(/"((?:\\.|[^"\\])*)"/g))
        assert.match(text, /^[a-z%"\\].*[^.!]$/, `${r.file}: ${r.code}: lower case, no full stop: ${text}`);
    }
});

/* ---- help */

const overview = execFileSync(binary, ["--help"], { encoding: "utf8" });
const subcommands = [...overview.matchAll(/^ {2}(\w+) +\S/gm)].map((m) => m[1]);
const help = (name) => execFileSync(binary, [name, "--help"], { encoding: "utf8" });
const isNarrow = (text) => text.split("\n").filter((l) => [...l].length > 80);

test("the overview fits eighty columns and lists every subcommand with a verb", () => {
  assert.match(overview, /^usage: atalaya /);
  assert.deepEqual(isNarrow(overview), []);
  const table = [...readFileSync("firmware/main.c", "utf8").matchAll(/\{"(\w+)", cli_/g)].map((m) => m[1]);
  assert.ok(table.length > 15);
  assert.deepEqual(subcommands, table);
});

for (const name of subcommands)
  test(`help: ${name}`, () => {
    const text = help(name), [usage, ...rest] = text.split("\n\n");
    assert.ok(usage.startsWith(`usage: atalaya ${name}`), usage);
    assert.deepEqual(isNarrow(text), []);
    const asked = new Set(usage.match(/--[a-z]+/g)), listed = [...rest.at(-1).matchAll(/^ {2}(--[a-z]+)(?: \S+)? {2,}\S/gm)].map((m) => m[1]);
    assert.ok(listed.length > 0);
    assert.deepEqual([...asked].sort(), listed.sort(), "the usage names each option, and each is explained");
    assert.equal(rest.length, 2, "usage, what it does, options");
    const wrong = spawnSync(binary, [name, "--none-such"], { encoding: "utf8" });
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /--none-such\nusage: atalaya .*Try --help\.\n$/s);
  });

test("the manual has every subcommand, and every option of its help", () => {
  const manual = readFileSync("board/man/atalaya.1", "utf8").replace(/\\-/g, "-"), readme = readFileSync("README.md", "utf8");
  for (const name of subcommands) {
    assert.match(manual, new RegExp(`(^\\.BR? "?|, ?"|" )${name}\\b`, "m"), name);
    assert.ok(readme.includes(name), `README: ${name}`);
    for (const option of help(name).match(/--[a-z]+/g)) assert.ok(manual.includes(option), `${name} ${option}`);
  }
});
