// wall.test.mjs - the wall in a real browser against the real program: pairing, live, stale, offline, restart, reload, both
// languages, all sizes.  Pictures go to build/shots.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { mkdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { Box, mention, until } from "../box/lib/box.mjs";

const sizes = { small: [1280, 720], hd: [1920, 1080], uhd: [3840, 2160], portrait: [1080, 1920] };
let browser, box;
before(async () => {
  await mkdir("build/shots", { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  box = await Box.start({ demo: true });
});
after(async () => {
  await browser?.close();
  await box?.close();
});

async function open(target, { size = "hd", query = "?lang=es", context } = {}) {
  const [width, height] = sizes[size];
  const c = context ?? (await browser.newContext({ viewport: { width, height }, ignoreHTTPSErrors: true }));
  const page = await c.newPage();
  page.faults = [];
  page.on("pageerror", (e) => page.faults.push(e.message));
  page.on("console", (m) => {
    if (/Content Security Policy/.test(m.text())) page.faults.push(m.text());
  });
  await page.goto(`https://127.0.0.1:${target.port}/wall${query}`);
  return page;
}

const shot = (page, name) => page.screenshot({ path: `build/shots/${name}.png` });
const live = (page) => page.waitForSelector(".tiles", { timeout: 15000 });

/** Texts that leave their tile, and tiles that leave the screen. */
const overflowing = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const tile of document.querySelectorAll(".tile, .panel, header")) {
      const box = tile.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${tile.className} leaves the screen`);
      for (const el of tile.querySelectorAll("h2, .figure, .foot span, dd, dt, b, li span, .legend span, .clock, .address")) {
        const r = el.getBoundingClientRect();
        if (r.width > 0 && (r.right > box.right + 1 || r.bottom > box.bottom + 1 || r.left < box.left - 1 || r.top < box.top - 1))
          found.push(`${tile.className}: ${el.textContent}`);
      }
    }
    return found;
  });

for (const size of Object.keys(sizes))
  for (const lang of ["es", "en"])
    for (const theme of ["dark", "light"])
      test(`fits: ${size} ${lang} ${theme}`, async () => {
        const page = await open(box, { size, query: `?lang=${lang}&theme=${theme}` });
        await live(page);
        await page.waitForTimeout(400);
        await shot(page, `${size}-${lang}-${theme}`);
        assert.deepEqual(await overflowing(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        const text = await page.evaluate(() => document.body.innerText);
        assert.match(text, lang === "es" ? /En plazo hoy/ : /In time today/);
        assert.match(text, new RegExp(`127\\.0\\.0\\.1:${box.port}`));
        assert.deepEqual(page.faults, []);
        await page.context().close();
      });

test("nothing on the wall is smaller than 32 pt at 1920 x 1080, and contrast is at least 7:1", async () => {
  for (const theme of ["dark", "light"]) {
    const page = await open(box, { query: `?lang=es&theme=${theme}` });
    await live(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("main *")].filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .map((el) => [el.textContent.trim(), parseFloat(getComputedStyle(el).fontSize)]).filter(([, px]) => px < 42.6));
    assert.deepEqual(small, []);
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["color-contrast-enhanced", "html-has-lang", "document-title", "list", "aria-allowed-role"] }));
    assert.deepEqual(result.violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 4)]), []);
    await page.context().close();
  }
});

test("a mention moves the wall", async () => {
  const page = await open(box);
  await live(page);
  const waiting = () => page.$eval(".hero.waiting .figure", (e) => Number(/\d+/.exec(e.textContent)[0]));
  const before = await waiting();
  const token = await box.token("source");
  await box.post(token, Array.from({ length: 25 }, () => mention()));
  await until(async () => (await waiting()) >= before + 20);
  await page.context().close();
});

test("a new screen shows a code, is approved, and survives a reload", async () => {
  const real = await Box.start();
  const page = await open(real, { query: "?lang=es" });
  const code = await page.waitForSelector(".code:not(.quiet)", { timeout: 10000 });
  const text = await code.textContent();
  await shot(page, "pairing-es");
  assert.match(text, /^[A-Z]{4}-[A-Z]{4}$/);
  await real.cli("display", "approve", text);
  await live(page);
  await page.reload();
  await live(page);
  assert.equal(await page.$(".code"), null);
  await page.context().close();
  await real.close();
});

test("stale when the box is silent, offline when it is gone, live again by itself after a restart", async () => {
  const real = await Box.start({ demo: true });
  const page = await open(real, { query: "?lang=en" });
  await live(page);
  real.child.kill("SIGSTOP");
  await page.waitForSelector(".banner.late", { timeout: 12000 });
  assert.match(await page.textContent(".banner"), /No word from the box/);
  assert.ok(await page.$(".wall.old"));
  await shot(page, "stale-en");
  real.child.kill("SIGCONT");
  await page.waitForSelector(".banner.late", { state: "detached", timeout: 12000 });
  const { port } = real;
  await real.stop("SIGKILL");
  await page.waitForFunction(() => /No connection/.test(document.querySelector(".banner")?.textContent ?? ""), null, { timeout: 15000 });
  await shot(page, "offline-en");
  real.options = { ...real.options, args: ["--port", String(port)] };
  await real.spawn();
  await page.waitForSelector(".banner.late", { state: "detached", timeout: 30000 });
  assert.equal(await page.$(".wall.old"), null);
  await page.context().close();
  await real.close();
});

test("no layout shift, and the page weighs less than 120 kB", async () => {
  const page = await open(box);
  await page.evaluate(() => {
    window.shifts = [];
    const nameOf = (s) => `${s.node?.className || s.node?.parentNode?.className || s.node?.nodeName} ${s.node?.textContent?.slice(0, 20)}`;
    new PerformanceObserver((l) => l.getEntries().forEach((e) => window.shifts.push([e.value, ...e.sources.map(nameOf)]))).observe({
      type: "layout-shift", buffered: true });
  });
  await live(page);
  await page.waitForTimeout(2500);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  const names = await page.evaluate(() => performance.getEntriesByType("resource").map((r) => r.name).filter((n) => !/\/(live|api)/.test(n)));
  let bytes = 0;
  for (const name of new Set([...names, `https://127.0.0.1:${box.port}/wall`])) {
    const r = await box.request("GET", new URL(name).pathname, { headers: { "Accept-Encoding": "gzip" } });
    bytes += Number(r.headers["content-length"]);
  }
  console.log(`page weight ${bytes} bytes`);
  assert.ok(bytes > 20000 && bytes < 120000, String(bytes));
  await page.context().close();
});

test("the bundle's parts are compressed once, not per request", async () => {
  const r = await box.request("GET", "/wall", { headers: { "Accept-Encoding": "gzip" } });
  assert.ok(Number(r.headers["content-length"]) <= gzipSync(Buffer.from((await box.request("GET", "/wall")).body)).length + 64);
});
