// browser.mjs - a real browser, the four sizes, and what every wall must be whatever it shows.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const sizes = { small: [1280, 720], hd: [1920, 1080], uhd: [3840, 2160], portrait: [1080, 1920] };
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** `more`: further flags. */
export const launch = (...more) => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...more] });

/** A new page of its own, that keeps what it complains of in `page.faults`. */
export async function newPage(browser, size = "hd", more = {}) {
  const [width, height] = sizes[size];
  const context = await browser.newContext({ viewport: { width, height }, ignoreHTTPSErrors: true, timezoneId: "Europe/Madrid", ...more });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (e) => page.faults.push(e.message));
  page.on("console", (m) => {
    if (/Content Security Policy/.test(m.text())) page.faults.push(m.text());
  });
  return page;
}

export const live = (page) => page.waitForSelector(".tiles", { timeout: 15000 });
export const painted = (page) => page.evaluate(() => document.fonts.ready.then(() => undefined));

/** Texts that leave their panel or lie on each other, and panels that leave the screen. */
export const overflowing = (page) =>
  page.evaluate(() => {
    const found = [];
    const texts = "h1, h2, .figure, .foot > span, dd, dt, .follow-ups b, .follow-ups span, li > b, li > span, li.key, p, th, td, " +
      ".clock, .address, .state, .brand, .badge";
    const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    for (const part of document.querySelectorAll(".tile, .panel, header, .alone")) {
      const box = part.getBoundingClientRect();
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`${part.className} leaves the screen`);
      const inner = [...part.querySelectorAll(texts)].map((el) => ({ el, r: el.getBoundingClientRect() })).filter(({ r }) => r.width > 0);
      for (const { el, r } of inner) {
        const range = document.createRange();
        range.selectNodeContents(el);
        const t = range.getBoundingClientRect();
        const cuts = getComputedStyle(el).textOverflow === "ellipsis";
        if (r.right > box.right + 1 || r.left < box.left - 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) found.push(`${part.className}: ${el.textContent}`);
        else if (!cuts && (t.right > box.right + 1 || t.left < box.left - 1)) found.push(`${part.className}: ${el.textContent} runs over`);
      }
      const leaves = inner.filter(({ el }) => !el.querySelector(texts));
      for (const a of leaves) for (const b of leaves) if (a !== b && !a.el.contains(b.el) && !b.el.contains(a.el) && meets(a.r, b.r))
        found.push(`${part.className}: ${a.el.textContent} on ${b.el.textContent}`);
    }
    return [...new Set(found)];
  });

/** [text, CSS pixels, element] of every text on the page. */
export const textSizes = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((el) => getComputedStyle(el).visibility !== "hidden" && [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
      .map((el) => [el.textContent.trim(), parseFloat(getComputedStyle(el).fontSize), `${el.parentElement.className}>${el.tagName}`]));

/** Texts whose colour stands out from what lies behind by less than `least`:1 (WCAG's formula; axe allows large text less). */
export const faint = (page, least = 7) =>
  page.evaluate((min) => {
    const parts = (c) => c.match(/[\d.]+/g).map(Number);
    const light = (c) => {
      const [r, g, b] = parts(c).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (el) => {
      for (let e = el; e; e = e.parentElement) {
        const { backgroundColor } = getComputedStyle(e);
        if ((parts(backgroundColor)[3] ?? 1) === 1) return backgroundColor;
      }
      return "rgb(255, 255, 255)";
    };
    return [...document.querySelectorAll("main *")].filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
      .filter((el) => getComputedStyle(el).visibility !== "hidden")
      .map((el) => {
        const [a, b] = [light(getComputedStyle(el).color), light(behind(el))].sort((x, y) => y - x);
        return [el.textContent, Math.round(((a + 0.05) / (b + 0.05)) * 100) / 100];
      })
      .filter(([, ratio]) => ratio < min);
  }, least);

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core holds against the page; every rule it has, 7:1 contrast among them. */
export async function violations(page) {
  await page.evaluate(await axe);
  const result = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  return result.violations.map((v) => [v.id, ...v.nodes.map((n) => n.html).slice(0, 4)]);
}
