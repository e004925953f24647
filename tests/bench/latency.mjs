// latency.mjs - a mention posted -> its frame at the last of 250 walls, on the disk and on memory beside it.
import { access, mkdtemp } from "node:fs/promises";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { Box } from "../box/lib/box.mjs";
import { heading, median, mention, row, share, size, sleep } from "./lib.mjs";

const WALLS = 250;

async function openBox(folder) {
  const box = await Box.start({ dir: await mkdtemp(path.join(folder, "atalaya-bench-")) });
  const display = await box.token("display");
  const state = { box, token: await box.token("source"), seqs: new Array(WALLS).fill(0), told: undefined, times: [] };
  box.agent = new https.Agent({ keepAlive: true, maxSockets: 4 });
  for (let i = 0; i < WALLS; i++) {
    const live = await box.live(display);
    live.socket.removeAllListeners("message");
    live.socket.on("message", (data) => {
      const found = /"seq":(\d+)/.exec(data.toString("latin1", 0, 120));
      state.seqs[i] = Number(found?.[1] ?? 0);
      state.told?.();
    });
    live.send({ watch: "wall" });
  }
  return state;
}

/** Until every wall has a frame at least as new as the answer's seq; the clock starts before the post. */
async function postAndSee(state) {
  const from = performance.now();
  let answer = Infinity, last;
  const isThere = () => answer !== Infinity && state.seqs.every((s) => s >= answer);
  const seen = new Promise((resolve) => {
    state.told = () => {
      last = performance.now();
      if (isThere()) resolve();
    };
  });
  const r = await state.box.post(state.token, mention());
  if (r.status !== 202) throw new Error(`${r.status} ${r.body}`);
  answer = r.json.seq;
  if (!isThere()) await Promise.race([seen, sleep(5000)]);
  state.told = undefined;
  state.times.push((last ?? performance.now()) - from);
}

export async function benchLatency() {
  const folders = [os.tmpdir()];
  await access("/dev/shm").then(() => folders.push("/dev/shm"), () => {});
  const boxes = [];
  for (const folder of folders) boxes.push(await openBox(folder));
  await sleep(1000);
  for (let i = 0; i < size.posts + 3; i++)
    for (const state of boxes) {
      await postAndSee(state);
      await sleep(150 + Math.random() * 250);
    }
  heading(`Mention posted -> frame at the last of ${WALLS} walls, ${size.posts} posts, one generator for all of them`);
  const [disk, ram] = boxes.map((s) => s.times.slice(3));
  row("p50", median(disk), "ms", "reported", 1);
  row("p99", share(disk, 0.99), "ms", "reported", 1);
  if (ram) {
    row("  p50 with the file in memory", median(ram), "ms", "reported", 1);
    row("  p99 with the file in memory", share(ram, 0.99), "ms", "reported", 1);
    row("  so that of the p50 the disk is", median(disk) - median(ram), "ms", "reported", 1);
  }
  for (const state of boxes) {
    state.box.agent.destroy();
    state.box.agent = undefined;
    await state.box.close();
  }
}
