// metrics.test.mjs - what tools/metrics counts is there, in a small planted tree, and a missed bound fails.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

function measure(files) {
  const root = mkdtempSync(path.join(os.tmpdir(), "atalaya-metrics-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, "firmware", name)), { recursive: true });
      writeFileSync(path.join(root, "firmware", name), text);
    }
    const run = spawnSync("tools/metrics", [root], { encoding: "utf8" });
    return { status: run.status, value: (what) => new RegExp(`^${what} +(\\S+)`, "m").exec(run.stdout)?.[1], text: run.stdout };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const body = (n) => "    x++;\n".repeat(n);
const header = "/* a.h - what it is.\n * More of it. */\n#ifndef A_H\n#define A_H\nint a(int x);\n#endif\n";
const small = { "base/a.h": header, "base/a.c": `#include "base/a.h"\n\nint a(int x)\n{\n${body(2)}}\n` };

test("a small house is within every bound", () => {
  const { status, value, text } = measure(small);
  assert.equal(status, 0, text);
  assert.equal(value("function, longest"), "5");
  assert.equal(value("headers: contract"), "66.7");
  assert.match(text, /2 files, 1 functions/);
});

test("a long function, a long file, a tall header, a bare header, a goto: each is counted and fails", () => {
  const longest = measure({ ...small, "base/b.c": `static int b(int x,\n             int y)\n{\n${body(50)}}\n` });
  assert.deepEqual([longest.value("function, longest"), longest.status], ["54", 1]);
  assert.match(longest.text, /firmware\/base\/b\.c:1/);
  const file = measure({ ...small, "base/b.c": "int b;\n".repeat(501) });
  assert.deepEqual([file.value("files over 500 lines"), file.status], ["1", 1]);
  const tall = measure({ ...small, "base/b.h": "/* c */\n".repeat(161) });
  assert.deepEqual([tall.value("headers over 160 lines"), tall.status], ["1", 1]);
  const bare = measure({ ...small, "base/b.h": "int b(void);\n".repeat(9) });
  assert.equal(bare.status, 1);
  const jump = measure({ ...small, "base/b.c": "int b(void)\n{\n    goto out;\nout:\n    return 0;\n}\n" });
  assert.deepEqual([jump.value("gotos"), jump.status], ["1", 1]);
});

test("arrows between rooms are counted once each", () => {
  const include = '#include "core/record/a.h"\n';
  const { value } = measure({ ...small, "core/record/a.h": header, "core/rules/b.c": include, "core/rules/c.c": include, "core/policy/d.c": include });
  assert.equal(value("core: arrows"), "2");
  assert.equal(value("core: rooms"), "3");
});
