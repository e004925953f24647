// laggards.test.mjs - 50 watchers that never read, beside 200 that do: memory stays bounded, the deaf are cut, and the others
// get every change.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { once } from "node:events";
import tls from "node:tls";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { Box, merge, mention, until } from "../box/lib/box.mjs";
import { metric, sanitizer } from "./shim.mjs";

const LIVE = 200, DEAF = 50;
const watch = { watch: "queue", team: "*", limit: 200 };

const anonBytes = async (pid) => 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))[1]);
const stateOf = (l, view) => l.frames.filter((f) => f.view === view).reduce((s, f) => (f.full ? f.full : merge(s, f.set)), {});

function frame(text) {
  const data = Buffer.from(text), mask = randomBytes(4);
  return Buffer.concat([Buffer.from([0x81, 0x80 | data.length]), mask, data.map((b, i) => b ^ mask[i % 4])]);
}

/** A socket that asks for the queue again and again, and reads nothing of it. */
async function deaf(box, token) {
  const socket = tls.connect({ host: "127.0.0.1", port: box.port, rejectUnauthorized: false, highWaterMark: 1024 });
  socket.on("error", () => {});
  await once(socket, "secureConnect");
  socket.write(`GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Protocol: atalaya.v1\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await once(socket, "data");
  socket.pause();
  const asking = setInterval(() => socket.write(frame(JSON.stringify(watch))), 50);
  socket.on("close", () => clearInterval(asking));
  return { socket, asking };
}

test(`${DEAF} watchers that never read, ${LIVE} that do`, { timeout: 180_000 }, async (t) => {
  const box = await Box.start();
  const source = await box.token("source"), agent = await box.token("agent", "Ana"), display = await box.token("display");
  await box.post(source, Array.from({ length: 250 }, () => mention({ text: "no funciona ".repeat(30) })));
  const live = [];
  for (let i = 0; i < LIVE; i++) {
    const l = await box.live(i % 10 === 0 ? agent : display);
    l.send(i % 10 === 0 ? watch : { watch: "wall" });
    live.push(l);
  }
  const before = await anonBytes(box.pid);
  const deafs = [];
  for (let i = 0; i < DEAF; i++) deafs.push(await deaf(box, agent));
  assert.equal(await metric(box, "live_sockets"), LIVE + DEAF);

  // Load goes on until all that do not read are gone.
  let most = 0, n = 0;
  await until(async () => {
    await box.post(source, mention({ text: `urgente, ayuda ${n}` }));
    n += 1;
    most = Math.max(most, await anonBytes(box.pid));
    return (await metric(box, "laggards_cut_total")) === DEAF;
  }, 120_000);
  for (const d of deafs) clearInterval(d.asking);
  t.diagnostic(`${n} posts; grew by ${((most - before) / DEAF / 1024).toFixed(0)} KiB for each that did not read`);
  assert.ok(n > 50, `${n} posts`);
  if (!sanitizer) assert.ok(most - before < DEAF * 300_000, `grew by ${most - before} bytes`);
  assert.equal(await metric(box, "live_sockets"), LIVE);
  for (const d of deafs) d.socket.destroy();

  // Who reads has everything: all alike, and like a newcomer's.
  const fresh = await box.live(agent);
  fresh.send({ watch: "wall" });
  fresh.send(watch);
  await fresh.frame((f) => f.view === "wall" && f.full);
  await fresh.frame((f) => f.view === "queue" && f.full);
  await until(() => stateOf(fresh, "wall").waiting === 250 + n); // the last post may still be on its way: 100 ms
  for (const [i, l] of live.entries()) {
    const view = i % 10 === 0 ? "queue" : "wall";
    await until(() => JSON.stringify(stateOf(l, view).order ?? stateOf(l, view).waiting) === JSON.stringify(stateOf(fresh, view).order ?? stateOf(fresh, view).waiting));
    assert.deepEqual(stateOf(l, view), stateOf(fresh, view));
    assert.ok(l.frames.filter((f) => f.view === view).length > 10);
  }
  if (!sanitizer) await until(async () => (await anonBytes(box.pid)) < before + 8_000_000);
  await Promise.all([...live, fresh].map((l) => l.close()));
  assert.equal(await box.close(), 0);
});
