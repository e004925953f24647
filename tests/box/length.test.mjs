// length.test.mjs - `atalaya length` against twitter-text on drawn texts, against what its conformance suite asks, and as a tool.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const { parseTweet } = require("twitter-text");
const program = path.resolve("build/atalaya");
const TEXTS = Number(process.env.LENGTH_TEXTS ?? 100_000);
const SEED = Number(process.env.LENGTH_SEED ?? 20261125);

function run(args, input) {
  const r = spawnSync(program, ["length", ...args], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return { status: r.status, stderr: r.stderr, lines: r.stdout.split("\n").filter(Boolean).map((l) => JSON.parse(l)) };
}
const ask = (texts, ...args) => run(args, texts.map((text) => JSON.stringify({ text })).join("\n"));
const lengths = (texts, ...args) => ask(texts, ...args).lines.map((l) => l.length);

// ---- drawn texts
function random(seed) { // mulberry32
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function drawing(rnd) {
  const n = (max) => Math.floor(rnd() * max);
  const of = (list) => list[n(list.length)];
  const times = (max, f) => Array.from({ length: n(max) + 1 }, f).join("");
  const cp = (low, high) => String.fromCodePoint(low + n(high - low + 1));
  const regexp = (name) => require(`twitter-text/dist/regexp/${name}`).source.match(/^\(\?:\(\?:(.*)\)\(\?=/s)[1].split("|");
  const tlds = [...regexp("validGTLD"), ...regexp("validCCTLD")];
  const tricky = ["com", "co", "es", "com.ar", "CoM", "io", "рф", "РФ", "みんな", "한국", "ελ", "ΕΛ", "გე", "ᲒᲔ", "भारतम्", "भारत", "xn--p1ai", "xn--a-", "xn--",
    "vermögensberater", "comm", "c", "com_x", "comé", "com-", "com+", "com@", "t.co"];
  const people = ["👨", "👩", "🧑", "👮", "🏃", "🕵", "⛹", "🏋", "🧙", "👯", "🤼", "🧟", "💃", "👪", "👁", "🏳", "🏴"];
  const joints = ["\u200d", "\ufe0f", "\ufe0e", "🏻", "🏽", "🏿", "♀", "♂", "♀️", "❤️", "💋", "🌈", "☠️", "⚕️", "✈️", "🚀", "🦰", "💻", "👦", "👧", "👨", "👩", "🗨", "\u20e3", "\u{e0067}", "\u{e007f}"];
  const emoji = () => of([
    () => of(["😀", "🥺", "🪿", "❤", "❤️", "☝", "☝🏽", "☝️🏽", "✌︎", "©", "©️", "™️", "♟", "♟️", "〰", "㊙️", "⌚︎", "\ue50a", "👨‍👩‍👧‍👦", "👩‍❤️‍💋‍👩", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍🚀", "⛹🏿‍♀️", "🕵️‍♂️"]),
    () => of(people) + times(5, () => of(joints)),
    () => of([..."#*0123456789"]) + of(["\ufe0f\u20e3", "\u20e3", "\ufe0f", "\ufe0e\u20e3", ""]),
    () => times(5, () => cp(0x1f1e6, 0x1f1ff)),
    () => times(3, () => cp(0x1f300, 0x1faff)) + of(["", "\ufe0f", "\ufe0e", "🏾", "\u200d♀️"]),
    () => cp(0x2190, 0x2bff) + of(["", "\ufe0f", "\ufe0e"]),
    () => times(4, () => of(joints)),
  ])();
  const marks = () => times(6, () => of([() => cp(0x300, 0x345), () => cp(0x346, 0x36f), () => cp(0x591, 0x5bd), () => cp(0x64b, 0x65f), () => "\u093c", () => "\u3099", () => cp(0x1161, 0x11c2)])());
  const letters = () => of([
    () => cp(0x41, 0x7a), () => cp(0xa0, 0x24f), () => cp(0x250, 0x2ff), () => cp(0x370, 0x52f), () => cp(0x5d0, 0x6ff), () => cp(0x900, 0xdff), () => cp(0x10a0, 0x11ff),
    () => cp(0x1e00, 0x1fff), () => cp(0x2000, 0x206f), () => cp(0x3000, 0x30ff), () => cp(0x4e00, 0x9fff), () => cp(0xac00, 0xd7a3), () => cp(0xf900, 0xfaff), () => cp(0xff00, 0xffef),
    () => of([..."áéíóúñüçãõÁÑß\u212b\u2126\u212a\u017f\u0345\u1e9b\u0958\u0344\u2adc"]), () => cp(0x1d15e, 0x1d164), () => cp(0x2f800, 0x2fa1d), () => cp(0x10000, 0x103ff), () => cp(0x20000, 0x2a6df),
    () => cp(0x10ff, 0x1100), () => cp(0x200c, 0x2020), () => cp(0x2030, 0x2038), () => of(["\ufffe", "\uffff", "\ufeff", "\u202e", "\u2066", "\u0085", "\u180e", "\u0001", "\u007f"]),
  ])() + (n(4) ? "" : marks());
  const word = () => of(["hola", "gracias", "the", "ñandú", "Ação", "pedido", "a", "ver", "com", "http", "rt", "you're", "no-break", "under_score", "e\u0301xito", "日本語", "שלום", "مرحبا", "한글", "🙂"]);
  const label = () => of([
    word, () => times(8, () => of([..."abcxyz019"])), () => times(6, () => of([..."aé-_0あ"])), () => times(5, letters), () => "xn--" + times(6, () => of([..."abc0-"])), () => "a".repeat(60 + n(8)),
    () => "ü".repeat(20 + n(30)), () => of(["-", "_", "", "a-", "_a", "a_b", "。", "a。b", "．"]), () => "あ".repeat(10 + n(10)), emoji,
  ])();
  const domain = () => times(4, () => label() + ".") + of([() => of(tlds), () => of(tlds).toUpperCase(), () => of(tricky)])();
  const pathPart = () => of([
    word, () => times(8, () => of([..."abc/.,;:!'*+=@|~[]%$#&-_–"])), () => `(${word()})`, () => `(${word()}(${word()})${word()})`, () => "(", () => ")", () => "((a)(b))", () => "()", letters, () => "/", () => "@user/", () => of([..."ßµıſK\u0399\u03b9ɐⱥɠⱡ"]),
  ])();
  const query = () => "?" + times(4, () => of([() => `${word()}=${word()}&`, () => times(5, () => of([..."ab1!?*'@();:&=+$/%#[]-_.,~|"])), () => "#x", () => "é"])());
  const scheme = () => of(["http://", "https://", "HTTP://", "hTTps://", "ftp://", "http:/", "http:", "//", "mailto:", "httpss://", ""]);
  const tco = () => of(["https://t.co/", "http://T.CO/", "t.co/", "https://t.co:80/"]) + times(42, () => of([..."aZ09"])) + of(["", ".", "?x=1", "é", "/a", "-b", "?", "?é"]);
  const url = () => of([tco, ...Array(6).fill(() => of([scheme, scheme, () => ""])() + domain() + (n(4) ? "" : ":" + n(99999)) + (n(2) ? "" : "/" + times(5, pathPart)) + (n(3) ? "" : query()))])();
  const around = [..." \n.,;:!?()[]{}<>\"'`«»“”‘’@＠#＃$%&*-_/\\|~^=+é日\u00a0\u3000\u200b\u200d\u200e\u202a\ufeff\ufffe"];
  const piece = () => of([
    word, word, word, url, url, emoji, emoji, letters, letters, () => of(around), () => of(around),
    () => `${word()}@${domain()}`, () => `@${word()}`, () => `#${word()}`, () => `$${of(["TEF", "SAN.MC", "abc_d"])}`, () => domain() + of(around) + domain(), () => domain() + domain(),
    () => times(30, () => of([..."a.-_/@:あé "])), () => times(12, () => label() + "."), () => word().repeat(n(30)), () => cp(0x20, 0xd7ff), () => cp(0xe000, 0x14fff),
  ])();
  return () => times(n(10) === 0 ? 40 : 8, () => piece() + of(["", " ", " ", of(around)]));
}

// Characters that Unicode 16 and later made normal forms for: libraries of different years differ.
const young = /[\u0897\u019b\u0264\u1acf-\u1aeb\ua7cb-\ua7dc\u{105c0}-\u{105ff}\u{10d40}-\u{10d8f}\u{10efa}-\u{10eff}\u{11380}-\u{113ff}\u{11b60}-\u{11b6f}\u{16100}-\u{1613f}\u{16d40}-\u{16d7f}\u{1e5d0}-\u{1e5ff}\u{1e6c0}-\u{1e6ff}]/u;

function compare(texts) {
  const got = lengths(texts, "--network", "x");
  assert.equal(got.length, texts.length);
  const wrong = [];
  texts.forEach((text, i) => {
    let want;
    try {
      want = parseTweet(text).weightedLength;
    } catch (e) { // its Punycode gives up on labels of thousands of letters
      if (!(e instanceof RangeError)) throw e;
      return;
    }
    if (got[i] !== want) wrong.push({ text, got: got[i], want });
  });
  return wrong;
}

test(`x: ${TEXTS} drawn texts are as long as twitter-text says`, { timeout: 300_000 }, () => {
  const draw = drawing(random(SEED));
  const wrong = [];
  for (let left = TEXTS; left > 0; left -= 20_000) {
    const texts = Array.from({ length: Math.min(left, 20_000) }, draw).map((t) => t.replace(new RegExp(young, "gu"), "").toWellFormed());
    wrong.push(...compare(texts));
  }
  assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} differ`);
});

// The kinds of cases twitter-text's conformance suite holds, with the numbers they must have.
const known = [
  ["", 0], ["a".repeat(280), 280], ["あ".repeat(140), 280], ["e\u0301", 1], ["\u1100\u1161", 2], ["😀", 2], ["👨‍👩‍👧‍👦", 2], ["🇪🇸", 2], ["1️⃣", 2], ["👍🏿", 2], ["❤️", 2], ["⌚\ufe0e", 4],
  ["https://example.com/some/long/path?with=query#hash", 23], ["example.com", 23], ["example.notatld", 15], ["mail me@example.com", 19], ["see example.com, ok", 4 + 23 + 4],
  ["http://example.com:8080/", 23], ["(http://example.com/a_(b))", 25], ["http://日本語.jp", 23], ["日本語.jp", 9], ["http://xn--80ak6aa92e.com", 23], ["https://t.co/abc", 23], ["https://t.co/abcñ", 24],
  ["@user hello", 11], ["#tag.com", 8], ["$TWTR", 5], ["http://example.com/" + "a".repeat(5000), 5019], ["a\ufeffb", 4], ["\u202ahttp://example.com\u202c", 2 + 23 + 2], ["a.b.c.d.com", 23],
  ["x".repeat(64) + ".com", 68], ["ñ.com", 23], ["http://ñ.com", 23], ["http://a_b.com", 14], ["http://a_b.c.com", 23], ["🙂example.com", 2 + 23],
];

test("x: known numbers, which twitter-text gives as well", () => {
  const got = lengths(known.map(([text]) => text), "--network", "x");
  known.forEach(([text, want], i) => {
    assert.equal(got[i], want, text);
    assert.equal(parseTweet(text).weightedLength, want, text);
  });
});

test("x: every top-level domain, in both cases and cut short", () => {
  const list = (name) => require(`twitter-text/dist/regexp/${name}`).source.match(/^\(\?:\(\?:(.*)\)\(\?=/s)[1].split("|");
  const texts = [...list("validGTLD"), ...list("validCCTLD")].flatMap((tld) => [tld, tld.toUpperCase(), tld.slice(0, -1), `${tld}x`, `${tld}-`, `${tld}é/`].flatMap((t) => [`a.${t}`, `http://a.${t}/x`]));
  assert.ok(texts.length > 15_000);
  assert.deepEqual(compare(texts), []);
});

test("x: every character, before, within and after an address", { timeout: 120_000 }, () => {
  const texts = [];
  for (let cp = 1; cp < 0x20000; cp++) {
    if (cp >= 0xd800 && cp <= 0xdfff) continue;
    const c = String.fromCodePoint(cp);
    if (young.test(c)) continue;
    texts.push(c + "a.com/b" + c + c + "?c" + c);
    if (cp < 0x3100 || cp > 0x1f000) texts.push(`http://a${c}.com/${c}${c}\ufe0f ${c}\u200d♀️`);
  }
  assert.deepEqual(compare(texts).slice(0, 3), []);
});

const days = ["day-es-bank.jsonl", "days-en-brands.jsonl", "label-airline-en.jsonl", "label-airline-es.jsonl"].map((f) => path.join(process.env.ATALAYA_SHARED ?? path.resolve("../shared"), "data", f));
test("x: what people really write", { skip: days.every((f) => existsSync(f)) ? false : "the days are not here" }, () => {
  const texts = days.flatMap((f) => readFileSync(f, "utf8").split("\n").filter(Boolean).map((l) => JSON.parse(l).text)).filter((t) => typeof t === "string" && t.isWellFormed());
  assert.ok(texts.length > 5_000);
  assert.deepEqual(compare(texts).slice(0, 3), []);
});

// Between years Unicode has changed which symbols that are no emoji join like emoji, made Indic conjuncts one cluster, and given
// reserved characters their properties.
const moody = /[\u0900-\u0dff\u1715\u1734\u1b3b-\u1b44\u1baa-\u1bf3\u2065\ua953\ua9c0\ufff0-\ufff8\u{11000}-\u{11fff}\u{16ff0}-\u{16ff1}\u{1d165}-\u{1d172}\u{1f6d8}-\u{1f6db}\u{1fa7d}-\u{1fa7f}\u{1fa89}-\u{1fa8f}\u{1fabe}\u{1fac6}-\u{1facd}\u{1fadc}-\u{1fadf}\u{1fae9}-\u{1faef}\u{1faf9}-\u{1faff}\u{e0000}-\u{e001f}\u{e0080}-\u{e0fff}]|(?!\p{Emoji})[\u2190-\u2bff\u{1f000}-\u{1ffff}]/gu;

test("bluesky: clusters as Intl.Segmenter parts them", () => {
  const draw = drawing(random(SEED)), segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  const texts = Array.from({ length: 8_000 }, draw).map((t) => t.replace(new RegExp(young, "gu"), "").replace(moody, "").toWellFormed());
  const got = lengths(texts, "--network", "bluesky");
  const wrong = texts.map((text, i) => ({ text, got: got[i], want: [...segmenter.segment(text)].length })).filter((r) => r.got !== r.want);
  assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} differ`);
});

test("limits: the network's own, and given ones", () => {
  const long = "a".repeat(301);
  assert.deepEqual(ask([long], "--network", "x").lines, [{ length: 301, limit: 280, fits: false }]);
  assert.deepEqual(ask([long], "--network", "mastodon").lines, [{ length: 301, limit: 500, fits: true }]);
  assert.deepEqual(ask([long], "--network", "bluesky").lines, [{ length: 301, limit: 300, fits: false }]);
  assert.deepEqual(ask([long], "--network", "bluesky", "--limit", "1000").lines, [{ length: 301, limit: 1000, fits: true }]);
  assert.deepEqual(ask(["👨‍👩‍👧‍👦".repeat(121)], "--network", "bluesky").lines, [{ length: 121, limit: 300, fits: false }]);
  assert.deepEqual(ask(["mira https://example.com/a"], "--network", "mastodon", "--limit", "20", "--url", "5").lines, [{ length: 10, limit: 20, fits: true }]);
  assert.deepEqual(ask(["mira https://example.com/a"], "--network", "x", "--url", "0").lines, [{ length: 26, limit: 280, fits: true }]);
});

test("mastodon: addresses and mentions", () => {
  assert.deepEqual(lengths(["@ana@social.example hola", "https://example.com/" + "a".repeat(80), "example.com", "👩🏽‍🚀e\u0301"], "--network", "mastodon"), [9, 23, 11, 2]);
});

test("lines that are wrong are named and the others answered", () => {
  const r = run(["--network", "x"], '{"text":"a"}\n\n{"text":1}\n[]\n{"text":"\\ud800"}\n{"text":"b"\n{}\n{"text":"bb"}\n');
  assert.equal(r.status, 1);
  assert.deepEqual(r.lines.map((l) => l.length ?? l.error.line), [1, 3, 4, 5, 6, 7, 2]);
  assert.equal(r.lines[1].error.path, "$.text");
});

test("wrong usage", () => {
  for (const args of [[], ["--network", "y"], ["--network", "webhook"], ["--network", "x", "--limit", "0"], ["--network", "x", "--limit", "a"], ["--network", "x", "--limit", "1000001"],
    ["--network", "x", "--url", "-1"], ["--network", "x", "word"], ["--network", "x", "--what"], ["--network"]]) {
    const r = run(args, "");
    assert.equal(r.status, 2, args.join(" "));
    assert.match(r.stderr, /usage|length/);
  }
  const help = spawnSync(program, ["length", "--help"], { encoding: "utf8" });
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--network/);
});
