// adopt.test.mjs - policies adopted on the running box: clocks follow the hours, teams go and come back.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Box, mention, until } from "./lib/box.mjs";

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

async function adopt(box, policy) {
  await writeFile(`${box.dir}/policy.json`, JSON.stringify(policy));
  return box.cli("policy", "adopt", `${box.dir}/policy.json`);
}

/** What a fresh watcher is shown. */
async function shown(box, token, watch) {
  const l = await box.live(token);
  l.send(watch);
  const f = await l.frame((x) => x.full || x.refused);
  await l.close();
  return f.full ?? f;
}

const queue = (box, token, team = "*") => shown(box, token, { watch: "queue", team, limit: 200 });
const wall = (box, token) => shown(box, token, { watch: "wall" });

/** At work on the day after `at` only, from nine to five UTC. */
function tomorrowOnly(at) {
  const day = DAYS[new Date(at + DAY).getUTCDay()];
  return { hours: { [day]: [["09:00", "17:00"]] } };
}

const nineTomorrow = (at) => Math.floor(at / DAY) * DAY + DAY + 9 * 60 * MINUTE;

async function verified(box) {
  assert.match((await box.cli("verify")).stdout, / 0 different/);
}

test("a queued case's clock follows other hours to the second, and back again", async () => {
  const box = await Box.start();
  const agent = await box.token("agent");
  await box.post(await box.token("source"), mention());
  const first = async () => Object.values((await queue(box, agent)).cases)[0];
  const before = await first();
  assert.equal(before.due_ms, before.at_ms + 15 * MINUTE);
  await adopt(box, { teams: [{ name: "soporte", hours: tomorrowOnly(before.at_ms), targets: { acknowledge: 40 } }] });
  const open = nineTomorrow(before.at_ms);
  const after = await until(async () => {
    const c = await first();
    return c.due_ms !== before.due_ms && c;
  });
  assert.equal(after.due_ms, open + 15 * MINUTE);
  assert.equal(after.soon_ms, open + 7.5 * MINUTE);
  assert.equal(after.risk_ms, open + 12 * MINUTE);
  assert.equal(after.seq, before.seq);
  assert.equal(after.rank_ms - before.rank_ms, after.due_ms - before.due_ms);
  await verified(box);
  await box.stop();
  await verified(box);
  await box.spawn();
  assert.deepEqual(await first(), after);
  await adopt(box, {});
  await until(async () => (await first()).due_ms === before.due_ms);
  assert.deepEqual(await first(), before);
  await verified(box);
  await box.close();
});

test("killed after an adoption, the box brings every clock under the new hours", async () => {
  const box = await Box.start();
  const agent = await box.token("agent");
  const source = await box.token("source");
  for (let i = 0; i < 4; i++) await box.post(source, Array.from({ length: 1000 }, () => mention()));
  const at = Date.now();
  await adopt(box, { teams: [{ name: "soporte", hours: tomorrowOnly(at) }] });
  await box.stop("SIGKILL");
  await verified(box);
  await box.spawn();
  /* What still has its old due is at the head of the queue. */
  await until(async () => {
    const { cases } = await queue(box, agent);
    return Object.values(cases).every((c) => c.due_ms >= nineTomorrow(c.at_ms));
  }, 20_000);
  for (const c of Object.values((await queue(box, agent)).cases)) assert.equal(c.due_ms, nineTomorrow(c.at_ms) + 15 * MINUTE);
  await verified(box);
  await box.close();
});

const averias = { name: "averias" };
const ventas = { name: "ventas" };
const withAverias = {
  teams: [ventas, averias],
  categories: [{ name: "altas", team: "ventas", words: ["alta"] }, { name: "cortes", team: "averias", words: ["corte"] }],
};
const withoutAverias = { teams: [{ name: "nueva" }, ventas], categories: [{ name: "altas", team: "nueva", words: ["alta", "corte"] }] };

test("a team that goes keeps its cases and its name until they are done", async () => {
  const box = await Box.start();
  const agent = await box.token("agent");
  const source = await box.token("source");
  const teams = async () => Object.values((await queue(box, agent)).cases).map((c) => c.team).sort();
  await adopt(box, withAverias);
  await box.post(source, [mention({ text: "otro corte en mi calle" }), mention({ text: "quiero un alta" })]);
  assert.deepEqual(await teams(), ["averias", "ventas"]);
  await adopt(box, withoutAverias);
  await box.post(source, mention({ text: "otro corte en mi calle" }));
  assert.deepEqual(await teams(), ["averias", "nueva", "ventas"]);
  const look = async () => {
    const shownTeams = (await wall(box, agent)).teams;
    assert.deepEqual(Object.keys(shownTeams).sort(), ["averias", "nueva", "ventas"]);
    assert.deepEqual(Object.values(shownTeams).map((t) => t.waiting), [1, 1, 1]);
    assert.equal((await queue(box, agent, "averias")).order.length, 1);
    assert.equal((await queue(box, agent, "soporte")).refused.code, "not_found");
  };
  await look();
  await verified(box);
  await box.stop();
  await box.spawn();
  await look();
  await verified(box);
  await adopt(box, withAverias);
  assert.deepEqual(await teams(), ["averias", "nueva", "ventas"]);
  assert.deepEqual(Object.keys((await wall(box, agent)).teams).sort(), ["averias", "nueva", "ventas"]);
  await adopt(box, withoutAverias);
  const c = Object.entries((await queue(box, agent, "averias")).cases)[0];
  const l = await box.live(agent);
  assert.ok((await l.do("dismiss", { case: c[0], seen: c[1].seq, reason: "other" })).ok);
  await l.close();
  await until(async () => !("averias" in (await wall(box, agent)).teams));
  assert.equal((await queue(box, agent, "averias")).refused.code, "not_found");
  await verified(box);
  await box.close();
});

test("the wall names the teams of a policy in the very frame of its adoption", async () => {
  const box = await Box.start();
  const l = await box.live(await box.token("display"));
  l.send({ watch: "wall" });
  await l.frame((f) => f.full);
  await adopt(box, withAverias);
  await l.frame((f) => f.set?.teams?.averias);
  await l.close();
  await box.close();
});

test("more teams than there is room for are refused with the reason", async () => {
  const box = await Box.start();
  const named = (from, n) => ({ teams: Array.from({ length: n }, (_, i) => ({ name: `t${from + i}` })) });
  await adopt(box, named(0, 31));
  await assert.rejects(adopt(box, named(31, 1)), /\$\.teams.*32 teams/);
  await adopt(box, named(7, 3));
  await verified(box);
  await box.close();
});

test("a policy adopted by hand outlives a restart; the configured one comes back only when its file changes", async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-policy-"));
  const file = path.join(dir, "configured.json");
  await writeFile(file, JSON.stringify({ name: "uno" }));
  const box = await Box.start({ config: { policy: file } });
  const named = async () => JSON.parse((await box.cli("policy", "show")).stdout).name;
  const restart = async () => {
    await box.stop();
    await box.spawn();
  };
  assert.equal(await named(), "uno");
  await adopt(box, { name: "dos" });
  await restart();
  assert.equal(await named(), "dos");
  await writeFile(file, JSON.stringify({ name: "tres" }));
  await restart();
  assert.equal(await named(), "tres");
  await verified(box);
  assert.equal(await box.close(), 0);
  await rm(dir, { recursive: true });
});
