// maintain.test.mjs - backup, restore, verify, rebuild, export and erase, on the real program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Box, binary, mention } from "./lib/box.mjs";

async function exported(box) {
  const { stdout } = await box.cli("export");
  return stdout.trim().split("\n").map((l) => JSON.parse(l));
}

async function filesWith(dir, bytes) {
  const found = [];
  for (const name of await readdir(dir, { recursive: true })) {
    const data = await readFile(path.join(dir, name)).catch(() => Buffer.alloc(0));
    if (data.includes(bytes)) found.push(name);
  }
  return found;
}

/** 26 letters of Crockford's base32 as 16 bytes. */
function idBytes(text) {
  const n = [...text].reduce((sum, c) => sum * 32n + BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c)), 0n);
  return Buffer.from(n.toString(16).padStart(32, "0"), "hex");
}

test("backup while running, restore when stopped, erasures done again", async () => {
  const box = await Box.start();
  const token = await box.token("source");
  await box.post(token, [mention({ text: "primera" }), mention({ text: "segunda" })]);
  const cases = await exported(box);
  assert.equal(cases.length, 2);
  await box.cli("backup", `${box.dir}/copy.backup`);
  await box.cli("erase", cases[0].customer);
  await box.post(token, mention({ text: "tercera" }));
  await assert.rejects(box.cli("restore", `${box.dir}/copy.backup`));
  await box.stop();
  const { stdout } = await box.cli("restore", `${box.dir}/copy.backup`);
  assert.match(stdout, /^1 erasures/m);
  await box.spawn();
  const after = await exported(box);
  assert.equal(after.length, 2);
  assert.equal(after.find((c) => c.case === cases[0].case).mentions[0].text, undefined);
  assert.equal(after.find((c) => c.case === cases[1].case).mentions[0].text, cases[1].mentions[0].text);
  await box.close();
});

test("verify finds nothing different, rebuild gives the same, a broken backup is refused", async () => {
  const box = await Box.start();
  const token = await box.token("source");
  for (let i = 0; i < 5; i++) await box.post(token, Array.from({ length: 20 }, () => mention()));
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  const before = await exported(box);
  await box.stop();
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  assert.match((await box.cli("rebuild")).stdout, /; 0 records/);
  execFileSync("dd", ["if=/dev/urandom", `of=${box.dir}/bad.backup`, "bs=4096", "count=8"], { stdio: "ignore" });
  await assert.rejects(box.cli("restore", `${box.dir}/bad.backup`));
  await box.spawn();
  assert.deepEqual(await exported(box), before);
  await box.close();
});

test("what was erased is in no file afterwards, sealed or not", async () => {
  const box = await Box.start();
  const token = await box.token("source");
  const m = mention({ text: "mi secreto", author: { id: "borrar-1", handle: "borrame" } });
  await box.post(token, m);
  await box.post(token, mention());
  const [mine] = (await exported(box)).filter((c) => c.mentions[0].handle === "borrame");
  /* The key of the sealed record of the customer: in the file before, in none after. */
  const key = Buffer.concat([Buffer.from("c"), idBytes(mine.customer)]);
  assert.deepEqual(await filesWith(box.dir, key), ["atalaya.mdb"]);
  await box.cli("erase", mine.customer);
  assert.deepEqual(await filesWith(box.dir, key), []);
  assert.deepEqual(await filesWith(box.dir, Buffer.from("mi secreto")), []);
  assert.deepEqual(await filesWith(box.dir, Buffer.from("borrame")), []);
  const left = (await exported(box)).find((c) => c.case === mine.case);
  assert.equal(left.mentions[0].text, undefined);
  const again = await box.post(token, m);
  assert.equal(again.json.results[0].status, "duplicate");
  await assert.rejects(box.cli("erase", mine.customer.replace(/^./, "7")));
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  await box.close();
});

test("an erasure takes the file that restore put aside with it", async () => {
  const box = await Box.start();
  const token = await box.token("source");
  await box.post(token, mention({ author: { id: "borrar-2", handle: "borrame" } }));
  await box.cli("backup", `${box.dir}.backup`);
  await box.stop();
  await box.cli("restore", `${box.dir}.backup`);
  await rm(`${box.dir}.backup`);
  await box.spawn();
  const [mine] = await exported(box);
  const key = Buffer.concat([Buffer.from("c"), idBytes(mine.customer)]);
  assert.deepEqual((await filesWith(box.dir, key)).sort(), ["atalaya.mdb", "atalaya.mdb.before-restore"]);
  await box.cli("erase", mine.customer);
  assert.deepEqual(await filesWith(box.dir, key), []);
  await box.close();
});

test("a second box on the same folder is refused, and so is a foreign port", async () => {
  const box = await Box.start();
  assert.throws(() => execFileSync(binary, ["serve", "--data", box.dir, "--port", "0"], { stdio: "pipe" }), /in use/);
  assert.throws(() => execFileSync(binary, ["serve", "--data", `${box.dir}/other`, "--port", String(box.port)], { stdio: "pipe" }), /port/);
  await box.close();
});

test("check names the place and the way out", async () => {
  const box = await Box.start();
  const { writeFile } = await import("node:fs/promises");
  await writeFile(`${box.dir}/policy.json`, JSON.stringify({ teams: [{ name: "a", targets: { anser: 5 } }], gaol: 0.9 }));
  try {
    execFileSync(binary, ["check", "--policy", `${box.dir}/policy.json`], { stdio: "pipe" });
    assert.fail("it was accepted");
  } catch (e) {
    const out = e.stdout?.toString() ?? "";
    assert.equal(e.status, 1, e.message);
    assert.match(out, /\$\.teams\[0\]\.targets\.anser.*did you mean "answer"/);
    assert.match(out, /\$\.gaol.*did you mean "goal"/);
  }
  await box.close();
});

test("a policy is adopted on the running box and survives a restart", async () => {
  const box = await Box.start();
  const { writeFile } = await import("node:fs/promises");
  await writeFile(`${box.dir}/p.json`, JSON.stringify({ teams: [{ name: "ventas" }, { name: "averias" }], goal: 0.8 }));
  await box.cli("policy", "adopt", `${box.dir}/p.json`);
  const display = await box.token("display");
  const look = async () => {
    const l = await box.live(display);
    l.send({ watch: "wall" });
    const f = await l.frame((x) => x.full && x.full.teams.averias);
    await l.close();
    return f.full;
  };
  assert.equal((await look()).in_time.target, 0.8);
  await box.stop();
  await box.spawn();
  assert.equal((await look()).in_time.target, 0.8);
  await box.close();
});

test("the data folder of the environment is that of the box and of the command line", async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-test-"));
  const env = { ...process.env, ATALAYA_DATA_DIR: `${dir}/data` };
  await writeFile(`${dir}/box.json`, JSON.stringify({ listen: "127.0.0.1", port: 0 }));
  const child = spawn(binary, ["serve", "--config", `${dir}/box.json`], { env, stdio: ["ignore", "pipe", "ignore"] });
  try {
    await once(child.stdout, "data");
    assert.match(execFileSync(binary, ["status"], { env }).toString(), /^status +ok/);
  } finally {
    child.kill();
    await once(child, "exit");
  }
  assert.ok((await readdir(`${dir}/data`)).includes("atalaya.mdb"));
  await rm(dir, { recursive: true });
});
