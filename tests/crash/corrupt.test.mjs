// corrupt.test.mjs - bytes that flipped on the disk: found by their checksums, said everywhere, kept apart from what is sound.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import { Box, mention, until } from "../box/lib/box.mjs";
import { metric, shimmed } from "./shim.mjs";

/** 26 letters of Crockford's base32 as 16 bytes. */
function idBytes(text) {
  const n = [...text].reduce((sum, c) => sum * 32n + BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c)), 0n);
  return Buffer.from(n.toString(16).padStart(32, "0"), "hex");
}

/** Flips a bit in what follows every place where `bytes` stand in the file. */
async function spoil(file, bytes) {
  const data = await readFile(file);
  let n = 0;
  for (let at = data.indexOf(bytes); at >= 0; at = data.indexOf(bytes, at + 1), n++) data[at + bytes.length] ^= 0x10;
  await writeFile(file, data);
  return n;
}

async function casesOf(box) {
  const { stdout } = await box.cli("export");
  return stdout.trim().split("\n").map((l) => JSON.parse(l));
}

test("a case that is damaged: the box starts, says so, and the others go on", async () => {
  const box = await Box.start();
  const source = await box.token("source"), display = await box.token("display"), agent = await box.token("agent");
  const mentions = [mention(), mention(), mention()];
  for (const m of mentions) await box.post(source, m);
  const cases = await casesOf(box);
  const bad = cases.find((c) => c.mentions[0].id === mentions[0].id);
  await box.stop();
  assert.ok((await spoil(`${box.dir}/atalaya.mdb`, idBytes(bad.case))) > 3);
  await box.spawn();

  const wall = await box.live(display);
  wall.send({ watch: "wall" });
  const { full } = await wall.frame((f) => f.view === "wall" && f.full?.fault, 15000);
  assert.equal(full.fault.reason, "corrupt");
  const health = await box.request("GET", "/healthz");
  assert.ok(health.json.reasons.includes("corrupt"), health.body);
  assert.match(box.errors, /stored data is damaged/);
  await assert.rejects(box.cli("verify"));

  // A new customer gets in; the one whose case is damaged is told that it was not kept.
  const fresh = mention();
  assert.equal((await box.post(source, fresh)).status, 202);
  assert.equal((await box.post(source, mention({ author: mentions[0].author }))).status, 503);
  assert.equal((await box.post(source, mention({ author: mentions[1].author }))).status, 202);
  const tablet = await box.live(agent);
  tablet.send({ watch: "queue", team: "*", limit: 50 });
  const queue = (await tablet.frame((f) => f.view === "queue" && f.full, 15000)).full;
  assert.ok(queue.order.length >= 3, JSON.stringify(queue.order));
  const after = await box.request("GET", "/healthz");
  assert.ok(after.json.reasons.includes("corrupt"), "it stays said");
  assert.ok(box.errors.split("\n").length < 40, box.errors);
  assert.equal(await box.close(), 0);
});

test("a damaged case that falls due does not keep the others from it", async () => {
  const box = await shimmed();
  const source = await box.token("source");
  const mentions = [mention(), mention(), mention()];
  for (const m of mentions) await box.post(source, m);
  const bad = (await casesOf(box)).find((c) => c.mentions[0].id === mentions[0].id);
  await box.stop();
  await spoil(`${box.dir}/atalaya.mdb`, idBytes(bad.case));
  box.shim.set({ clock_s: 7200 });
  await box.spawn();
  await until(async () => (await metric(box, "cases_late")) === 2);
  const commits = await metric(box, "commits_total");
  assert.equal((await box.post(source, mention())).status, 202);
  await until(async () => (await metric(box, "cases_waiting")) >= 4);
  assert.equal(await metric(box, "commits_total"), commits + 1, "it does not write in vain");
  assert.ok(box.errors.split("\n").length < 30, box.errors);
  assert.equal(await box.close(), 0);
});

test("a restored backup mends it", async () => {
  const box = await Box.start();
  const source = await box.token("source");
  for (let i = 0; i < 3; i++) await box.post(source, mention());
  const before = await casesOf(box);
  await box.cli("backup", `${box.dir}/copy`);
  await box.stop();
  await spoil(`${box.dir}/atalaya.mdb`, idBytes(before[0].case));
  await box.cli("restore", `${box.dir}/copy`);
  await box.spawn();
  assert.deepEqual(await casesOf(box), before);
  assert.equal((await box.request("GET", "/healthz")).json.status, "ok");
  assert.equal(await box.close(), 0);
});

test("a file that is no store, or cut short, is refused with what to do", async () => {
  const box = await Box.start();
  await box.post(await box.token("source"), mention());
  await box.stop();
  const whole = await readFile(`${box.dir}/atalaya.mdb`);
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(40960, 7), whole.subarray(0, 4096), whole.subarray(0, 12288)]) {
    await writeFile(`${box.dir}/atalaya.mdb`, bytes);
    await assert.rejects(box.spawn(), (e) => /restore a backup|does not open|cannot open/.test(e.message), `${bytes.length} bytes`);
    assert.equal(box.child.signalCode, null, `${bytes.length} bytes: ${box.errors}`);
  }
  await writeFile(`${box.dir}/atalaya.mdb`, whole);
  await box.spawn();
  await until(async () => (await casesOf(box)).length === 1);
  assert.equal(await box.close(), 0);
});
