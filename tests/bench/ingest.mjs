// ingest.mjs - the box with a million open cases: taking in, growth, start-up, a flood.
import { mkdtemp, rm } from "node:fs/promises";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { Box, merge } from "../box/lib/box.mjs";
import { bin, cpuNs, diskBytes, handedBytes, heading, median, memory, mention, metric, post, pour, row, run, share, size, sleep } from "./lib.mjs";

const FEW = 1000, MEASURED = 12_800;
const agentOf = () => new https.Agent({ keepAlive: true, maxSockets: 64 });
const freshDir = () => mkdtemp(path.join(os.tmpdir(), "atalaya-bench-"));

/** Runs the acts of growth.c on two boxes: {act: [microseconds on few, on many]}. */
async function acts(few, many, ...words) {
  const { stdout } = await run(path.join(bin, "growth"), [few, many, ...words]);
  return Object.fromEntries(stdout.trim().split("\n").filter(Boolean).map((l) => [l.split(" ")[0], l.split(" ").slice(1).map(Number)]));
}

const ACTS = [
  ["open", "opening, eight arrays of 64 a commit"], ["open_array", "  one array of 64 a commit"], ["open_one", "  one case a commit"],
  ["close", "closing the first 64 of the queue"], ["close_one", "  one a commit"], ["close_apart", "  64 from anywhere in it"],
  ["list", "listing the first 50"], ["wall", "refreshing the wall and its trend"], ["cross", "a crossing, 64 at once"],
];

const benchGrowth = (few, many) => acts(few, many, `load=${FEW},${size.cases}`, ...ACTS.map(([word]) => word).filter((w) => w !== "cross"));

function showGrowth(us) {
  heading(`Cost growth from ${FEW} to ${size.cases} open cases: real writer, store and views, no network`);
  for (const [word, what] of ACTS) {
    const [a, z] = us[word];
    row(`${what}: ${a.toFixed(1)} -> ${z.toFixed(1)} us`, z / a, "x", word === "close_apart" ? "reported" : { most: 1.5 });
  }
}

async function ingestOf(box, token, n) {
  const [cpu, disk, handed] = [await cpuNs(box.pid), await diskBytes(), await handedBytes(box.pid)];
  const commits = await metric(box, "commits_total");
  await pour(box, token, n, 64, 8);
  return {
    cpu: ((await cpuNs(box.pid)) - cpu) / n / 1000, disk: ((await diskBytes()) - disk) / n / 1000,
    handed: ((await handedBytes(box.pid)) - handed) / n / 1000, commit: n / ((await metric(box, "commits_total")) - commits),
  };
}

/** A bare LMDB queue: 64 records of 500 bytes a commit, 5,000 waiting, the same sync mode. */
async function bareQueue() {
  const dir = await freshDir();
  const disk = await diskBytes();
  const { stdout } = await run(path.join(bin, "lmdb_queue"), [dir, "300"]);
  const [cpu, commit, sync, handed, n] = stdout.trim().split(" ").map(Number);
  const bytes = ((await diskBytes()) - disk) / n / 1000;
  await rm(dir, { recursive: true, force: true });
  return { cpu, commit, sync, handed: handed / 1000, bytes };
}

async function benchTakingIn(small, large) {
  const of = async (box) => ({ box, token: await box.token("source") });
  const few = await of(small), many = await of(large);
  small.agent = agentOf();
  large.agent = agentOf();
  await pour(small, few.token, 640, 64, 8);
  await pour(large, many.token, 1280, 64, 8);
  const a = await ingestOf(small, few.token, MEASURED / 4), z = await ingestOf(large, many.token, MEASURED), q = await bareQueue();
  heading(`Durable ingest through the webhook: arrays of 64 from 8 connections, TLS, ${size.cases} cases there`);
  row("CPU a mention, the whole process", z.cpu, "us", { most: 60 }, 1);
  row(`  with ${FEW} cases there ${a.cpu.toFixed(1)} us: growth of opening through the webhook`, z.cpu / a.cpu, "x", { most: 1.5 });
  row("bytes written to the machine's disk a mention", z.disk, "kB", { most: 16 }, 1);
  row("  handed to write() by the box alone", z.handed, "kB", "reported", 1);
  row("  mentions a commit", z.commit, "", "reported", 1);
  row("a bare LMDB queue, 64 x 500 bytes a commit: CPU a record", q.cpu, "us", "reported", 1);
  row("  bytes to the disk a record", q.bytes, "kB", "reported", 1);
  row("  ratio of CPU", z.cpu / q.cpu, "x", "reported", 1);
  row("  ratio of bytes handed to write()", z.handed / q.handed, "x", "reported", 1);
  const commits = await metric(large, "commits_total");
  await pour(large, many.token, 6400, 1, 64);
  row("single posts from 64 connections: mentions a commit", 6400 / ((await metric(large, "commits_total")) - commits), "", { least: 8 }, 1);
  small.agent.destroy();
  large.agent.destroy();
  small.agent = large.agent = undefined;
}

async function startOnce(box) {
  await box.stop();
  const from = process.hrtime.bigint();
  await box.spawn();
  const ms = Number(process.hrtime.bigint() - from) / 1e6;
  await sleep(700);
  return { ms, cpu: (await cpuNs(box.pid)) / 1e6, anon: (await memory(box.pid)).anon / 1e6 };
}

async function benchStart(large) {
  const empty = await Box.start();
  const a = [], z = [];
  for (let i = 0; i < 5; i++) {
    a.push(await startOnce(empty));
    z.push(await startOnce(large));
  }
  const of = (list, name) => median(list.map((x) => x[name]));
  await empty.close();
  heading(`Start-up with ${size.cases} cases against an empty box, medians of five`);
  row(`CPU: ${of(a, "cpu").toFixed(1)} -> ${of(z, "cpu").toFixed(1)} ms`, of(z, "cpu") / of(a, "cpu"), "x", { most: 1.2 });
  row(`  until the port is open: ${of(a, "ms").toFixed(0)} -> ${of(z, "ms").toFixed(0)} ms`, of(z, "ms") / of(a, "ms"), "x", "reported");
  row(`RssAnon: ${of(a, "anon").toFixed(2)} -> ${of(z, "anon").toFixed(2)} MB`, of(z, "anon") / of(a, "anon"), "x", "the same");
}

/** How long after its post an urgent mention heads the queue that an agent watches. */
async function watchHead(box) {
  const live = await box.live(await box.token("agent"));
  const mark = `urgente ${Math.random().toString(36).slice(2)}`;
  let state = {}, seen;
  const heads = new Promise((resolve) => (seen = resolve));
  live.socket.on("message", (data) => {
    const frame = JSON.parse(data.toString());
    if (frame.view !== "queue") return;
    state = frame.full ?? merge(state, frame.set);
    if (state.cases?.[state.order?.[0]]?.lines?.[0]?.includes(mark)) seen(performance.now());
  });
  live.send({ watch: "queue", team: "*", limit: 50 });
  await live.frame((f) => f.full !== undefined);
  return { live, heads, mark };
}

/** On a backlog of a working day: behind cases that have been late for longer, the rules do not put an urgent one first. */
async function benchFlood() {
  const dir = await freshDir();
  const nothing = await freshDir();
  await acts(dir, nothing, `load=${FEW}`);
  await rm(nothing, { recursive: true, force: true });
  const box = await Box.start({ dir });
  const token = await box.token("source");
  box.agent = agentOf();
  const { live, heads, mark } = await watchHead(box);
  const before = await metric(box, "mentions_total"), cpu = await cpuNs(box.pid);
  const from = performance.now(), total = 500 * size.floodSeconds;
  const waits = [];
  let sent = 0, refused = 0, accepted = 0, urgentAt = 0;
  const answers = [];
  const one = async (body) => {
    const at = performance.now();
    const r = await post(box, token, body);
    answers.push(performance.now() - at);
    refused += r.refused;
    accepted += r.answer.results[0].status === "accepted";
  };
  while (sent < total) {
    for (const due = Math.min(total, Math.floor((performance.now() - from) / 2)); sent < due; sent++) {
      if (sent === total >> 1) {
        urgentAt = performance.now();
        waits.push(one(mention({ text: `${mark}: me han robado la tarjeta, es un fraude, estoy en peligro, ayuda urgente` })));
      } else waits.push(one(mention()));
    }
    await sleep(5);
  }
  await Promise.all(waits);
  const took = (performance.now() - from) / 1000;
  const ms = (await Promise.race([heads, sleep(10_000)])) - urgentAt;
  const kept = (await metric(box, "mentions_total")) - before;
  heading(`500 single mentions a second for ${size.floodSeconds} s, ${FEW} cases there`);
  row(`lost of ${total} (accepted ${accepted}, counted by the box ${kept}, told to come back ${refused})`, total - Math.min(accepted, kept), "", { most: 0 }, 0);
  row("  taken in a second", total / took, "/s", "reported", 0);
  row(`  posted -> answered: p50 ${median(answers).toFixed(1)}, p99`, share(answers, 0.99), "ms", "reported", 1);
  row("  CPU of the box", (100 * ((await cpuNs(box.pid)) - cpu)) / 1e9 / took, "% of a core", "reported", 1);
  row("an urgent one in the middle: posted -> head of the queue on a tablet", Number.isNaN(ms) ? "never" : ms / 1000, "s", { most: 1 }, 3);
  await live.close();
  box.agent.destroy();
  box.agent = undefined;
  await box.close();
}

export async function benchStore() {
  const few = await freshDir(), many = await freshDir();
  const growth = await benchGrowth(few, many);
  const small = await Box.start({ dir: few }), large = await Box.start({ dir: many });
  await benchTakingIn(small, large);
  await benchStart(large);
  await small.stop();
  await large.stop();
  showGrowth({ ...growth, ...(await acts(few, many, "cross")) });
  await benchFlood();
  await small.close(); // last: a file system that discards what is deleted keeps the disk busy
  await large.close();
}
