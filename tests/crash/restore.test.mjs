// restore.test.mjs - a restore that is cut short at every one of its steps: the box is then as it was, or restored, or
// refuses to start and says what to do; it is never empty, and an erased customer never comes back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync, spawnSync } from "node:child_process";
import { cp, rename, rm } from "node:fs/promises";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { Box, binary, mention } from "../box/lib/box.mjs";
import { sanitizer } from "./shim.mjs";

const library = path.resolve("build/test/cut.so");

function build() {
  mkdirSync(path.dirname(library), { recursive: true });
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", "-o", library, "tests/crash/cut.c", "-ldl"], { stdio: "inherit" });
}

const textsOf = (stdout) => stdout.trim().split("\n").map((l) => JSON.parse(l).mentions[0].text);

/** A box of three customers, one erased after the backup was made; stopped. */
async function made() {
  const box = await Box.start(), token = await box.token("source");
  await box.post(token, [mention({ text: "se va" }), mention({ text: "se queda" })]);
  await box.cli("backup", `${box.dir}.backup`);
  const cases = (await box.cli("export")).stdout.trim().split("\n").map((l) => JSON.parse(l));
  await box.cli("erase", cases.find((c) => c.mentions[0].text === "se va").customer);
  await box.post(token, mention({ text: "llega" }));
  await box.stop();
  return box;
}

const before = ["llega", "se queda", undefined], after = ["se queda", undefined];
const sorted = (texts) => [...texts].sort();

test("a restore cut short at every step", { timeout: 900_000 }, async () => {
  build();
  const box = await made(), whole = `${box.dir}.whole`;
  await cp(box.dir, whole, { recursive: true });
  const seen = { before: 0, after: 0, refused: 0 };
  let status = 137, n = 0;
  while (status === 137) {
    n += 1;
    await rm(box.dir, { recursive: true });
    await cp(whole, box.dir, { recursive: true });
    ({ status } = spawnSync(binary, ["restore", `${box.dir}.backup`, "--data", box.dir], {
      env: { ...process.env, CUT_AFTER: String(n), LD_PRELOAD: [sanitizer, library].filter(Boolean).join(" ") } }));
    const refusal = await box.spawn().then(() => undefined, (e) => e.message);
    if (refusal) {
      assert.match(refusal, /atalaya\.mdb\.before-restore/, `step ${n}`);
      assert.ok(!existsSync(`${box.dir}/atalaya.mdb`), `step ${n}: ${refusal}`);
      seen.refused += 1;
      await box.cli("restore", `${box.dir}.backup`);
      await box.spawn();
    }
    const texts = sorted(textsOf((await box.cli("export")).stdout));
    const is = texts.length === before.length ? "before" : "after";
    seen[is] += 1;
    assert.deepEqual(texts, sorted(is === "before" ? before : after), `step ${n}`);
    assert.match((await box.cli("verify")).stdout, / 0 different/, `step ${n}`);
    await box.stop();
  }
  assert.equal(status, 0);
  assert.ok(n > 10 && seen.before > 3 && seen.after > 3, JSON.stringify({ n, ...seen }));
  for (const f of [whole, `${box.dir}.backup`]) await rm(f, { recursive: true });
  await box.close();
});

test("no new box is made beside a file that was put aside", async () => {
  const box = await made();
  await rename(`${box.dir}/atalaya.mdb`, `${box.dir}/atalaya.mdb.before-restore`);
  await assert.rejects(box.spawn(), /restore.*again.*rename/s);
  for (const what of ["status", "verify", "export", "rebuild"])
    await assert.rejects(box.cli(what), (e) => e.code === 1 && /before-restore/.test(e.stderr), what);
  assert.ok(!existsSync(`${box.dir}/atalaya.mdb`));
  await rename(`${box.dir}/atalaya.mdb.before-restore`, `${box.dir}/atalaya.mdb`);
  await box.spawn();
  assert.deepEqual(sorted(textsOf((await box.cli("export")).stdout)), sorted(before));
  await rm(`${box.dir}.backup`);
  await box.close();
});

test("an erasure that is on the list is done at the next start, before anything is served", async () => {
  const box = await made();
  await cp(`${box.dir}.backup`, `${box.dir}/atalaya.mdb`); // as if somebody had copied it there by hand
  await box.spawn();
  assert.deepEqual(sorted(textsOf((await box.cli("export")).stdout)), sorted(after));
  await box.stop();
  await cp(`${box.dir}.backup`, `${box.dir}/atalaya.mdb`);
  assert.deepEqual(sorted(textsOf((await box.cli("export")).stdout)), sorted(after), "stopped, too");
  await rm(`${box.dir}.backup`);
  await box.close();
});
