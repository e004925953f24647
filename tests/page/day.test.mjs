// day.test.mjs - a whole day on the wall, run by a held clock: 43,200 beats, 28,800 patches, 1,728 turns of the lower panel, 24
// broken lines.  What the page holds at the end is what it held after the first hours.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box } from "../box/lib/box.mjs";
import { launch, live, newPage } from "./lib/browser.mjs";
import { START, states, trend } from "./lib/double.mjs";
import { playDay } from "./lib/day.mjs";
import { holdTime } from "./lib/heldtime.mjs";

const HOURS = 24;
const MEASURED_AT = [4, 9, 14, 19, 24]; /* hours */
const DRAW_MS = 60_000;
const KEPT_GROWTH_MAX = 30_000; /* bytes in 20 hours: an object kept for every hundredth patch would be seen */
const NODES_GROWTH_MAX = 40;
const LISTENERS_GROWTH_MAX = 4;
const TIMERS_GROWTH_MAX = 2;
let browser, box;
before(async () => {
  browser = await launch();
  box = await Box.start();
});
after(async () => {
  await browser?.close();
  await box?.close();
});

/** Lets time go by in the page; the number of timers it still has. */
const goBy = (page, ms) => page.evaluate(([t, draw]) => window.goBy(t, draw), [ms, DRAW_MS]);

/** Bytes of what the page's script keeps: objects, arrays, texts, functions; not the code compiled from it. */
async function kept(cdp) {
  const chunks = [];
  const take = ({ chunk }) => chunks.push(chunk);
  cdp.on("HeapProfiler.addHeapSnapshotChunk", take);
  await cdp.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  cdp.off("HeapProfiler.addHeapSnapshotChunk", take);
  const { snapshot, nodes } = JSON.parse(chunks.join(""));
  const { node_fields, node_types } = snapshot.meta;
  const size = node_fields.indexOf("self_size");
  const counted = new Set(["array", "string", "object", "closure", "regexp", "number", "concatenated string", "sliced string", "symbol"]);
  const isCounted = node_types[0].map((t) => counted.has(t));
  let bytes = 0;
  for (let i = 0; i < nodes.length; i += node_fields.length) if (isCounted[nodes[i]]) bytes += nodes[i + size];
  return bytes;
}

async function measure(cdp) {
  for (let i = 0; i < 3; i++) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
  return { kept: await kept(cdp), heap: usedSize, nodes, listeners: jsEventListeners };
}

test("the page's memory is flat over a day", { timeout: 900_000 }, async () => {
  const page = await newPage(browser);
  await page.addInitScript(holdTime, START);
  await page.addInitScript(playDay, { wall: states.teams(), trend: trend() });
  await page.route("**/api/session", (route) => route.fulfill({ json: { role: "display", name: "t", address: "https://atalaya.local:8443" } }));
  const cdp = await page.context().newCDPSession(page);
  await page.goto(`https://127.0.0.1:${box.port}/wall?lang=es`);
  for (let i = 0; i < 50 && !(await page.$(".tiles")); i++) await goBy(page, 200);
  await live(page);
  const seen = [];
  for (let hour = 1; hour <= HOURS; hour++) {
    const timers = await goBy(page, 3_600_000);
    if (MEASURED_AT.includes(hour)) seen.push({ hour, timers, ...(await measure(cdp)) });
  }
  const counts = await page.evaluate(() => window.dayCounts);
  const first = seen[0];
  const last = seen.at(-1);
  const path = (key) => `${key} ${first[key]} -> ${last[key]}`;
  console.log(`over ${HOURS} h: ${counts.frames} frames, ${counts.sockets} sockets; ${path("kept")} and ${path("heap")} bytes, ${path("nodes")}, ${path("listeners")}`);
  assert.ok(counts.frames > 70_000 && counts.sockets >= HOURS, JSON.stringify(counts));
  assert.equal(await page.$(".wall.old"), null);
  const grown = (key) => last[key] - first[key];
  assert.ok(grown("kept") < KEPT_GROWTH_MAX, JSON.stringify(seen));
  assert.ok(grown("nodes") <= NODES_GROWTH_MAX, JSON.stringify(seen));
  assert.ok(grown("timers") <= TIMERS_GROWTH_MAX, JSON.stringify(seen));
  assert.ok(grown("listeners") <= LISTENERS_GROWTH_MAX, JSON.stringify(seen));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
