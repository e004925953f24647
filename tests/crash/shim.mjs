// shim.mjs - a disk that fails or hangs and a clock that leaps, under the real program (see shim.c).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Box, binary, until } from "../box/lib/box.mjs";

const errors = { EIO: 5, ENOSPC: 28, EROFS: 30 };
const kinds = { write: 1, meta: 2, sync: 4 };
const library = path.resolve("build/test/shim.so");
let isBuilt = false;

function build() {
  if (isBuilt) return;
  mkdirSync(path.dirname(library), { recursive: true });
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", "-o", library, "tests/crash/shim.c", "-ldl"], { stdio: "inherit" });
  isBuilt = true;
}

/** The address sanitizer's library when the program is built with it, "" otherwise: it wants to be loaded first. */
export const sanitizer = /libasan\.so\S* => (\S+)/.exec(execFileSync("ldd", [binary], { encoding: "utf8" }))?.[1] ?? "";

export class Shim {
  constructor(file) {
    this.file = file;
    this.fd = openSync(file, "w+");
    this.state = {};
    writeSync(this.fd, Buffer.alloc(4096));
    this.set();
  }

  get env() {
    return { LD_PRELOAD: [sanitizer, library].filter(Boolean).join(" "), SHIM_CONTROL: this.file };
  }

  /** What is not named goes back to health: {fail: "write" | "meta" | "sync", error, sync_ms, clock_s, unknown}. */
  set({ fail, error = "EIO", sync_ms = 0, clock_s = 0, unknown = true } = {}) {
    const b = Buffer.alloc(24);
    b.writeUInt32LE(fail ? kinds[fail] : 0, 0);
    b.writeInt32LE(errors[error], 4);
    b.writeUInt32LE(sync_ms, 8);
    b.writeUInt32LE(unknown ? 1 : 0, 12);
    b.writeBigInt64LE(BigInt(Math.round(clock_s * 1000)), 16);
    writeSync(this.fd, b, 0, b.length, 0);
  }

  get counts() {
    const b = Buffer.alloc(12);
    readSync(this.fd, b, 0, 12, 24);
    return { failed: b.readUInt32LE(0), syncs: b.readUInt32LE(4), synced: b.readUInt32LE(8) };
  }

  close() {
    closeSync(this.fd);
  }
}

/** A box on a folder of its own, its shim beside it as box.shim. */
export async function shimmed(options = {}) {
  build();
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-test-"));
  const shim = new Shim(path.join(dir, "shim.control"));
  const box = await Box.start({ ...options, dir, env: { ...options.env, ...shim.env } });
  box.shim = shim;
  return box;
}

/** Asks the loop something at every sync that begins until isOver(): it answers before the sync ends.  How many it were. */
export async function answersDuringSyncs(box, isOver) {
  let { syncs } = box.shim.counts, n = 0;
  while (!isOver()) {
    await until(() => isOver() || box.shim.counts.syncs > syncs, 30000);
    ({ syncs } = box.shim.counts);
    const { synced } = box.shim.counts;
    if (isOver() || synced === syncs) continue;
    await box.request("GET", "/healthz");
    assert.equal(box.shim.counts.synced, synced, `sync ${n} held the loop up`);
    n += 1;
  }
  return n;
}

export async function metric(box, name) {
  const { body } = await box.request("GET", "/metrics");
  return Number(new RegExp(`^atalaya_${name} (\\S+)`, "m").exec(body)?.[1]);
}
