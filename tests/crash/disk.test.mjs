// disk.test.mjs - a disk that is full, fails to sync, loses a meta page or turns read-only, and one that is slow: the box
// says so everywhere, acknowledges nothing, keeps its views up, and goes on by itself when the cause is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { merge, mention, until } from "../box/lib/box.mjs";
import { answersDuringSyncs, metric, shimmed } from "./shim.mjs";

const wallOf = (l) => l.frames.filter((f) => f.view === "wall").reduce((s, f) => (f.full ? f.full : merge(s, f.set)), {});
const healthOf = async (box) => {
  const r = await box.request("GET", "/healthz");
  return { code: r.status, ...r.json };
};

async function exportedIds(box) {
  const { stdout } = await box.cli("export");
  return stdout.trim().split("\n").flatMap((l) => JSON.parse(l).mentions.map((m) => m.id));
}

for (const [name, fault, reason, sentence] of [
  ["a full disk", { fail: "write", error: "ENOSPC" }, "disk_full", /disk or the map is full/],
  ["writes that fail", { fail: "write", error: "EIO" }, "io", /is refusing writes/],
  ["a sync that fails", { fail: "sync", error: "EIO" }, "io", /is refusing writes/],
  ["a meta page that fails", { fail: "meta", error: "EIO" }, "io", /is refusing writes/],
  ["a file system that turned read-only", { fail: "write", error: "EROFS" }, "read_only", /file system is read-only/],
])
  test(name, async () => {
    const box = await shimmed();
    const source = await box.token("source"), display = await box.token("display"), agent = await box.token("agent", "Ana");
    const before = mention(), during = [mention(), mention()];
    assert.equal((await box.post(source, before)).status, 202);
    const wall = await box.live(display), tablet = await box.live(agent);
    wall.send({ watch: "wall" });
    tablet.send({ watch: "queue", team: "*", limit: 50 });
    const { full } = await tablet.frame((f) => f.full);
    await until(() => wallOf(wall).waiting === 1);
    const [id] = full.order;

    box.shim.set(fault);
    for (const m of during) {
      const r = await box.post(source, m);
      assert.equal(r.status, 503, r.body);
      assert.equal(r.json.code, "not_durable");
      assert.ok(Number(r.headers["retry-after"]) > 0);
    }
    assert.equal((await tablet.do("claim", { case: id, seen: full.cases[id].seq })).refused.code, "not_durable");
    assert.ok(box.shim.counts.failed > 0);
    const health = await healthOf(box);
    assert.deepEqual([health.code, health.status], [503, "failed"]);
    assert.ok(health.reasons.includes(reason), JSON.stringify(health));
    assert.equal(await metric(box, "up"), 0);
    assert.ok((await metric(box, "commit_failures_total")) > 0);
    await until(() => wallOf(wall).fault?.reason === reason);
    assert.equal(wallOf(wall).waiting, 1);
    assert.match(box.errors, sentence);
    await assert.rejects(box.cli("status"), (e) => e.code === 1 && e.stdout.includes(reason));

    // What was known stays up, also for who comes now.
    const late = await box.live(agent), lateWall = await box.live(display);
    late.send({ watch: "queue", team: "*", limit: 20 });
    lateWall.send({ watch: "wall" });
    assert.deepEqual((await late.frame((f) => f.view === "queue" && f.full)).full.order, [id]);
    assert.equal((await lateWall.frame((f) => f.view === "wall" && f.full)).full.fault.reason, reason);
    // It does not flicker while the cause lasts.
    wall.frames.splice(0, wall.frames.length, { view: "wall", full: wallOf(wall) });
    for (let i = 0; i < 5; i++) {
      await new Promise((r) => setTimeout(r, 500));
      if (i % 2) assert.equal((await box.post(source, mention({ id: `lost${i}` }))).status, 503);
      assert.equal((await healthOf(box)).status, "failed");
      assert.equal(wallOf(wall).fault?.reason, reason);
    }
    assert.ok(box.errors.split("\n").length < 60, box.errors);

    // The cause goes: it heals although nobody asks anything of it, and takes in once what is sent again.
    box.shim.set();
    await until(async () => (await healthOf(box)).status === "ok", 15000);
    await until(() => wallOf(wall).fault === undefined);
    assert.match(box.errors, /writing works again/);
    const again = await box.post(source, [...during, ...during, before]);
    assert.deepEqual(again.json.results.map((r) => r.status), ["accepted", "accepted", "duplicate", "duplicate", "duplicate"]);
    assert.ok((await tablet.do("claim", { case: id, seen: full.cases[id].seq })).ok);
    await until(() => wallOf(wall).waiting === 3);
    assert.match((await box.cli("verify")).stdout, / 0 different/);
    await Promise.all([wall, tablet, late, lateWall].map((l) => l.close()));
    assert.equal(await box.stop(), 0);
    await box.spawn();
    assert.deepEqual((await exportedIds(box)).sort(), [before, ...during].map((m) => m.id).sort());
    assert.equal(await box.close(), 0);
  });

test("what the command line asks for while the disk fails is refused, and works afterwards", async () => {
  const box = await shimmed();
  const started = (await box.request("POST", "/api/pair", { body: {} })).json;
  const poll = async () => (await box.request("POST", "/api/pair/token", { body: { device_code: started.device_code } })).json;
  const all = [["display", "approve", started.user_code], ["token", "add", "quelle", "--role", "source"], ["user", "add", "Ana", "--role", "agent"]];
  box.shim.set({ fail: "sync" });
  for (const args of all) await assert.rejects(box.cli(...args), /could not save this/, args.join(" "));
  assert.equal((await poll()).code, "authorization_pending");
  assert.doesNotMatch((await box.cli("token", "list")).stdout, /quelle/);
  box.shim.set();
  await until(async () => (await healthOf(box)).status === "ok", 15000);
  for (const args of all) await box.cli(...args);
  await until(async () => (await new Promise((r) => setTimeout(r, 1000)), (await poll()).name === "wall"));
  assert.equal(await box.close(), 0);
});

test("a sync that takes five seconds holds answers back and freezes no screen", async () => {
  const box = await shimmed();
  const source = await box.token("source"), display = await box.token("display");
  const wall = await box.live(display);
  wall.send({ watch: "wall" });
  await wall.frame((f) => f.full);
  box.shim.set({ sync_ms: 5000 });
  wall.frames.length = 0;
  const posted = box.post(source, mention());
  let isAnswered = false;
  posted.then(() => { isAnswered = true; });
  await until(() => wall.frames.filter((f) => !f.view && f.at).length >= 2);
  const late = await box.live(display);
  late.send({ watch: "wall" });
  await late.frame((f) => f.full);
  assert.equal((await healthOf(box)).code, 200);
  assert.equal(isAnswered, false);
  assert.equal((await posted).status, 202);
  box.shim.set();
  await until(() => wallOf(wall).waiting === 1 || wall.frames.some((f) => f.set?.waiting === 1));
  assert.equal(await box.close(), 0);
});

test("an erasure on a slow disk freezes no screen either, at none of its syncs", { timeout: 60_000 }, async () => {
  const box = await shimmed();
  const source = await box.token("source"), display = await box.token("display");
  await box.post(source, [mention(), mention()]);
  const { customer } = JSON.parse((await box.cli("export")).stdout.split("\n")[0]);
  const wall = await box.live(display);
  wall.send({ watch: "wall" });
  await wall.frame((f) => f.full);
  let isErased = false;
  box.shim.set({ sync_ms: 1500 });
  const erased = box.cli("erase", customer).then(() => { isErased = true; });
  const n = await answersDuringSyncs(box, () => isErased);
  await erased;
  box.shim.set();
  assert.ok(n >= 4, `${n} syncs were looked at`);
  assert.equal(await box.close(), 0);
});

test("a backup while the disk fails and heals leaves the box whole", async () => {
  const box = await shimmed();
  const source = await box.token("source");
  for (let i = 0; i < 20; i++) await box.post(source, Array.from({ length: 100 }, () => mention()));
  const backups = [];
  for (let i = 0; i < 4; i++) backups.push(box.cli("backup", `${box.dir}/b${i}`).catch(() => undefined));
  for (let i = 0; i < 6; i++) {
    box.shim.set({ fail: i % 2 ? "meta" : "sync" });
    assert.equal((await box.post(source, mention())).status, 503);
    box.shim.set();
    await until(async () => (await box.post(source, mention({ id: `heal${i}` }))).status === 202, 20000);
  }
  await Promise.all(backups);
  assert.match((await box.cli("verify")).stdout, / 0 different/);
  assert.equal(await box.close(), 0);
});
