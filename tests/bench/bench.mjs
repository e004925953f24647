// bench.mjs - what the box costs: CPU and bytes, ratios within this run, the floor beside each figure.  Nothing here fails.
import { benchFanout } from "./fanout.mjs";
import { benchSize, endIdle, startIdle } from "./idle.mjs";
import { benchStore } from "./ingest.mjs";
import { benchLatency } from "./latency.mjs";
import { nMissed } from "./lib.mjs";

const from = Date.now();
const wanted = (process.env.BENCH_PARTS ?? "size idle fanout store latency").split(" ");
const does = (part) => wanted.includes(part);

const idle = does("idle") ? await startIdle() : undefined;
if (does("size")) await benchSize();
if (does("fanout")) await benchFanout();
if (does("store")) await benchStore();
if (does("latency")) await benchLatency();
if (idle) await endIdle(idle);
console.log(`\n${nMissed()} floors missed; ${((Date.now() - from) / 60000).toFixed(1)} minutes`);
