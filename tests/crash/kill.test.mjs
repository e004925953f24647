// kill.test.mjs - kill -9 under load, again and again: everything acknowledged is there, once, and the journal still gives
// the same tables.  KILLS=200 for the long run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Box } from "../box/lib/box.mjs";
import { flood } from "./lib.mjs";

const kills = Number(process.env.KILLS ?? 200);

test(`killed ${kills} times under load`, { timeout: 3_000_000 }, async () => {
  const box = await Box.start();
  const token = await box.token("source");
  const acknowledged = new Set();
  const sent = new Set();
  for (let k = 0; k < kills; k++) {
    const load = await flood(box, token, { name: `k${k}` });
    await new Promise((r) => setTimeout(r, 40 + Math.random() * 160));
    await box.stop("SIGKILL");
    await load.stop();
    for (const id of load.acknowledged) acknowledged.add(id);
    for (const id of load.sent) sent.add(id);
    box.agent = undefined;
    await box.spawn();
  }
  const { stdout } = await box.cli("export");
  const found = new Map();
  for (const line of stdout.trim().split("\n"))
    for (const m of JSON.parse(line).mentions) found.set(m.id, (found.get(m.id) ?? 0) + 1);
  const lost = [...acknowledged].filter((id) => !found.has(id));
  assert.ok(acknowledged.size > kills, `only ${acknowledged.size} were acknowledged`);
  assert.deepEqual(lost, []);
  assert.deepEqual([...found].filter(([, n]) => n > 1), []);
  assert.deepEqual([...found.keys()].filter((id) => !sent.has(id)), []);
  const verify = await box.cli("verify");
  assert.match(verify.stdout, / 0 different/);
  await box.close();
});
