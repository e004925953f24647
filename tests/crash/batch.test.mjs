// batch.test.mjs - what several ask at once is decided in one batch: in order, committed together, or not at all.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { mention, until } from "../box/lib/box.mjs";
import { metric, shimmed } from "./shim.mjs";

let box, source, ana, beto;
before(async () => {
  box = await shimmed();
  source = await box.token("source");
  ana = await box.live(await box.token("agent", "Ana"));
  beto = await box.live(await box.token("agent", "Beto"));
});
after(async () => {
  await Promise.all([ana.close(), beto.close()]);
  assert.equal(await box.close(), 0);
});

async function newCase() {
  const m = mention();
  assert.equal((await box.post(source, m)).status, 202);
  ana.send({ unwatch: "queue", team: "*", limit: 200 });
  ana.frames.length = 0;
  ana.send({ watch: "queue", team: "*", limit: 200 });
  const { full } = await ana.frame((f) => f.view === "queue" && f.full?.order.length > 0);
  const id = full.order.at(-1);
  return { case: id, seen: full.cases[id].seq };
}

/** Runs `ask` while a commit is on its way to a slow disk, so that what it asks waits together; then what `then` sets holds. */
async function inOneBatch(ask, then = {}) {
  const { syncs } = box.shim.counts;
  box.shim.set({ sync_ms: 1000 });
  const first = box.post(source, mention());
  await until(() => box.shim.counts.syncs > syncs);
  box.shim.set(then);
  const asked = ask();
  assert.equal((await first).status, 202);
  return asked;
}

test("two claims in one batch: the first wins, the second is refused taken", async () => {
  const c = await newCase();
  const batches = await metric(box, "batches_total");
  const [a, b] = await inOneBatch(() => {
    const won = ana.do("claim", c);
    return new Promise((r) => setTimeout(r, 100)).then(() => Promise.all([won, beto.do("claim", c)]));
  });
  assert.ok(a.ok, JSON.stringify(a));
  assert.equal(b.refused.code, "taken");
  assert.equal(await metric(box, "batches_total"), batches + 2);
});

test("a duplicate in the batch of its first is told so, and mentions of one customer join one case", async () => {
  const m = mention(), more = mention({ author: m.author });
  const batches = await metric(box, "batches_total");
  const answers = await inOneBatch(() => Promise.all([box.post(source, m), box.post(source, m), box.post(source, [more, more])]));
  assert.deepEqual(answers.map((r) => r.status), [202, 202, 202]);
  const words = answers.flatMap((r) => r.json.results.map((x) => x.status)).sort();
  assert.deepEqual(words, ["accepted", "accepted", "duplicate", "duplicate"]);
  assert.equal(await metric(box, "batches_total"), batches + 2);
  const { stdout } = await box.cli("export");
  const cases = stdout.trim().split("\n").map((l) => JSON.parse(l)).filter((x) => x.mentions.some((y) => y.id === m.id || y.id === more.id));
  assert.equal(cases.length, 1);
  assert.equal(cases[0].mentions.length, 2);
});

test("a batch whose commit fails: claims, refusals and mentions all hear not_durable, and nothing was decided", async () => {
  const c = await newCase();
  const ref = randomBytes(16).toString("hex"), m = mention();
  const [won, taken, stale, posted] = await inOneBatch(() => {
    ana.send({ do: "claim", ref, ...c });
    return Promise.all([ana.frame((f) => f.ref === ref), beto.do("claim", c), beto.do("claim", { ...c, seen: c.seen - 1 }), box.post(source, m)]);
  }, { fail: "sync" });
  for (const answer of [won, taken, stale]) assert.equal(answer.refused?.code, "not_durable", JSON.stringify(answer));
  assert.equal(posted.status, 503);
  box.shim.set();
  await until(async () => (await box.request("GET", "/healthz")).json.status === "ok", 15000);
  // The case was not claimed, the ref was not used up, the mention was not seen.
  ana.frames.length = 0;
  ana.send({ do: "claim", ref, ...c });
  assert.ok((await ana.frame((f) => f.ref === ref)).ok);
  assert.equal((await box.post(source, m)).json.results[0].status, "accepted");
  assert.match((await box.cli("verify")).stdout, / 0 different/);
});

test("posts of many connections share commits", async () => {
  const commits = await metric(box, "commits_total");
  box.shim.set({ sync_ms: 30 });
  const answers = await Promise.all(Array.from({ length: 60 }, () => box.post(source, mention())));
  box.shim.set();
  assert.ok(answers.every((r) => r.status === 202));
  assert.ok((await metric(box, "commits_total")) - commits <= 30);
});
