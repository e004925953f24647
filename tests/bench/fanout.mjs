// fanout.mjs - one view to many walls: serve against the least that libwebsockets needs, and what a watcher weighs.
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import WebSocket from "ws";
import { cpuNs, heading, launch, median, memory, row, size, sleep } from "./lib.mjs";

const RATE = 10, PAD = 430, RECORD = 16384;

function connect(port, count) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/live`, "atalaya.v1", {
      rejectUnauthorized: false, skipUTF8Validation: true, perMessageDeflate: false, headers: { Authorization: "Bearer bench" } });
    socket.on("open", () => {
      socket.send('{"watch":"wall"}');
      resolve(socket);
    });
    socket.on("message", (data) => {
      count.n++;
      count.bytes += data.length;
    });
    socket.on("error", reject);
  });
}

async function connectMany(port, n, count) {
  const sockets = [];
  while (sockets.length < n) sockets.push(...(await Promise.all(Array.from({ length: Math.min(20, n - sockets.length) }, () => connect(port, count)))));
  return sockets;
}

/** A frame that fills one inbound record of 16 KiB to the brim, header and mask included; is it answered? */
async function takesWholeRecord(socket) {
  const head = '{"do":"fill","pad":"', tail = '"}';
  const answered = new Promise((resolve) => {
    socket.on("message", (data) => data.toString().includes('"filled"') && resolve(true));
    socket.on("close", () => resolve(false));
    setTimeout(() => resolve(false), 5000);
  });
  socket.send(head + "x".repeat(RECORD - 8 - head.length - tail.length) + tail);
  return answered;
}

async function fanout(program, dir) {
  const { child, port } = await launch(program, dir, RATE, PAD);
  const count = { n: 0, bytes: 0 };
  const few = Math.min(200, size.walls >> 1);
  const sockets = await connectMany(port, few, count);
  await sleep(500);
  const at200 = await memory(child.pid);
  const before = await cpuNs(child.pid);
  sockets.push(...(await connectMany(port, size.walls - few, count)));
  await sleep(1500);
  const full = await memory(child.pid);
  const cpu = await cpuNs(child.pid), { n, bytes } = count;
  await sleep(size.seconds * 1000);
  const spent = (await cpuNs(child.pid)) - cpu, delivered = count.n - n;
  const takes = program === "fanout_serve" && (await takesWholeRecord(sockets[0]));
  for (const s of sockets) s.terminate();
  child.kill("SIGKILL");
  await once(child, "exit");
  return { perFrame: spent / delivered / 1000, expected: delivered / (size.walls * RATE * size.seconds), takes,
    frame: (count.bytes - bytes) / delivered, slope: (full.anon - at200.anon) / (size.walls - few) / 1000, before };
}

export async function benchFanout() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-bench-"));
  const first = await launch("fanout_serve", dir, 1, 10); // makes the identity that both use
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const ours = [], bare = [];
  for (let i = 0; i < 3; i++) {
    ours.push(await fanout("fanout_serve", dir));
    bare.push(await fanout("fanout_bare", dir));
  }
  await rm(dir, { recursive: true, force: true });
  const of = (list, name) => median(list.map((x) => x[name]));
  heading(`Fan-out to ${size.walls} TLS walls, ${RATE} frames a second of ${of(ours, "frame").toFixed(0)} bytes, coalescing off, medians of three`);
  row("CPU a delivered frame, ours", of(ours, "perFrame"), "us");
  row("  bare libwebsockets, the same libraries, cipher, frames", of(bare, "perFrame"), "us");
  row("  ratio", of(ours, "perFrame") / of(bare, "perFrame"), "x", { most: 1.1 }, 3);
  row("  delivered of what was due", 100 * of(ours, "expected"), "%", "reported", 1);
  row(`memory a TLS watcher, slope of RssAnon from ${Math.min(200, size.walls >> 1)} to ${size.walls}`, of(ours, "slope"), "kB", { most: 32 }, 1);
  row("  bare libwebsockets", of(bare, "slope"), "kB", "reported", 1);
  row("  an inbound record of 16 KiB is taken and answered", ours.every((x) => x.takes) ? "yes" : "no", "", "yes");
}
