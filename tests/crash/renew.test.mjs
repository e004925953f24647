// renew.test.mjs - a certificate renewed while clients shake hands as fast as they can, some of them never finishing; on
// the program with the address sanitizer when it was built.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import tls from "node:tls";
import { test } from "node:test";
import { Box, mention, until } from "../box/lib/box.mjs";
import { answersDuringSyncs, shimmed } from "./shim.mjs";

const sanitized = path.resolve("build/asan/atalaya");
const binary = process.env.ATALAYA_BIN ?? (existsSync(sanitized) ? sanitized : undefined);
/* The TLS library itself is not instrumented: what is freed is overwritten, so that using it after is fatal. */
const env = { ASAN_OPTIONS: "max_free_fill_size=1048576:free_fill_byte=222:detect_leaks=1", MALLOC_PERTURB_: "222" };
const DAY_S = 86400;
const stamp = (s) => new Date(s * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");

/** Signs the box's certificate again, under its own authority, so that two thirds of its life end in `seconds`. */
async function age(dir, seconds) {
  const old = new X509Certificate(await readFile(`${dir}/identity/server.crt`));
  const names = old.subjectAltName.split(", ").map((n) => n.replace("IP Address:", "IP:")).join(",");
  const now = Math.floor(Date.now() / 1000), from = now - 20 * DAY_S, to = from + Math.ceil((now + seconds - from) * 1.5);
  const openssl = (...args) => execFileSync("openssl", args, { cwd: dir, stdio: "pipe" });
  await writeFile(`${dir}/index.txt`, "");
  await writeFile(`${dir}/serial`, "0A0B0C");
  await writeFile(`${dir}/ca.cnf`, `[ca]\ndefault_ca=a\n[a]\nnew_certs_dir=${dir}\ndatabase=${dir}/index.txt\nserial=${dir}/serial\n` +
    `certificate=${dir}/identity/ca.crt\nprivate_key=${dir}/identity/ca.key\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n` +
    `[p]\ncommonName=supplied\norganizationName=optional\n[e]\nsubjectAltName=${names}\nbasicConstraints=CA:false\n`);
  openssl("req", "-new", "-key", "identity/server.key", "-subj", "/CN=Atalaya/O=Atalaya", "-out", "box.csr");
  openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-startdate", stamp(from), "-enddate", stamp(to), "-in", "box.csr", "-out", "identity/server.crt");
  return "0A0B0C";
}

/** One handshake, begun `wait` ms after the connection, and one request; the serial of the certificate, undefined when
 * the box would not. */
async function greet(port, wait = 0) {
  const socket = net.connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect").catch(() => {});
  await new Promise((r) => setTimeout(r, wait));
  return new Promise((resolve) => {
    let serial;
    const s = tls.connect({ socket, rejectUnauthorized: false }, () => {
      serial = new X509Certificate(s.getPeerX509Certificate().raw).serialNumber;
      s.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    });
    s.setTimeout(15000, () => s.destroy());
    s.on("data", () => {});
    s.on("error", () => {});
    s.on("close", () => resolve(serial));
  });
}

test("renewed under a storm of handshakes", { timeout: 240_000 }, async () => {
  const box = await Box.start({ binary, env });
  const source = await box.token("source"), display = await box.token("display");
  await box.stop();
  const old = await age(box.dir, 6);
  await box.spawn();
  const walls = await Promise.all(Array.from({ length: 20 }, () => box.live(display)));
  for (const w of walls) w.send({ watch: "wall" });
  const half = Array.from({ length: 10 }, () => net.connect(box.port, "127.0.0.1").on("error", () => {}));

  const serials = new Map();
  let isOver = false, refused = 0;
  const storm = Array.from({ length: 40 }, async (_, i) => {
    while (!isOver) {
      const serial = await greet(box.port, (i % 8) * 100);
      if (serial === undefined) refused += 1;
      else serials.set(serial, (serials.get(serial) ?? 0) + 1);
    }
  });
  const isAlive = () => assert.equal(box.child.signalCode ?? box.child.exitCode, null, box.errors.slice(0, 4000));
  await until(() => isAlive() || serials.get(old) > 20, 60000);
  await until(() => isAlive() || [...serials].some(([serial, n]) => serial !== old && n > 20), 60000);
  isOver = true;
  await Promise.all(storm);
  for (const s of half) s.destroy();
  assert.match(box.errors, /certificate: renewed/);
  assert.equal(serials.size, 2, `${[...serials]}, ${refused} refused`);

  // Who was there before is still there, and newcomers see the new certificate alone.
  for (const w of walls) w.frames.length = 0;
  assert.equal((await box.post(source, mention())).status, 202);
  await Promise.all(walls.map((w) => w.frame((f) => f.set?.waiting === 1)));
  const served = await greet(box.port);
  assert.notEqual(served, old);
  assert.equal(served, new X509Certificate(await readFile(`${box.dir}/identity/server.crt`)).serialNumber);
  await Promise.all(walls.map((w) => w.close()));
  assert.doesNotMatch(box.errors, /AddressSanitizer|runtime error/);
  assert.equal(await box.close(), 0);
});

test("a renewal on a slow disk freezes no screen", { timeout: 60_000 }, async () => {
  const box = await shimmed();
  await box.stop();
  await age(box.dir, 3);
  await box.spawn();
  box.shim.set({ sync_ms: 1000 });
  assert.ok((await answersDuringSyncs(box, () => /certificate: renewed/.test(box.errors))) >= 3);
  box.shim.set();
  assert.equal(await box.close(), 0);
});
