// clock.test.mjs - a machine's clock that leaps while the box runs: nothing falls due by it, the networks wait, the box
// says so, and all is well when it returns.  Late is late after a restart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeFile } from "node:fs/promises";
import { merge, mention, until } from "../box/lib/box.mjs";
import { metric, shimmed } from "./shim.mjs";

const HOUR_S = 3600, DAY_S = 86400;
const wallOf = (l) => l.frames.filter((f) => f.view === "wall").reduce((s, f) => (f.full ? f.full : merge(s, f.set)), {});
const health = async (box) => (await box.request("GET", "/healthz")).json;
const played = (box) => metric(box, "mentions_total");

async function casesOf(box) {
  const { stdout } = await box.cli("export");
  return stdout.trim().split("\n").map((l) => JSON.parse(l));
}

/** A day that says something ten times a second when it is played. */
async function playing() {
  const lines = Array.from({ length: 5000 }, (_, i) => JSON.stringify({
    network: "x", id: `day${i}`, at: new Date(1.7e12 + i * 60000).toISOString(), text: "sin servicio", author: { id: `p${i}` } }));
  const box = await shimmed();
  await box.stop();
  await writeFile(`${box.dir}/day.jsonl`, lines.join("\n"));
  box.options.config = { channels: [{ name: "dia", network: "replay", file: `${box.dir}/day.jsonl`, speed: 600 }] };
  await box.spawn();
  await until(async () => (await played(box)) > 3);
  return box;
}

for (const [name, clock_s] of [["1970", -Math.floor(Date.now() / 1000) + 1000], ["a day ahead", DAY_S], ["an hour back", -HOUR_S]])
  test(`the clock leaps to ${name} while running`, async () => {
    const started = Date.now();
    const box = await playing();
    const source = await box.token("source"), display = await box.token("display");
    await box.post(source, mention());
    const wall = await box.live(display);
    wall.send({ watch: "wall" });
    await wall.frame((f) => f.full);

    box.shim.set({ clock_s });
    await until(async () => (await health(box)).reasons.includes("clock"));
    await until(() => wallOf(wall).fault?.reason === "clock");
    const { status } = await health(box);
    assert.equal(status, "degraded");
    assert.match(box.errors, /clock: the system clock jumped/);
    // The networks wait; who posts is served, in the time that goes on.
    const before = await played(box);
    assert.equal((await box.post(source, mention())).status, 202);
    wall.frames.splice(0, wall.frames.length - 1);
    await until(() => wall.frames.some((f) => f.at !== undefined && f.view === undefined));
    assert.ok((await played(box)) <= before + 3, "the replay went on");
    assert.equal(await metric(box, "cases_late"), 0);
    assert.equal(await metric(box, "cases_soon"), 0);
    for (const f of wall.frames) assert.ok(Math.abs(f.at - Date.now()) < 60000, `a frame of ${new Date(f.at).toISOString()}`);

    box.shim.set();
    await until(async () => (await health(box)).status === "ok");
    await until(() => wallOf(wall).fault === undefined || wall.frames.some((f) => f.set && f.set.fault === null));
    const after = await played(box);
    await until(async () => (await played(box)) > after + 3);
    assert.equal(await metric(box, "cases_late"), 0);
    for (const c of await casesOf(box)) {
      assert.ok(Date.parse(c.opened) >= started - 1000 && Date.parse(c.opened) <= Date.now() + 1000, c.opened);
      assert.ok(Date.parse(c.answer ?? c.opened) <= Date.now() + HOUR_S * 1000, JSON.stringify(c));
    }
    assert.match((await box.cli("verify")).stdout, / 0 different/);
    assert.equal(await box.close(), 0);
  });

test("a clock that the kernel calls synchronised is believed when it goes forward, never when it goes to 1970", async () => {
  const box = await shimmed();
  const source = await box.token("source");
  await box.post(source, mention());
  box.shim.set({ clock_s: 50 * 60, unknown: false });
  await until(async () => (await metric(box, "cases_late")) === 1);
  assert.equal((await health(box)).status, "ok");
  box.shim.set({ clock_s: -1e9, unknown: false });
  await until(async () => (await health(box)).reasons.includes("clock"));
  assert.equal(await box.close(), 0);
});

test("a day that is being played is heard, however late it gets", async () => {
  const box = await playing(), display = await box.token("display");
  const wall = await box.live(display);
  wall.send({ watch: "wall" });
  await wall.frame((f) => f.full);
  box.shim.set({ clock_s: 70 * 60, unknown: false });
  await until(() => wall.frames.at(-1).at > Date.now() + 60 * 60000);
  const n = await played(box);
  await until(async () => (await played(box)) > n + 20);
  assert.equal(wallOf(wall).channels.dia.state, "ok");
  assert.equal(await box.close(), 0);
});

test("started in 1970: held from the last event on, until the clock is there", async () => {
  const box = await shimmed();
  const source = await box.token("source");
  await box.post(source, mention());
  await box.stop();
  box.shim.set({ clock_s: -Math.floor(Date.now() / 1000) + 100 });
  await box.spawn();
  assert.ok((await health(box)).reasons.includes("clock"));
  assert.equal((await box.post(source, mention())).status, 202);
  for (const c of await casesOf(box)) assert.ok(Date.parse(c.opened) > Date.now() - 60000, c.opened);
  assert.equal(await metric(box, "cases_late"), 0);
  box.shim.set();
  await until(async () => (await health(box)).status === "ok");
  assert.equal(await box.close(), 0);
});

test("what fell due while the box was off is late after the restart, and so it stays", async () => {
  const box = await shimmed();
  const source = await box.token("source");
  await box.post(source, [mention(), mention()]);
  await box.stop();
  box.shim.set({ clock_s: 2 * HOUR_S });
  await box.spawn();
  await until(async () => (await metric(box, "cases_late")) === 2);
  await box.stop();
  await box.spawn();
  await until(async () => (await metric(box, "cases_late")) >= 0);
  assert.equal(await metric(box, "cases_late"), 2);
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  assert.equal(await box.close(), 0);
});
