// wall.test.mjs - the wall in a real browser against the real program: pairing, live, stale, offline, restart, reload; what it
// costs to open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Box, mention, until } from "../box/lib/box.mjs";
import { launch, live, newPage, overflowing, painted, sizes } from "./lib/browser.mjs";

const WEIGHT_MAX = 120_000; /* bytes over the wire */
let browser, box;
before(async () => {
  browser = await launch();
  box = await Box.start({ demo: true });
});
after(async () => {
  await browser?.close();
  await box?.close();
});

async function open(target, { size = "hd", query = "?lang=es", page } = {}) {
  const opened = page ?? (await newPage(browser, size));
  await opened.goto(`https://127.0.0.1:${target.port}/wall${query}`);
  return opened;
}

for (const size of Object.keys(sizes))
  test(`the demo is alive on ${sizes[size].join(" x ")}`, async () => {
    const page = await open(box, { size });
    await live(page);
    await painted(page);
    await page.waitForSelector(".plot canvas");
    assert.deepEqual(await overflowing(page), []);
    const text = await page.evaluate(() => document.body.innerText);
    assert.match(text, /En plazo hoy/);
    assert.match(text, /demo/);
    assert.match(text, /en directo/);
    assert.match(text, new RegExp(`127\\.0\\.0\\.1:${box.port}`));
    assert.ok(Number(await page.$eval(".waiting .figure", (e) => e.textContent)) > 10, "a history is there already");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test("a mention moves the wall", async () => {
  const page = await open(box);
  await live(page);
  const waiting = () => page.$eval(".hero.waiting .figure", (e) => Number(e.textContent));
  const earlier = await waiting();
  const token = await box.token("source");
  await box.post(token, Array.from({ length: 25 }, () => mention()));
  await until(async () => (await waiting()) >= earlier + 20);
  await page.context().close();
});

test("a new screen shows a code, is approved, and survives a reload and a new browser", async () => {
  const real = await Box.start();
  const page = await open(real);
  const code = await page.waitForSelector(".code:not(.waits)", { timeout: 10000 });
  const text = await code.textContent();
  assert.match(text, /^[A-Z]{4}-[A-Z]{4}$/);
  assert.match(await page.textContent(".alone"), new RegExp(`127\\.0\\.0\\.1:${real.port}`));
  await real.cli("display", "approve", text);
  await live(page);
  await page.reload();
  await live(page);
  assert.equal(await page.$(".code"), null);
  const storageState = await page.context().storageState();
  await page.context().close();
  const next = await newPage(browser, "hd", { storageState });
  await open(real, { page: next, query: "" });
  await live(next);
  assert.match(await next.textContent(".in-time"), /En plazo hoy/, "the language is remembered");
  await next.context().close();
  await real.close();
});

test("a reload shows the figures at once, from the box's snapshot", async () => {
  const page = await open(box);
  await live(page);
  await page.addInitScript(() => {
    window.firstFigures = new Promise((done) => {
      new MutationObserver((_list, self) => {
        const all = [...document.querySelectorAll(".figure")].map((e) => e.textContent);
        if (all.length > 0) {
          self.disconnect();
          done(all);
        }
      }).observe(document, { childList: true, subtree: true });
    });
  });
  await page.reload();
  const first = await page.evaluate(() => window.firstFigures);
  assert.equal(first.length, 5);
  assert.ok(first.every((t) => /\d/.test(t)), first.join());
  const kept = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(kept.filter((k) => !/^atalaya\.(lang|theme|sound)$/.test(k)), [], "a screen keeps no data");
  await page.context().close();
});

test("stale when the box is silent, offline when it is gone, live again by itself after a restart", async () => {
  const real = await Box.start({ demo: true });
  const page = await open(real, { query: "?lang=en" });
  await live(page);
  real.child.kill("SIGSTOP");
  await page.waitForSelector(".notice", { timeout: 12000 });
  assert.match(await page.textContent(".notice"), /No word/);
  assert.ok(await page.$(".wall.old"));
  real.child.kill("SIGCONT");
  await page.waitForSelector(".notice", { state: "detached", timeout: 12000 });
  const { port } = real;
  await real.stop("SIGKILL");
  await page.waitForFunction(() => /No connection/.test(document.querySelector(".notice")?.textContent ?? ""), null, { timeout: 15000 });
  assert.match(await page.textContent("header"), new RegExp(`127\\.0\\.0\\.1:${port}`));
  real.options = { ...real.options, args: ["--port", String(port)] };
  await real.spawn();
  await page.waitForSelector(".notice", { state: "detached", timeout: 40000 });
  assert.equal(await page.$(".wall.old"), null);
  await page.context().close();
  await real.close();
});

const asked = (page) => page.evaluate(() =>
  performance.getEntriesByType("resource").map((r) => new URL(r.name).pathname).filter((n) => !/^\/(live|api)/.test(n)));

test("nothing shifts, from the first paint to the last figure", async () => {
  const page = await newPage(browser);
  await page.addInitScript(() => {
    window.shifts = [];
    const nameOf = (s) => `${s.node?.className || s.node?.parentNode?.className || s.node?.nodeName} ${s.node?.textContent?.slice(0, 20)}`;
    new PerformanceObserver((l) => l.getEntries().forEach((e) => window.shifts.push([e.value, ...e.sources.map(nameOf)]))).observe({
      type: "layout-shift", buffered: true });
  });
  await open(box, { page });
  await live(page);
  await painted(page);
  await until(async () => Number(await page.$eval(".waiting .figure", (e) => e.textContent)) > 0);
  const token = await box.token("source");
  await box.post(token, Array.from({ length: 120 }, () => mention()));
  await until(async () => Number(await page.$eval(".waiting .figure", (e) => e.textContent)) > 100);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  await page.context().close();
});

test("one page, one style, one script, one font, all from the box, under 120 kB", async () => {
  const page = await open(box);
  await live(page);
  await painted(page);
  const names = [...new Set(await asked(page))].filter((n) => !n.endsWith(".svg"));
  assert.deepEqual(names.map((n) => n.split(".").at(-1)).sort(), ["css", "js", "woff2"]);
  const elsewhere = await page.evaluate(() => performance.getEntriesByType("resource").filter((r) => new URL(r.name).host !== location.host).length);
  assert.equal(elsewhere, 0);
  const html = (await box.request("GET", "/wall")).body;
  assert.equal(html.match(/rel="stylesheet"/g).length, 1);
  assert.deepEqual(html.match(/<script[^>]*>/g).map((s) => / type="module"/.test(s)), [true], "one script, and it blocks nothing");
  assert.doesNotMatch(html, / style=|<style|onload=|https?:/);
  const icon = /rel="icon" href="([^"]+)"/.exec(html)[1];
  let bytes = 0;
  for (const name of [...names, icon, "/wall"]) {
    const r = await box.request("GET", name, { headers: { "Accept-Encoding": "gzip" } });
    assert.equal(r.status, 200, name);
    bytes += Number(r.headers["content-length"]);
    const isKept = /immutable/.test(r.headers["cache-control"]);
    assert.equal(isKept, name !== "/wall", `${name}: ${r.headers["cache-control"]}`);
    if (/\.(js|css|svg)$/.test(name)) assert.equal(r.headers["content-encoding"], "gzip");
  }
  console.log(`page weight ${bytes} bytes`);
  assert.ok(bytes > 20_000 && bytes < WEIGHT_MAX, String(bytes));
  await page.context().close();
});

test("the bundle's parts are compressed once, not per request", async () => {
  const r = await box.request("GET", "/wall", { headers: { "Accept-Encoding": "gzip" } });
  assert.ok(Number(r.headers["content-length"]) <= gzipSync(Buffer.from((await box.request("GET", "/wall")).body)).length + 64);
});

test("the first paint waits for no script", async () => {
  const page = await open(box, { page: await newPage(browser, "hd", { javaScriptEnabled: false }) });
  const mark = await page.locator(".mark").boundingBox();
  assert.ok(mark.width > 100 && Math.abs(mark.x + mark.width / 2 - 960) < 1, JSON.stringify(mark));
  await page.context().close();
});

/* Reported, not asserted: it measures this machine as much as the page. */
test("first paint with a cold cache on a CPU four times slower", async () => {
  const page = await newPage(browser);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await open(box, { page });
  await live(page);
  const [paint] = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").map((e) => Math.round(e.startTime)));
  console.log(`first contentful paint ${paint} ms at a quarter of the speed (floor: 1000)`);
  assert.ok(paint > 0);
  await page.context().close();
});
