// tsan.test.mjs - the whole program under the thread sanitizer: everything at once, and no report.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { Box, mention, until } from "../box/lib/box.mjs";
import { flood } from "./lib.mjs";

const binary = path.resolve(process.env.ATALAYA_TSAN_BIN ?? "build/tsan/atalaya");
const env = { TSAN_OPTIONS: "exitcode=66:halt_on_error=0" };

async function pair(box, name) {
  const started = (await box.request("POST", "/api/pair", { body: {} })).json;
  await box.cli("display", "approve", started.user_code, "--name", name);
  for (let status = 0; status !== 200; await new Promise((r) => setTimeout(r, 1000)))
    ({ status } = await box.request("POST", "/api/pair/token", { body: { device_code: started.device_code } }));
}

test("load, screens, claims, pairing, backup, erasure, a policy and a stop, all at once", { timeout: 240_000 }, async (t) => {
  if (!existsSync(binary)) return t.skip("build/tsan/atalaya is not built: make tsan");
  const day = Array.from({ length: 3000 }, (_, i) => JSON.stringify({
    network: "x", id: `d${i}`, at: new Date(1.7e12 + i * 60000).toISOString(), text: "sin servicio", author: { id: `p${i % 99}` } })).join("\n");
  const box = await Box.start({ binary, env });
  await box.stop();
  await writeFile(`${box.dir}/day.jsonl`, day);
  await writeFile(`${box.dir}/policy.json`, JSON.stringify({ teams: [{ name: "ventas" }, { name: "averias" }], goal: 0.8 }));
  box.options.config = { channels: [{ name: "dia", network: "replay", file: `${box.dir}/day.jsonl`, speed: 20000 }] };
  await box.spawn();
  const source = await box.token("source"), display = await box.token("display", "to-be-revoked"), agent = await box.token("agent", "Ana");
  const walls = await Promise.all(Array.from({ length: 20 }, () => box.live(display)));
  for (const w of walls) for (const view of ["wall", "trend"]) w.send({ watch: view });
  const tablet = await box.live(agent);
  tablet.send({ watch: "queue", team: "*", limit: 50 });
  tablet.send({ watch: "people" });
  const load = await flood(box, source, { name: "t", connections: 6 });

  const { full } = await tablet.frame((f) => f.view === "queue" && f.full?.order.length > 0);
  const claims = full.order.slice(0, 5).map((id) => tablet.do("claim", { case: id, seen: full.cases[id].seq }));
  const status = (async () => {
    for (let i = 0; i < 20; i++) {
      await box.request("GET", "/metrics");
      await box.request("GET", "/healthz");
      await box.cli("status");
    }
  })();
  await Promise.all([...claims, status, pair(box, "planta 2")]);
  await box.cli("policy", "adopt", `${box.dir}/policy.json`);
  await box.cli("backup", `${box.dir}/copy`);
  await box.cli("verify");
  const { stdout } = await box.cli("export");
  await box.cli("erase", JSON.parse(stdout.split("\n")[0]).customer);
  await box.cli("token", "revoke", "to-be-revoked");
  await Promise.all(walls.map((w) => w.closed));
  await until(() => load.acknowledged.size > 300, 60000);
  // It stops in the middle of all this.
  const stopping = box.stop();
  await load.stop();
  await stopping;
  assert.doesNotMatch(box.errors, /WARNING: ThreadSanitizer/);
  assert.equal(box.child.exitCode, 0, box.errors.slice(0, 6000));
  await box.spawn();
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  assert.equal(await box.close(), 0);
});
