// check-floors.test.mjs - each breach of the house's order is found in a small planted tree, and told with both its ends.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

/** What check-floors says of a tree of these files; with build, of its objects too: all, or those of the sources named. */
function check(files, build = false) {
  const root = mkdtempSync(path.join(os.tmpdir(), "atalaya-floors-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, "firmware", name)), { recursive: true });
      writeFileSync(path.join(root, "firmware", name), text);
      if (!name.endsWith(".c") || !(build === true || (build && build.includes(name)))) continue;
      const object = path.join(root, "build/obj", name.replace(/c$/, "o"));
      mkdirSync(path.dirname(object), { recursive: true });
      execFileSync("gcc", ["-c", "-I", path.join(root, "firmware"), "-o", object, path.join(root, "firmware", name)]);
    }
    const run = spawnSync("tools/check-floors", [root], { encoding: "utf8" });
    return { status: run.status, text: run.stdout + run.stderr };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const header = (more = "") => `#ifndef X_H\n#define X_H\n${more}#endif\n`;
const breaches = {
  "a floor that includes one above it": [{ "core/record/a.c": '#include "store/b.h"\n', "store/b.h": header() }, /core\/record\/a\.c:1: core may not include store\/b\.h/],
  "base that includes core": [{ "base/a.h": header('#include "core/record/b.h"\n'), "core/record/b.h": header() }, /base\/a\.h:3: base may not include core\/record\/b\.h/],
  "two floors that stand side by side": [{ "store/a.c": '#include "serve/b.h"\n', "serve/b.h": header() }, /store\/a\.c:1: store may not include serve\/b\.h/],
  "main.c that goes round the command line": [{ "main.c": '#include "app/b.h"\n', "app/b.h": header() }, /main\.c:1: main\.c may not include app\/b\.h/],
  "a room that includes one above it": [{ "core/record/a.c": '\n#include "core/rules/b.h"\n', "core/rules/b.h": header() }, /core\/record\/a\.c:2: core\/record stands below core\/rules\/b\.h/],
  "an include told from its own folder": [{ "core/hours/a.c": '#include "../scan/b.h"\n', "core/scan/b.h": header() }, /core\/hours\/a\.c:1: core\/hours stands below core\/scan\/b\.h/],
  "a room of app that includes the appliance": [{ "app/box/a.c": '#include "app/b.h"\n', "app/b.h": header() }, /app\/box\/a\.c:1: app\/box stands below app\/b\.h/],
  "staff that is tied to a room": [{ "core/staff/a.c": '#include "core/hours/b.h"\n', "core/hours/b.h": header() }, /core\/staff\/a\.c:1: core\/staff is tied to no other room, not to core\/hours\/b\.h/],
  "a room that is tied to staff": [{ "core/rules/a.c": '#include "core/staff/b.h"\n', "core/staff/b.h": header() }, /core\/rules\/a\.c:1: core\/rules stands below core\/staff\/b\.h/],
  "a room that is not in the list": [{ "core/misc/a.c": '#include "core/hours/b.h"\n', "core/hours/b.h": header() }, /core has no room misc/],
  "a floor that is not in the list": [{ "misc/a.c": "int x;\n" }, /misc\/a\.c: there is no floor misc/],
  "an include of nothing": [{ "base/a.c": '#include "base/b.h"\n' }, /base\/a\.c:1: there is no base\/b\.h/],
  "a core that asks for the time": [{ "core/hours/a.c": "long f(void) { return time(0); }\n" }, /core\/hours\/a\.c:1: core is pure, and time\(\) is not/],
};
const misplaced = {
  "lmdb.h": "app/box/a.c", "curl/curl.h": "serve/a.c", "libwebsockets.h": "app/a.c", "mbedtls/ssl.h": "net/a.c", "cjson/cJSON.h": "store/a.c",
  "utf8proc.h": "base/a.c", "libstemmer.h": "app/a.c", "libical/ical.h": "core/hours/a.c", "argon2.h": "serve/a.c",
};
for (const [library, file] of Object.entries(misplaced))
  breaches[`${library} out of its place`] = [{ [file]: `#include <${library}>\n` }, new RegExp(`${file}:1: <${library}> belongs to`)];
for (const [what, [files, told]] of Object.entries(breaches))
  test(what, () => {
    const { status, text } = check(files);
    assert.equal(status, 1);
    assert.match(text, told);
  });

test("headers in a circle", () => {
  const { status, text } = check({ "base/a.h": header('#include "base/b.h"\n'), "base/b.h": header('#include "base/a.h"\n') });
  assert.equal(status, 1);
  assert.match(text, /base\/a\.h includes firmware\/base\/b\.h/);
  assert.match(text, /base\/b\.h includes firmware\/base\/a\.h/);
});

test("three objects in a circle by their symbols", () => {
  const { status, text } = check(
    { "base/a.c": "void b(void); void a(void) { b(); }\n", "base/b.c": "void c(void); void b(void) { c(); }\n", "base/c.c": "void a(void); void c(void) { a(); }\n" },
    true,
  );
  assert.equal(status, 1);
  assert.match(text, /3 files go in a circle/);
  assert.match(text, /base\/a\.c calls firmware\/base\/b\.c: b\(\)/);
  assert.match(text, /base\/c\.c calls firmware\/base\/a\.c: a\(\)/);
});

test("a call against the order, by a declaration of its own", () => {
  const { status, text } = check({ "base/a.c": "void b(void); void a(void) { b(); }\n", "store/b.c": "void b(void) {}\n" }, true);
  assert.equal(status, 1);
  assert.match(text, /base\/a\.c: base may not call store\/b\.c: b\(\)/);
});

test("a room that uses a table of one above it", () => {
  const { text } = check({ "core/record/a.c": "extern int t[]; int a(void) { return t[0]; }\n", "core/rules/b.c": "int t[4];\n" }, true);
  assert.match(text, /core\/record\/a\.c: core\/record stands below core\/rules\/b\.c: t$/m);
});

test("a core that reads, where the text alone does not tell", () => {
  const files = { "core/record/a.c": "#include <unistd.h>\nlong a(void *p) { return read(0, p, 1); }\n" };
  assert.equal(check(files).status, 0);
  const { status, text } = check(files, true);
  assert.equal(status, 1);
  assert.match(text, /core\/record\/a\.c: core is pure, and read\(\) is not/);
});

test("functions of one name that their files keep to themselves are no call", () => {
  const files = { "base/a.c": "static void f(void) {} void a(void) { f(); }\n", "store/b.c": "void f(void) {}\n" };
  assert.equal(check(files, true).status, 0);
});

test("a house in order, where a comment may speak of time()", () => {
  const files = {
    "base/a.h": header(),
    "base/a.c": "void b(void); void a(void) { b(); }\n",
    "base/b.c": "void b(void) {}\n",
    "core/record/c.h": header('#include "base/a.h"\n'),
    "core/rules/d.c": "/* time() is not asked */\n#include \"core/record/c.h\"\n",
  };
  const { status, text } = check(files, true);
  assert.equal(text, "floors: in order\n");
  assert.equal(status, 0);
  assert.match(check(files).text, /^floors: in order \(nothing is built: /);
  assert.match(check(files, ["base/a.c", "base/b.c"]).text, /^floors: in order \(sources not built, whose calls were not looked at: 1\)/);
});
