// staff.test.mjs - staffing on the command line: published figures, formulas written again, the simulation, the week, refusals.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Box, binary } from "./lib/box.mjs";

const vectors = path.join(process.env.ATALAYA_SHARED ?? path.resolve("../shared"), "vectors/staffing.json");
const published = existsSync(vectors) ? JSON.parse(readFileSync(vectors, "utf8")) : null;
const skip = published ? false : "the vectors are not here";

function staff(questions, args = []) {
  const input = questions.map((q) => (typeof q === "string" ? q : JSON.stringify(q))).join("\n") + "\n";
  const { stdout, stderr, status } = spawnSync(binary, ["staff", ...args], { input, encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 26 });
  return { status, stderr, answers: stdout.split("\n").filter(Boolean).map((l) => JSON.parse(l)) };
}
const ask = (question) => staff([question]).answers[0];

function near(got, wanted, tolerance, what) {
  assert.ok(Math.abs(got - wanted) <= tolerance, `${what}: ${got}, wanted ${wanted} within ${tolerance}`);
}

/* ---- published figures */

test("vectors: published Erlang C", { skip }, () => {
  for (const { source, model, input, output, own_check: own } of published.published) {
    const a = ask({ model, arrivals: input.contacts, interval_min: input.interval_min, handle_min: input.aht_min, target_min: input.target_min,
      target_share: input.target_sl, max_occupancy: input.max_occupancy, shrinkage: input.shrinkage });
    assert.equal(a.agents, output.raw_positions, source);
    assert.equal(a.scheduled, output.positions, source);
    near(a.share, output.service_level, 0.0005, source);
    near(a.occupancy, output.occupancy, 0.0005, source);
    near(a.wait_probability, output.waiting_probability, 0.0005, source);
    near(a.load_erlang, own.a, 1e-6, source);
    near(a.wait_probability, own.pw, 1e-6, source);
    near(a.share, own.sl, 1e-6, source);
    near(a.mean_wait_min, own.asa, 1e-6, source);
    near(a.occupancy, own.occ, 1e-6, source);
  }
});

test("vectors: table of waiting probabilities", { skip }, () => {
  const rows = published.own_table_erlang_c;
  const { answers } = staff(rows.map((r) => ({ model: "erlang_c", arrivals: r.load, interval_min: 1, handle_min: 1, target_min: 1, agents: r.agents })));
  rows.forEach((r, i) => near(answers[i].wait_probability, r.p_wait, 1e-6, `${r.agents} at ${r.load}`));
});

test("vectors: Erlang A where the published one was wrong", { skip }, () => {
  const { why } = published.rejected_published.find((r) => r.source.includes("Erlang A"));
  const own = JSON.parse(why.match(/\{.*\}/)[0].replaceAll("'", '"'));
  const a = ask({ model: "erlang_a", arrivals: 100, interval_min: 30, handle_min: 3, target_min: 1 / 3, patience_min: 5, agents: 13 });
  near(a.wait_probability, own.pw, 1e-6, "wait");
  near(a.abandon_share, own.pab, 1e-6, "abandon");
  near(a.occupancy, own.occ, 1e-6, "occupancy");
  near(a.mean_wait_min, own.asa, 1e-6, "mean wait");
  near(a.share, own.sl, 1e-6, "share");
});

const chats = { model: "async", arrivals: 30, interval_min: 60, handle_min: 4, target_min: 60, turns: 2.5, pause_min: 15 };

test("vectors: conversations side by side", { skip }, () => {
  const { params, load_erl, simulation_seed1_40days: rows } = published.async_model;
  const question = { ...chats, arrivals: params.lambda_per_h, handle_min: params.active_min_per_turn, turns: params.agent_turns_mean, pause_min: params.customer_think_min };
  for (const row of rows) {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ask({ ...question, agents: row.agents, concurrency: row.concurrency, simulated_hours: 960, seed }));
    near(seeds[0].load_erlang, load_erl, 1e-9, "load");
    const check = (values, wanted, floor, what) => {
      const mean = values.reduce((s, v) => s + v, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1));
      near(wanted, mean, 4 * deviation + floor, `${row.agents} at ${row.concurrency}: ${what}`);
    };
    check(seeds.map((a) => a.simulated.share), row.sl60, 0.01, "simulated share");
    check(seeds.map((a) => a.simulated.waiting_at_end), row.backlog_end, 5, "waiting at the end");
    check(seeds.map((a) => a.simulated.mean_wait_min), row.asa, 0.1, "mean wait");
    near(seeds[0].share, row.sl60, 0.06, "share by the formula");
  }
});

/* ---- the issue's own figures */

test("async: ten agents at two conversations, six or seven at four, and a simulation within one", () => {
  for (const [concurrency, low, high] of [[2, 10, 10], [4, 6, 7]]) {
    const a = ask({ ...chats, concurrency, target_share: 0.8, simulated_hours: 4000 });
    assert.ok(a.agents >= low && a.agents <= high, `${a.agents}`);
    assert.ok(Math.abs(a.simulated.agents - a.agents) <= 1, `${a.simulated.agents}`);
    assert.ok(a.simulated.share >= 0.8);
    assert.ok(a.with_one_fewer.share < 0.8);
  }
});

test("async: where the simple slot rule is wrong", () => {
  const slots = Math.ceil((30 / 60) * (2.5 * 4 + 1.5 * 15) / 4); // arrivals x stay / conversations each
  assert.equal(slots, 5);
  const a = ask({ ...chats, concurrency: 4, agents: slots, simulated_hours: 2000 });
  assert.equal(a.stable, false);
  assert.ok(a.simulated.waiting_at_end > 300);
});

test("async: other mixes, the simulation within one agent", () => {
  const mixes = [
    { arrivals: 12, handle_min: 6, turns: 3, pause_min: 30, concurrency: 3, target_min: 15, target_share: 0.9 },
    { arrivals: 60, handle_min: 2, turns: 4, pause_min: 8, concurrency: 3, target_min: 30, target_share: 0.8 },
    { arrivals: 45, handle_min: 3, turns: 1, pause_min: 0, concurrency: 1, target_min: 5, target_share: 0.85 },
    { arrivals: 20, handle_min: 5, turns: 2, pause_min: 60, concurrency: 6, target_min: 60, target_share: 0.9 },
  ];
  for (const mix of mixes) {
    const a = ask({ model: "async", interval_min: 60, ...mix, simulated_hours: 6000, seed: 5 });
    assert.ok(Math.abs(a.simulated.agents - a.agents) <= 1, `${JSON.stringify(mix)}: ${a.agents}, simulated ${a.simulated.agents}`);
  }
});

test("async: many conversations each do not make up for few agents", () => {
  for (const concurrency of [10, 50]) {
    const a = ask({ ...chats, concurrency, target_min: 2, target_share: 0.8, simulated_hours: 4000 });
    const turns = ask({ model: "erlang_c", arrivals: 75, interval_min: 60, handle_min: 4, target_min: 2, target_share: 0.8 });
    assert.ok(a.agents >= turns.agents, `${a.agents} at ${concurrency}, ${turns.agents} for the turns alone`);
    assert.ok(Math.abs(a.simulated.agents - a.agents) <= 1, `simulated ${a.simulated.agents}`);
  }
});

test("async: one conversation of one turn is Erlang C", () => {
  const question = { arrivals: 40, interval_min: 60, handle_min: 5, target_min: 2, agents: 5 };
  const one = ask({ ...question, model: "async", concurrency: 1, turns: 1, pause_min: 0 });
  const c = ask({ ...question, model: "erlang_c" });
  for (const name of ["share", "occupancy", "wait_probability", "mean_wait_min"]) near(one[name], c[name], 1e-6, name);
});

test("the same seed gives the same simulation, another one another", () => {
  const question = { ...chats, concurrency: 4, agents: 7, simulated_hours: 500 };
  const [a, b, c] = staff([question, question, { ...question, seed: 2 }]).answers;
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.simulated, c.simulated);
});

/* ---- the formulas, written again */

function erlangC({ arrivals, interval_min, handle_min, target_min }, m) {
  const load = (arrivals * handle_min) / interval_min;
  if (load >= m) return { share: 0, wait: 1 };
  let term = 1, sum = 1; // of load^k / k!, scaled as it goes
  for (let k = 1; k < m; k++) {
    term *= load / k;
    sum += term;
    if (sum > 1e200) [term, sum] = [term / 1e200, sum / 1e200];
  }
  const full = (term * (load / m)) / (1 - load / m);
  const wait = full / (sum + full);
  return { share: 1 - wait * Math.exp((-(m - load) * target_min) / handle_min), wait, mean: (wait * handle_min) / (m - load) };
}

function erlangA({ arrivals, interval_min, handle_min, patience_min }, m) {
  const arrive = arrivals / interval_min, states = [1];
  for (let n = 1; n < m + 4000; n++) states.push((states[n - 1] * arrive) / (Math.min(n, m) / handle_min + Math.max(0, n - m) / patience_min));
  const total = states.reduce((s, p) => s + p, 0);
  const waiting = states.reduce((s, p, n) => s + p * Math.max(0, n - m), 0) / total;
  return { wait: states.slice(m).reduce((s, p) => s + p, 0) / total, mean: waiting / arrive, abandon: waiting / patience_min / arrive };
}

function random(seed) {
  let x = seed;
  return (low, high) => {
    x = (x * 1103515245 + 12345) % 2147483648;
    return low + ((high - low) * x) / 2147483648;
  };
}

test("Erlang C: 200 random questions", () => {
  const pick = random(7);
  const questions = Array.from({ length: 200 }, () => ({ model: "erlang_c", arrivals: pick(1, 400), interval_min: pick(10, 60), handle_min: pick(0.5, 8), target_min: pick(0, 5), target_share: pick(0.5, 0.97) }));
  const { answers } = staff(questions);
  questions.forEach((q, i) => {
    const a = answers[i], now = erlangC(q, a.agents), fewer = erlangC(q, a.agents - 1);
    near(a.share, now.share, 2e-6, JSON.stringify(q));
    near(a.wait_probability, now.wait, 2e-6, JSON.stringify(q));
    near(a.mean_wait_min, now.mean, 2e-6, JSON.stringify(q));
    assert.ok(now.share >= q.target_share && fewer.share < q.target_share, JSON.stringify(q));
    if (a.with_one_fewer) near(a.with_one_fewer.share, fewer.share, 2e-6, JSON.stringify(q));
  });
});

test("Erlang A: 100 random questions", () => {
  const pick = random(11);
  const questions = Array.from({ length: 100 }, () => ({ model: "erlang_a", arrivals: pick(1, 200), interval_min: 30, handle_min: pick(1, 6), target_min: 0, patience_min: pick(0.5, 20), agents: Math.ceil(pick(1, 40)) }));
  const ever = questions.map((q) => ({ ...q, target_min: 1e5 })), some = questions.map((q) => ({ ...q, target_min: 1 }));
  const { answers } = staff([...questions, ...ever, ...some]);
  questions.forEach((q, i) => {
    const a = answers[i], own = erlangA(q, q.agents), share = answers[i + 200].share;
    near(a.wait_probability, own.wait, 2e-6, JSON.stringify(q));
    near(a.mean_wait_min, own.mean, 1e-5, JSON.stringify(q));
    near(a.abandon_share, own.abandon, 2e-6, JSON.stringify(q));
    near(a.share, 1 - own.wait, 2e-6, "served at once");
    near(answers[i + 100].share, 1 - own.abandon, 2e-6, "served ever");
    assert.ok(share >= a.share - 1e-6 && share <= answers[i + 100].share + 1e-6);
  });
});

/* ---- shrinkage, occupancy, nothing, bad input */

test("shrinkage rounds up, once", () => {
  const question = { model: "erlang_c", arrivals: 100, interval_min: 30, handle_min: 3, target_min: 0.33, agents: 14 };
  const scheduled = [0, 0.3, 0.5, 0.125, 0.9].map((shrinkage) => ask({ ...question, shrinkage }).scheduled);
  assert.deepEqual(scheduled, [14, 20, 28, 16, 140]);
});

test("nothing arrives: nobody is needed", () => {
  for (const model of ["erlang_c", "erlang_a", "async"]) {
    const a = ask({ ...chats, model, arrivals: 0, target_share: 0.9, patience_min: 5, concurrency: 2 });
    assert.equal(a.agents, 0);
    assert.equal(a.share, 1);
    assert.equal(a.with_one_fewer, undefined);
  }
});

test("each answer says its assumptions", () => {
  for (const model of ["erlang_c", "erlang_a", "async"]) {
    const a = ask({ ...chats, model, target_share: 0.9, patience_min: 5, concurrency: 2 });
    assert.ok(a.assumptions.length >= 3 && a.assumptions.every((s) => s.length > 10));
  }
});

test("bad input is refused with a reason", () => {
  const good = { model: "erlang_c", arrivals: 100, interval_min: 30, handle_min: 3, target_min: 0.5, target_share: 0.8 };
  const cases = [
    [{ ...good, model: "erlang_b" }, "$.model"],
    [{ ...good, model: undefined }, "$.model"],
    [{ ...good, arrivals: -1 }, "$.arrivals"],
    [{ ...good, arrivals: 1e9 }, "$.arrivals"],
    [{ ...good, arrivals: "100" }, "$.arrivals"],
    [{ ...good, arrivals: undefined }, "$.arrivals"],
    [{ ...good, interval_min: 0 }, "$.interval_min"],
    [{ ...good, handle_min: 0 }, "$.handle_min"],
    [{ ...good, handle_min: -3 }, "$.handle_min"],
    [{ ...good, target_min: -1 }, "$.target_min"],
    [{ ...good, target_share: 1 }, "$.target_share"],
    [{ ...good, target_share: 80 }, "$.target_share"],
    [{ ...good, target_share: undefined }, "$.target_share"],
    [{ ...good, max_occupancy: 0 }, "$.max_occupancy"],
    [{ ...good, shrinkage: 1 }, "$.shrinkage"],
    [{ ...good, agents: 0 }, "$.agents"],
    [{ ...good, agents: 2.5 }, "$.agents"],
    [{ ...good, agents: 1e9 }, "$.agents"],
    [{ ...good, model: "erlang_a" }, "$.patience_min"],
    [{ ...good, model: "erlang_a", patience_min: 0 }, "$.patience_min"],
    [{ ...good, model: "async", turns: 2, pause_min: 5 }, "$.concurrency"],
    [{ ...good, model: "async", turns: 2, pause_min: 5, concurrency: 1.5 }, "$.concurrency"],
    [{ ...good, model: "async", turns: 0, pause_min: 5, concurrency: 2 }, "$.turns"],
    [{ ...good, model: "async", turns: 2, pause_min: 5, concurrency: 1e6 }, "$.concurrency"],
    [{ ...good, simulated_hours: 10 }, "$.simulated_hours"],
    [{ ...chats, concurrency: 2, target_share: 0.8, arrivals: 1e4, simulated_hours: 1e6 }, "$.simulated_hours"],
    [{ ...good, arrivals: 1e7, interval_min: 1 }, "$"],
    ["[1]", "$"],
  ];
  const { answers, status } = staff(cases.map(([q]) => q));
  assert.equal(status, 1);
  cases.forEach(([q, where], i) => {
    assert.equal(answers[i].error?.path, where, JSON.stringify(q));
    assert.equal(answers[i].error.line, i + 1);
    assert.ok(answers[i].error.message.length > 5 && answers[i].error.hint.length > 3);
  });
});

test("sizes at the ends of their ranges are answered", () => {
  const ends = { arrivals: [1e-6, 1e7], interval_min: [0.01, 1e6], handle_min: [0.001, 1e5], target_min: [0, 1e6], patience_min: [0.001, 1e6], turns: [1, 1000], pause_min: [0, 1e5], concurrency: [1, 50], agents: [1, 20000] };
  const names = Object.keys(ends), questions = [];
  for (const model of ["erlang_c", "erlang_a", "async"])
    for (let bits = 0; bits < 1 << names.length; bits++)
      questions.push({ model, ...Object.fromEntries(names.map((name, i) => [name, ends[name][(bits >> i) & 1]])) });
  const { answers } = staff(questions);
  assert.equal(answers.length, questions.length);
  answers.forEach((a, i) => {
    assert.equal(a.error, undefined, JSON.stringify(questions[i]));
    for (const name of ["share", "occupancy", "wait_probability"]) assert.ok(a[name] >= 0 && a[name] <= 1 + 1e-9, `${name} ${a[name]}: ${JSON.stringify(questions[i])}`);
    assert.ok(a.mean_wait_min === null || a.mean_wait_min >= 0);
  });
});

/* ---- the week, from a box */

test("the week from a box's own arrivals, running and stopped", async () => {
  const box = await Box.start({ demo: true });
  const question = JSON.stringify({ model: "async", handle_min: 4, target_min: 60, target_share: 0.8, concurrency: 4, turns: 2.5, pause_min: 15, shrinkage: 0.3 });
  const week = (args = []) => staff([question], ["--week", "--data", box.dir, ...args]);
  assert.equal(week().status, 0);
  assert.equal(week().answers.length, 169);
  await box.stop();
  const { answers } = week();
  const hours = answers.slice(0, 168), summary = answers[168];
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  hours.forEach((h, i) => assert.deepEqual([h.day, h.hour], [days[Math.floor(i / 24)], i % 24]));
  const total = hours.reduce((s, h) => s + h.arrivals * h.days, 0);
  assert.ok(total > 20, `${total}`);
  near(total, summary.arrivals, 2, "sum");
  for (const h of hours) {
    if (h.days === 0) assert.equal(h.agents, null);
    else if (h.arrivals === 0) assert.equal(h.agents, 0);
    else {
      const alone = ask({ ...JSON.parse(question), arrivals: h.arrivals, interval_min: 60 });
      assert.equal(h.agents, alone.agents);
      assert.equal(h.scheduled, alone.scheduled);
    }
  }
  assert.match(summary.from, /^\d{4}-\d\d-\d\d$/);
  assert.ok(summary.assumptions.some((s) => s.includes("roll-ups")));
  assert.equal(week(["--team", "0"]).answers[168].arrivals, summary.arrivals);
  assert.equal(week(["--team", "9"]).answers[168].arrivals, 0);
  assert.equal(week(["--team", "x"]).status, 2);
  const agents = staff([JSON.stringify({ ...JSON.parse(question), agents: 4 })], ["--week", "--data", box.dir]);
  assert.match(agents.answers[0].error.message, /agents/);
  await box.close();
  assert.equal(staff([question], ["--week", "--data", `${box.dir}/none`]).status, 1);
});
