// overload.test.mjs - more than the disk takes: 429 with Retry-After, memory bounded, nothing lost; and checkpoints.
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { readdir, readFile, writeFile } from "node:fs/promises";
import https from "node:https";
import { test } from "node:test";
import { metric, sanitizer, shimmed } from "../crash/shim.mjs";
import { Box, mention, until } from "./lib/box.mjs";

const anonBytes = async (pid) => 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))[1]);

/** One line to the control socket; the last line that comes back. */
function control(box, line) {
  return new Promise((resolve, reject) => {
    let got = "";
    const s = createConnection(`${box.dir}/control`, () => s.write(`${JSON.stringify(line)}\n`));
    s.on("data", (d) => (got += d));
    s.on("close", () => resolve(JSON.parse(got.trim().split("\n").at(-1))));
    s.on("error", reject);
  });
}

test("a disk that hangs under a flood: some are put off, all that was acknowledged is there, memory is bounded", { timeout: 120_000 }, async (t) => {
  const box = await shimmed();
  const token = await box.token("source");
  box.agent = new https.Agent({ keepAlive: true, maxSockets: 60 });
  const before = await anonBytes(box.pid), { syncs } = box.shim.counts;
  box.shim.set({ sync_ms: 3000 });
  const first = box.post(token, mention());
  await until(() => box.shim.counts.syncs > syncs);
  box.shim.set();
  const text = "no funciona ".repeat(80);
  const bodies = Array.from({ length: 50 }, (_, i) => Array.from({ length: 900 }, (_x, k) => ({
    network: "x", id: `o${i}-${k}`, text, author: { id: `c${i % 7}` } })));
  let most = 0;
  const looking = setInterval(async () => { most = Math.max(most, await anonBytes(box.pid).catch(() => 0)); }, 50);
  const answers = await Promise.all(bodies.map((b) => box.post(token, b)));
  assert.equal((await first).status, 202);
  clearInterval(looking);
  const off = answers.filter((r) => r.status === 429);
  t.diagnostic(`${off.length} of ${answers.length} were put off; grew by ${((most - before) / 1048576).toFixed(0)} MiB`);
  assert.ok(off.length > 0 && off.length < 40, `${off.length} were put off`);
  for (const r of off) assert.ok(Number(r.headers["retry-after"]) > 0 && r.json.code === "busy", r.body);
  assert.ok(answers.every((r) => r.status === 429 || r.status === 202));
  if (!sanitizer) assert.ok(most - before < 200 << 20, `grew by ${most - before}`);
  for (const [i, r] of answers.entries())
    for (let again = r; again.status === 429;) again = await box.post(token, bodies[i]);
  assert.equal(await metric(box, "mentions_total"), 1 + 50 * 900);
  box.agent.destroy();
  box.agent = undefined;
  assert.equal(await box.close(), 0);
});

test("checkpoints close the journal behind them; verify, rebuild and duplicates go on as before", async () => {
  const box = await Box.start();
  const token = await box.token("source");
  const sent = Array.from({ length: 30 }, () => mention());
  for (let i = 0; i < 3; i++) {
    await box.post(token, sent.slice(i * 10, i * 10 + 10));
    assert.ok((await control(box, { do: "checkpoint" })).ok);
  }
  const files = (await readdir(`${box.dir}/checkpoints`)).filter((f) => f.endsWith(".ckpt"));
  assert.equal(files.length, 2, files.join());
  const replayed = (out) => Number(/(\d+) events replayed/.exec(out)[1]);
  const { stdout } = await box.cli("verify");
  assert.match(stdout, / 0 different/);
  assert.ok(replayed(stdout) < 5, stdout);
  const again = await box.post(token, sent);
  assert.ok(again.json.results.every((r) => r.status === "duplicate"), again.body);
  const before = (await box.cli("export")).stdout;
  await box.stop();
  assert.match((await box.cli("rebuild")).stdout, /; 0 records/);
  await box.spawn();
  assert.equal((await box.cli("export")).stdout, before);
  await box.stop();
  // A checkpoint that is damaged is not believed.
  for (const f of files) {
    const bytes = await readFile(`${box.dir}/checkpoints/${f}`);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(`${box.dir}/checkpoints/${f}`, bytes);
  }
  await assert.rejects(box.cli("rebuild"));
  await box.spawn();
  assert.equal((await box.post(token, mention())).status, 202);
  assert.equal(await box.close(), 0);
});

test("what an earlier start left half-made does not hinder the next", async () => {
  const box = await Box.start();
  await box.stop();
  for (const name of ["atalaya.mdb.new", "atalaya.mdb.compact", "control"]) await writeFile(`${box.dir}/${name}`, "half");
  await box.spawn();
  assert.equal((await box.request("GET", "/healthz")).status, 200);
  await box.stop("SIGKILL");
  await box.spawn();
  assert.equal((await box.request("GET", "/healthz")).status, 200);
  assert.equal(await box.close(), 0);
});
