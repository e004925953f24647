// states.test.mjs - every state of the wall at every size: a picture of each in build/pictures, nothing cut or overlapping,
// everything as large and as clear as a room needs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdir } from "node:fs/promises";
import { Box } from "../box/lib/box.mjs";
import { faint, launch, live, newPage, overflowing, painted, sizes, textSizes, violations } from "./lib/browser.mjs";
import { Double, states } from "./lib/double.mjs";

const HOLD_MS = 6000;
const PT = 96 / 72; /* CSS pixels */
const LINE_MAX = 35;
const looks = [["es", "dark"], ["en", "light"]];
let browser, box;
before(async () => {
  await mkdir("build/pictures", { recursive: true });
  browser = await launch();
  box = await Box.start();
});
after(async () => {
  await browser?.close();
  await box?.close();
});

async function open(size, lang, theme, options) {
  const page = await newPage(browser, size);
  const double = await Double.on(page, options);
  await page.goto(`https://127.0.0.1:${box.port}/wall?lang=${lang}&theme=${theme}`);
  return { page, double };
}

async function show({ page, double }, name) {
  await double.show("wall", states[name]());
  await double.pass(HOLD_MS);
  if (name === "teams") for (let i = 0; i < 30 && !(await page.$(".teams")); i++) await double.pass(2000);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
}

const linesOf = (page) => page.evaluate(() => [...document.querySelectorAll("main *")]
  .filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).flatMap((el) => el.innerText.split("\n")));

async function isFit(page, what) {
  assert.deepEqual(await overflowing(page), [], what);
  assert.deepEqual((await linesOf(page)).filter((line) => line.length > LINE_MAX), [], what);
  assert.match(await page.evaluate(() => document.body.innerText), /:\d{4,5}/, `${what}: the address of the box`);
}

for (const size of Object.keys(sizes))
  for (const [lang, theme] of looks)
    test(`live states fit: ${size} ${lang} ${theme}`, async () => {
      const at = await open(size, lang, theme);
      await live(at.page);
      await painted(at.page);
      for (const name of Object.keys(states)) {
        await show(at, name);
        await isFit(at.page, name);
        assert.match(await at.page.textContent("header"), lang === "es" ? /en directo/ : /live/, name);
        await at.page.screenshot({ path: `build/pictures/${name}-${size}-${lang}-${theme}.png` });
      }
      await at.page.evaluate(() => document.documentElement.classList.add("swapped"));
      await isFit(at.page, "swapped");
      await at.page.screenshot({ path: `build/pictures/swapped-${size}-${lang}-${theme}.png` });
      assert.deepEqual(at.page.faults, []);
      await at.page.context().close();
    });

for (const size of Object.keys(sizes))
  for (const [lang, theme] of looks)
    test(`states without a live box fit: ${size} ${lang} ${theme}`, async () => {
      const es = lang === "es";
      const picture = async (page, name, words) => {
        await painted(page);
        await isFit(page, name);
        assert.match(await page.evaluate(() => document.body.innerText), words, name);
        await page.screenshot({ path: `build/pictures/${name}-${size}-${lang}-${theme}.png` });
      };
      const loading = await open(size, lang, theme, { session: "never" });
      await loading.page.waitForSelector(".alone");
      await picture(loading.page, "loading", es ? /Cargando/ : /Loading/);
      await loading.double.down();
      await loading.page.clock.runFor(9000);
      await picture(loading.page, "never-heard", es ? /Sin conexión.*\s+desde hace \d+ s/ : /No connection.*\s+for \d+ s/);
      await loading.page.context().close();
      const unpaired = await open(size, lang, theme, { session: null });
      await unpaired.page.waitForSelector(".code:not(.waits)");
      await picture(unpaired.page, "pairing", es ? /sin emparejar\s+[A-Z]{4}-[A-Z]{4}/ : /not paired\s+[A-Z]{4}-[A-Z]{4}/);
      await unpaired.page.context().close();
      const lost = await open(size, lang, theme);
      await live(lost.page);
      lost.double.isSilent = true;
      await lost.page.clock.runFor(7000);
      const noWord = es ? /Sin noticias.*\s+desde hace \d+ s\s+Datos.* 10:47/ : /No word.*\s+for \d+ s\s+Data.* 10:47/;
      await picture(lost.page, "stale", noWord);
      await lost.double.down();
      await lost.page.clock.runFor(200_000);
      await picture(lost.page, "offline", es ? /Sin conexión.*\s+desde hace 3 min/ : /No connection.*\s+for 3 min/);
      await lost.page.context().close();
    });

/** Points that each part must reach at 1920 x 1080, by a selector of what is in it. */
const floors = [
  [".tile .figure, .agents dd", 96], [".hero .figure", 100], ["h1, h2, .clock", 36], [".tile h2, .notice h2, .alone h1", 48],
  [".brand, .notice p, .alone .how", 36], ["main *", 32],
];

test("nothing is smaller than a room can read", async () => {
  const at = await open("hd", "es", "dark");
  await live(at.page);
  for (const name of Object.keys(states)) {
    await show(at, name);
    const small = (await textSizes(at.page)).filter(([, px]) => px < 32 * PT);
    assert.deepEqual(small, [], name);
    if (name === "flood") continue;
    for (const [selector, pt] of floors) {
      const px = await at.page.$$eval(selector, (all) => all.filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .map((el) => parseFloat(getComputedStyle(el).fontSize)));
      assert.ok(px.every((v) => v >= pt * PT - 0.01), `${name}: ${selector} has ${Math.min(...px) / PT} pt`);
    }
  }
  const capital = await at.page.$eval(".risk-count .figure", (el) => parseFloat(getComputedStyle(el).fontSize) * 0.727);
  assert.ok(capital >= 96, `capitals of a main figure: ${capital} px`);
  await at.page.context().close();
});

for (const theme of ["dark", "light"])
  test(`axe has nothing against any state, and contrast is 7:1: ${theme}`, async () => {
    const at = await open("hd", "es", theme);
    await live(at.page);
    for (const name of Object.keys(states)) {
      await show(at, name);
      assert.deepEqual(await violations(at.page), [], name);
      assert.deepEqual(await faint(at.page), [], name);
    }
    assert.equal(await at.page.title(), "Atalaya");
    assert.equal(await at.page.evaluate(() => document.documentElement.lang), "es");
    await at.page.context().close();
    for (const session of [null, "never"]) {
      const alone = await open("hd", "en", theme, { session });
      await alone.page.waitForSelector(session === null ? ".code:not(.waits)" : ".alone");
      assert.deepEqual(await violations(alone.page), []);
      assert.deepEqual(await faint(alone.page), []);
      assert.equal(await alone.page.evaluate(() => document.documentElement.lang), "en");
      await alone.page.context().close();
    }
  });

/** Two of opposite meaning never touch: calm is blue, and no part of the picture is green. */
test("no colour of a state is green, and late differs from calm in shape too", async () => {
  for (const theme of ["dark", "light"]) {
    const at = await open("hd", "es", theme);
    await live(at.page);
    for (const dim of [false, true]) {
      const greens = await at.page.evaluate((isDim) => {
        document.documentElement.toggleAttribute("data-dim", isDim);
        const probe = document.body.appendChild(document.createElement("i"));
        return ["calm", "soon", "risk", "late"].flatMap((p) => [p, `${p}-fill`]).filter((name) => {
          probe.style.color = `var(--${name})`;
          const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
          return g > r && g > b;
        });
      }, dim);
      assert.deepEqual(greens, []);
    }
    await show(at, "late");
    const shapes = await at.page.$$eval(".shape", (all) => Object.fromEntries(all.map((s) => [s.classList[1], s.firstElementChild.getAttribute("d")])));
    assert.ok(Object.keys(shapes).length >= 3);
    assert.equal(new Set(Object.values(shapes)).size, Object.keys(shapes).length);
    await at.page.context().close();
  }
});
