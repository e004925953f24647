// bench.mjs - what the box costs: CPU and bytes, ratios within this run, the floor beside each figure.  Nothing here fails.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { once } from "node:events";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import WebSocket from "ws";
import { Box } from "../box/lib/box.mjs";

const bin = path.resolve(process.argv[2]);
const walls = Number(process.env.BENCH_WALLS ?? 1000);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const cases = Number(process.env.BENCH_CASES ?? 1_000_000);
const rows = [];
const row = (what, figure, floor) => {
  rows.push([what, figure, floor]);
  console.log(`${what.padEnd(64)} ${String(figure).padStart(16)}   ${floor}`);
};
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function cpuNs(pid) {
  const { readdir } = await import("node:fs/promises");
  let sum = 0;
  for (const t of await readdir(`/proc/${pid}/task`)) sum += Number((await readFile(`/proc/${pid}/task/${t}/schedstat`, "utf8")).split(" ")[0]);
  return sum;
}
async function memory(pid) {
  const text = await readFile(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) * 1024;
  return { anon: of("RssAnon"), file: of("RssFile") };
}
/* Sectors that went to the machine's disks.  A process's own write_bytes counts whole folios of the page cache, which on
   newer kernels is many times what is written. */
const written = async () =>
  (await readFile("/proc/diskstats", "utf8")).split("\n").map((l) => l.trim().split(/\s+/))
    .filter((f) => /^(vd[a-z]+|sd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(f[2])).reduce((sum, f) => sum + Number(f[9]) * 512, 0);

async function launch(program, dir, rate, pad) {
  const child = spawn(path.join(bin, program), [dir, String(rate), String(pad)], { stdio: ["ignore", "pipe", "inherit"] });
  const [out] = await once(child.stdout, "data");
  return { child, port: Number(out.toString()) };
}

function connect(port, count) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/live`, "atalaya.v1", {
      rejectUnauthorized: false, skipUTF8Validation: true, perMessageDeflate: false, headers: { Authorization: "Bearer bench" } });
    socket.on("open", () => {
      socket.send('{"watch":"wall"}');
      resolve(socket);
    });
    socket.on("message", () => count.n++);
    socket.on("error", reject);
  });
}
async function connectMany(port, n, count) {
  const sockets = [];
  while (sockets.length < n) sockets.push(...(await Promise.all(Array.from({ length: Math.min(20, n - sockets.length) }, () => connect(port, count)))));
  return sockets;
}

async function fanout(program, dir, slope) {
  const { child, port } = await launch(program, dir, 10, 200);
  const count = { n: 0 };
  let at200;
  const sockets = await connectMany(port, Math.min(200, walls), count);
  await sleep(500);
  if (slope) at200 = await memory(child.pid);
  sockets.push(...(await connectMany(port, walls - sockets.length, count)));
  await sleep(1500);
  const full = await memory(child.pid);
  const cpu = await cpuNs(child.pid), n = count.n;
  await sleep(seconds * 1000);
  const spent = (await cpuNs(child.pid)) - cpu, delivered = count.n - n;
  for (const s of sockets) s.terminate();
  child.kill("SIGKILL");
  await once(child, "exit");
  return { perFrame: spent / delivered, delivered, slope: slope && (full.anon - at200.anon) / (walls - 200) };
}

async function benchFanout() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-bench-"));
  const first = await launch("fanout_serve", dir, 1, 10);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const ours = [], bare = [];
  let slope;
  for (let i = 0; i < 3; i++) {
    const a = await fanout("fanout_serve", dir, true);
    slope = a.slope;
    ours.push(a.perFrame);
    bare.push((await fanout("fanout_bare", dir, false)).perFrame);
  }
  const middle = (list) => [...list].sort((x, y) => x - y)[1];
  row(`fan-out to ${walls} TLS walls: CPU a frame, ours`, `${(middle(ours) / 1000).toFixed(2)} us`, "");
  row("  the same, bare libwebsockets", `${(middle(bare) / 1000).toFixed(2)} us`, "");
  row("  ratio of the medians of three", `${(middle(ours) / middle(bare)).toFixed(3)} x`, "<= 1.10 x");
  row(`memory a TLS watcher, slope of RssAnon 200 to ${walls}`, `${(slope / 1000).toFixed(1)} kB`, "<= 32 kB");
  await rm(dir, { recursive: true, force: true });
}

async function benchIdle() {
  const box = await Box.start();
  await sleep(1500);
  const m = await memory(box.pid);
  row("idle server: RssAnon", `${(m.anon / 1e6).toFixed(2)} MB`, "<= 6 MB");
  row("  RssFile", `${(m.file / 1e6).toFixed(2)} MB`, "reported");
  row("stripped binary with every library and page", `${((await stat(path.join(bin, "atalaya"))).size / 1e6).toFixed(2)} MB`, "<= 2.5 MB");
  const display = await box.token("display");
  const screens = await Promise.all(Array.from({ length: 20 }, () => box.live(display)));
  for (const s of screens) s.send({ watch: "wall" });
  await sleep(1000);
  const commits = async () => Number(/atalaya_commits_total (\d+)/.exec((await box.request("GET", "/metrics")).body)[1]);
  const before = await commits();
  await sleep(seconds * 2500);
  row(`commits of an idle box with 20 screens, in ${(seconds * 2.5).toFixed(0)} s`, (await commits()) - before, "0 an hour");
  await box.close();
}

let posted = 0;
async function post(box, token, agent, size, fresh) {
  const batch = Array.from({ length: size }, () => {
    posted++;
    return { network: "x", id: `b${posted}`, text: `Llevo ${posted % 50} horas sin servicio en casa y nadie contesta al teléfono, ¿podéis mirarlo?`,
      author: { id: `c${fresh ? posted : posted % 1000}`, handle: `persona${posted}` } };
  });
  box.agent = agent;
  for (;;) {
    const r = await box.post(token, size === 1 ? batch[0] : batch);
    if (r.status === 202) return;
    if (r.status !== 429) throw new Error(`${r.status} ${r.body}`);
    await sleep(200);
  }
}
async function pour(box, token, agent, total, size, connections) {
  let left = total;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (left > 0) {
      left -= size;
      await post(box, token, agent, size, true);
    }
  }));
}

async function benchIngest() {
  const box = await Box.start();
  const token = await box.token("source");
  const agent = new https.Agent({ keepAlive: true, maxSockets: 64 });
  const measure = async (n) => {
    const cpu = await cpuNs(box.pid), bytes = await written();
    await pour(box, token, agent, n, 64, 8);
    return { cpu: ((await cpuNs(box.pid)) - cpu) / n / 1000, bytes: ((await written()) - bytes) / n };
  };
  await pour(box, token, agent, 1000, 64, 4);
  const small = await measure(6400);
  row("ingest in arrays of 64 from 8 connections, 1,000 cases there: CPU a mention", `${small.cpu.toFixed(1)} us`, "<= 60 us");
  row("  bytes written to the disk a mention", `${(small.bytes / 1000).toFixed(1)} kB`, "<= 16 kB");
  await pour(box, token, agent, cases - posted, 512, 8);
  const large = await measure(6400);
  row(`ingest in arrays of 64 from 8 connections, ${cases} cases there: CPU a mention`, `${large.cpu.toFixed(1)} us`, "<= 60 us");
  row("  bytes written to the disk a mention", `${(large.bytes / 1000).toFixed(1)} kB`, "<= 16 kB");
  row(`  growth of CPU from 1,000 to ${cases} open cases`, `${(large.cpu / small.cpu).toFixed(2)} x`, "<= 1.5 x");
  const metrics = async (name) => Number(new RegExp(`atalaya_${name} (\\d+)`).exec((await box.request("GET", "/metrics")).body)[1]);
  const commits = await metrics("commits_total");
  await pour(box, token, agent, 6400, 1, 64);
  row("single posts from 64 connections: mentions a commit", (6400 / ((await metrics("commits_total")) - commits)).toFixed(1), ">= 8");
  agent.destroy();
  box.agent = undefined;
  const startOf = async (b) => {
    await b.stop();
    const cpu = process.hrtime.bigint();
    await b.spawn();
    const ms = Number(process.hrtime.bigint() - cpu) / 1e6;
    await sleep(700);
    return { ms, cpu: (await cpuNs(b.pid)) / 1e6, anon: (await memory(b.pid)).anon };
  };
  const empty = await Box.start();
  const a = await startOf(empty), z = await startOf(box);
  row(`start-up with ${cases} cases: CPU against an empty box`, `${(z.cpu / a.cpu).toFixed(2)} x`, "<= 1.2 x");
  row("  RssAnon against an empty box", `${(z.anon / a.anon).toFixed(2)} x`, "the same");
  await empty.close();
  await box.close();
}

const parts = { idle: benchIdle, fanout: benchFanout, ingest: benchIngest };
for (const name of (process.env.BENCH_PARTS ?? "idle fanout ingest").split(" ")) await parts[name]();
