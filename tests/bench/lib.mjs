// lib.mjs - rows of the table, and what the kernel counts: CPU, memory, bytes.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

export const bin = path.resolve(process.argv[2]);
const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
export const size = {
  walls: number("BENCH_WALLS", 1000),
  seconds: number("BENCH_SECONDS", 8), // of each fan-out, six times
  cases: number("BENCH_CASES", 1_000_000),
  idleSeconds: number("BENCH_IDLE_SECONDS", 180),
  floodSeconds: number("BENCH_FLOOD_SECONDS", 60),
  posts: number("BENCH_POSTS", 60), // whose way to the last wall is timed
};

export const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
export const run = promisify(execFile);
export const median = (list) => [...list].sort((x, y) => x - y)[list.length >> 1];
export const share = (list, p) => [...list].sort((x, y) => x - y)[Math.min(list.length - 1, Math.floor(list.length * p))];

let missed = 0;
/** One line: `floor` is {most} or {least} in the figure's unit, or a text. */
export function row(what, figure, unit, floor = "", digits = 2) {
  const isMissed = floor.most !== undefined ? !(figure <= floor.most) : floor.least !== undefined && !(figure >= floor.least);
  const shown = typeof figure === "number" ? `${figure.toFixed(digits)} ${unit}` : `${figure} ${unit}`;
  const text = floor.most !== undefined ? `<= ${floor.most} ${unit}` : floor.least !== undefined ? `>= ${floor.least} ${unit}` : floor;
  missed += isMissed;
  console.log(`${what.padEnd(70)} ${shown.padStart(20)}   ${text}${isMissed ? "   MISSED" : ""}`.trimEnd());
}
export const nMissed = () => missed;
export const heading = (text) => console.log(`\n${text}`);

export async function cpuNs(pid) {
  let sum = 0;
  for (const t of await readdir(`/proc/${pid}/task`)) sum += Number((await readFile(`/proc/${pid}/task/${t}/schedstat`, "utf8")).split(" ")[0]);
  return sum;
}

export async function memory(pid) {
  const text = await readFile(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) * 1024;
  return { anon: of("RssAnon"), file: of("RssFile") };
}

/** Sectors that went to the machine's disks.  A process's own write_bytes counts whole folios of the page cache, which
    on newer kernels is many times what is written. */
export const diskBytes = async () =>
  (await readFile("/proc/diskstats", "utf8")).split("\n").map((l) => l.trim().split(/\s+/))
    .filter((f) => /^(vd[a-z]+|sd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(f[2])).reduce((sum, f) => sum + Number(f[9]) * 512, 0);

/** What a process handed to write(), files and sockets: an upper bound of its own share of the above. */
export const handedBytes = async (pid) => Number(/wchar: (\d+)/.exec(await readFile(`/proc/${pid}/io`, "utf8"))[1]);

/** A program of the bench that prints its port. */
export async function launch(program, ...args) {
  const child = spawn(path.join(bin, program), args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  const [out] = await once(child.stdout, "data");
  return { child, port: Number(out.toString()) };
}

export async function metric(box, name) {
  return Number(new RegExp(`^atalaya_${name} (\\d+)`, "m").exec((await box.request("GET", "/metrics")).body)[1]);
}

const run36 = Date.now().toString(36);
let posted = 0;
/** One mention of a new customer, as a network would hand it over. */
export function mention(more = {}) {
  posted++;
  return {
    network: "x", id: `${run36}-${posted}`, at: new Date().toISOString(),
    text: `Llevo ${posted % 50} horas sin servicio en casa y nadie contesta al teléfono, ¿podéis mirarlo?`,
    author: { id: `${run36}-${posted}`, handle: `persona${posted}` }, ...more,
  };
}

/** Posts until it is taken in; a 429 is waited out as it asks.  Returns how often it was. */
export async function post(box, token, body) {
  for (let refused = 0; ; refused++) {
    const r = await box.post(token, body);
    if (r.status === 202) return { refused, answer: r.json };
    if (r.status !== 429 || !r.headers["retry-after"]) throw new Error(`${r.status} ${r.body}`);
    await sleep(Number(r.headers["retry-after"]) * 1000);
  }
}

/** `total` mentions in arrays of `each` (1: single objects) from so many connections. */
export async function pour(box, token, total, each, connections) {
  let left = total;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (left > 0) {
      left -= each;
      await post(box, token, each === 1 ? mention() : Array.from({ length: each }, () => mention()));
    }
  }));
}
