// idle.mjs - a box on which nothing happens, and what the program is made of.
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Box } from "../box/lib/box.mjs";
import { bin, cpuNs, heading, memory, metric, row, run, size, sleep } from "./lib.mjs";

const SCREENS = 15, TABLETS = 5;

async function openScreens(box) {
  const display = await box.token("display"), agent = await box.token("agent");
  for (let i = 0; i < SCREENS + TABLETS; i++) {
    const live = await box.live(i < SCREENS ? display : agent);
    for (const watch of [{ watch: "wall" }, { watch: "trend" }, ...(i < SCREENS ? [] : [{ watch: "queue", team: "*", limit: 50 }])]) live.send(watch);
    await live.frame((f) => f.full !== undefined);
  }
}

/** Started first and read last: it idles while the rest of the bench runs. */
export async function startIdle() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-bench-"));
  const day = path.join(dir, "day.jsonl");
  await writeFile(day, `${JSON.stringify({ network: "x", id: "1", at: new Date().toISOString(), kind: "heard", text: "hola", author: { id: "1" } })}\n`);
  const box = await Box.start({ dir, config: { channels: [
    { name: "web", network: "webhook" }, { name: "tienda", network: "webhook" }, { name: "ayer", network: "replay", file: day }] } });
  await sleep(1500);
  const atRest = await memory(box.pid);
  await openScreens(box);
  await sleep(3000);
  return { box, atRest, from: Date.now(), cpu: await cpuNs(box.pid), commits: await metric(box, "commits_total"), batches: await metric(box, "batches_total") };
}

export async function endIdle({ box, atRest, from, cpu, commits, batches }) {
  const left = size.idleSeconds * 1000 - (Date.now() - from);
  if (left > 0) await sleep(left);
  const seconds = (Date.now() - from) / 1000;
  const made = (await metric(box, "commits_total")) - commits, decided = (await metric(box, "batches_total")) - batches;
  const spent = (await cpuNs(box.pid)) - cpu;
  const channels = await metric(box, "live_sockets");
  heading("An idle box");
  row("RssAnon, nobody connected", atRest.anon / 1e6, "MB", { most: 6 });
  row("  RssFile", atRest.file / 1e6, "MB", "reported");
  row(`commits with 3 channels and ${channels} screens, in ${seconds.toFixed(0)} s`, made + decided, "", { most: 0 }, 0);
  row("  which in an hour makes", ((made + decided) * 3600) / seconds, "", { most: 0 }, 0);
  row("  CPU of that", (100 * spent) / 1e9 / seconds, "% of a core", "reported");
  await box.close();
}

const PARTS = [
  [/libwebsockets\.a/, "libwebsockets"], [/libmbed(tls|x509|crypto)\.a/, "mbedTLS"], [/libcurl\.a/, "libcurl"], [/liblmdb\.a/, "LMDB"],
  [/libcjson\.a/, "cJSON"], [/libutf8proc\.a/, "utf8proc"], [/libstemmer\.a/, "libstemmer"], [/libargon2\.a/, "argon2"],
  [/\/pages\.o/, "the pages"], [/\/lib(base|core|store|net|serve|app|cli)\.a|\/main\.o/, "ours"],
];

/** Sums the sections that are in the file and get loaded, by whose they are, from the linker's map. */
async function sizesByPart() {
  const map = (await readFile(path.join(bin, "atalaya.map"), "utf8")).replace(/\n {10,}(0x)/g, " $1");
  const sums = new Map();
  for (const line of map.slice(map.indexOf("Linker script and memory map")).split("\n")) {
    const found = /^ (\.(?:text|rodata|data|eh_frame|init_array|gcc_except|tdata)\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S.*)$/.exec(line);
    if (!found || /^0+$/.test(found[2])) continue;
    const part = PARTS.find(([pattern]) => pattern.test(found[4]))?.[1] ?? "C library's start-up";
    sums.set(part, (sums.get(part) ?? 0) + parseInt(found[3], 16));
  }
  return sums;
}

export async function benchSize() {
  const program = path.join(bin, "atalaya");
  const bytes = (await stat(program)).size;
  const sums = await sizesByPart();
  const { stdout } = await run("ldd", [program]);
  heading("The program, stripped");
  row("with every library and page", bytes / 1e6, "MB", { most: 2.5 });
  let known = 0;
  for (const [part, n] of [...sums].sort((x, y) => y[1] - x[1])) {
    known += n;
    row(`  ${part}`, n / 1000, "kB", "", 1);
  }
  row("  symbols, relocations, headers, padding", (bytes - known) / 1000, "kB", "", 1);
  row("  needed from the system", (stdout.match(/lib\w+\.so\.\d+(?= =>)/g) ?? ["nothing"]).join(" "), "", "");
}
