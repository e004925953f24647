// behaviour.test.mjs - what a wall does over time, with a box and a clock that the test holds: colours that hold, one flash,
// sound only when asked for, ages by the box's clock, old data dated, pairing and loading that recover by themselves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box } from "../box/lib/box.mjs";
import { launch, live, newPage } from "./lib/browser.mjs";
import { Double, START, states, wall } from "./lib/double.mjs";

const MIN = 60_000;
let browser, box;
before(async () => {
  browser = await launch();
  box = await Box.start();
});
after(async () => {
  await browser?.close();
  await box?.close();
});

async function open({ query = "?lang=es", context = {}, init, ...options } = {}) {
  const page = await newPage(browser, "hd", context);
  const double = await Double.on(page, options);
  if (init) await page.addInitScript(init);
  await page.goto(`https://127.0.0.1:${box.port}/wall${query}`);
  return { page, double };
}

const classOf = (page, selector) => page.$eval(selector, (e) => [...e.classList]);
const is = async (page, selector, name, why) => assert.ok((await classOf(page, selector)).includes(name), why ?? `${selector} is not ${name}`);
const isNot = async (page, selector, name, why) => assert.ok(!(await classOf(page, selector)).includes(name), why ?? `${selector} is ${name}`);
const figure = (page, name) => page.$eval(`.${name} .figure`, (e) => e.textContent);
const done = (page) => page.context().close();

test("a colour rises at once, and falls only after it has been lower for a moment", async () => {
  const { page, double } = await open();
  await live(page);
  await double.show("wall", wall({ late: 1, at_risk: 1 }));
  await double.pass(1000);
  await is(page, ".late-count", "late");
  await is(page, ".risk-count", "risk");
  for (const at_risk of [0, 1, 0, 1, 0]) {
    await double.show("wall", wall({ at_risk }));
    await double.pass(2000);
    await is(page, ".risk-count", "risk", "it must not flicker");
  }
  await double.pass(8000);
  await is(page, ".late-count", "calm");
  await is(page, ".risk-count", "calm");
  await done(page);
});

test("one flash of at most three seconds when something becomes late, and nothing else moves", async () => {
  const { page, double } = await open();
  await live(page);
  const moving = () => page.evaluate(() => document.getAnimations().map((a) => [a.animationName, a.effect.getComputedTiming().endTime]));
  await double.show("wall", wall({ late: 1 }));
  await double.pass(500);
  assert.deepEqual(await moving(), [["flash", 2400]]);
  await double.pass(3000);
  await isNot(page, ".late-count", "flash");
  for (const late of [1, 0]) {
    await double.show("wall", wall({ late }));
    await double.pass(500);
    await isNot(page, ".late-count", "flash", `${late} is no news`);
  }
  await double.show("wall", wall({ late: 2 }));
  await double.show("wall", wall({ late: 1 }));
  await double.pass(3000);
  await isNot(page, ".late-count", "flash", "it ends although the count fell meanwhile");
  const animated = await page.evaluate(() => [...document.styleSheets].flatMap((s) => [...s.cssRules]).filter((r) => r.style)
    .filter((r) => r.style.transition || r.style.animationName || r.style.animation).map((r) => r.selectorText));
  assert.deepEqual(animated, [".tile.flash"]);
  await done(page);
});

test("who asked for less motion sees no flash", async () => {
  const { page, double } = await open({ context: { reducedMotion: "reduce" } });
  await live(page);
  await double.show("wall", wall({ late: 1 }));
  await double.pass(300);
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await done(page);
});

test("late cases found after a gap are no news", async () => {
  const { page, double } = await open();
  await live(page);
  double.isSilent = true;
  await page.clock.runFor(7000);
  await page.waitForSelector(".wall.old");
  double.isSilent = false;
  await double.show("wall", wall({ late: 9 }));
  await page.waitForSelector(".wall:not(.old)");
  await isNot(page, ".late-count", "flash");
  await done(page);
});

test("sound: never by default, once when late begins, never outside hours", async () => {
  const spy = () => {
    window.tones = 0;
    const Real = window.OscillatorNode;
    const { start } = Real.prototype;
    Real.prototype.start = function (...a) {
      window.tones += 1;
      return start.apply(this, a);
    };
  };
  const play = async (query, at_work) => {
    const { page, double } = await open({ query, init: spy });
    await live(page);
    for (const late of [0, 1, 2, 0, 3]) {
      await double.show("wall", wall({ late, at_work }));
      await double.pass(1000);
    }
    const tones = await page.evaluate(() => window.tones);
    await done(page);
    return tones;
  };
  assert.equal(await play("?lang=es", true), 0);
  assert.equal(await play("?lang=es&sound=1", true), 2);
  assert.equal(await play("?lang=es&sound=1", false), 0);
});

test("the picture moves 5 to 10 pixels every ten minutes, parts change places every thirty; the six stay put", async () => {
  const { page, double } = await open();
  await live(page);
  await double.show("wall", states.teams());
  const place = () => page.evaluate(() => {
    const root = document.getElementById("root").getBoundingClientRect();
    const six = [...document.querySelectorAll(".tile")].map((t) => t.getBoundingClientRect())
      .map((r) => [r.left - root.left, r.top - root.top, r.width, r.height]);
    const swapped = document.documentElement.classList.contains("swapped");
    return { x: root.left, y: root.top, six, swapped, lower: document.querySelector(".lower").firstElementChild.className };
  });
  const first = await place();
  let before = first;
  const lowers = new Set();
  const swaps = [];
  for (let ten = 1; ten <= 12; ten++) {
    for (let s = 0; s < 600; s += 25) {
      await page.clock.runFor(12_500);
      await double.beat();
      await page.clock.runFor(12_500);
      await double.beat();
      lowers.add((await place()).lower);
    }
    const now = await place();
    const moved = Math.hypot(now.x - before.x, now.y - before.y);
    assert.ok(moved >= 5 && moved <= 10, `moved ${moved} px`);
    assert.ok(Math.abs(now.x) <= 10 && Math.abs(now.y) <= 10);
    assert.deepEqual(now.six, first.six);
    swaps.push(now.swapped);
    before = now;
  }
  assert.deepEqual(swaps, [false, false, true, true, true, false, false, false, true, true, true, false]);
  assert.ok([...lowers].some((c) => /teams/.test(c)) && [...lowers].some((c) => /trend/.test(c)), [...lowers].join());
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).cursor), "none");
  await done(page);
});

test("an incident stays in sight: no turn of the lower panel takes it away", async () => {
  const { page, double } = await open();
  await live(page);
  await double.show("wall", { ...states.teams(), incident: states.incident().incident });
  for (let s = 0; s < 60; s += 4) {
    await double.pass(4000);
    assert.match(await page.textContent(".lower"), /Avería de fibra en el sur/);
  }
  await done(page);
});

test("ages and the clock on the wall follow the box, not the screen", async () => {
  const { page, double } = await open({ session: { role: "display", name: "t", tz: "America/Lima", address: "https://atalaya.local:8443" } });
  await live(page);
  double.now = async () => START + 3 * 60 * MIN + (await page.evaluate(() => Math.round(performance.now())));
  await double.show("wall", wall({}, START + 3 * 60 * MIN));
  await double.pass(2000);
  assert.match(await page.textContent(".clock"), /^07:47$/);
  assert.match(await figure(page, "longest"), /^22/);
  await double.pass(2 * MIN);
  assert.match(await figure(page, "longest"), /^24/);
  await done(page);
});

test("outside hours the wall is dim, and says so", async () => {
  const { page, double } = await open();
  await live(page);
  const light = () => page.evaluate(() => getComputedStyle(document.querySelector(".waiting .figure")).color.match(/\d+/g).map(Number).reduce((a, b) => a + b));
  const bright = await light();
  await double.show("wall", states.quiet());
  await double.pass(1000);
  assert.ok((await light()) < 0.85 * bright);
  assert.match(await page.textContent("header"), /fuera de horario/);
  await double.show("wall", wall());
  await double.pass(1000);
  assert.equal(await light(), bright);
  await done(page);
});

test("old data is dimmed and dated, with the day once it is not today's", async () => {
  const { page, double } = await open();
  await live(page);
  await double.down();
  await page.clock.fastForward(15 * MIN);
  await page.waitForSelector(".notice");
  await page.clock.runFor(2000);
  assert.match(await page.textContent(".notice"), /Sin conexión.*15 min.*10:47/);
  assert.ok(await page.$eval(".wall.old .tiles", (e) => getComputedStyle(e).opacity < 0.6));
  await page.clock.fastForward(26 * 60 * MIN);
  await page.clock.runFor(2000);
  assert.match(await page.textContent(".notice"), /1 d 2 h.*3 mar, 10:47/);
  await done(page);
});

test("a screen that waits for its code says when the box is gone, and goes on when it is back", async () => {
  const { page, double } = await open({ session: null });
  await page.waitForSelector(".code:not(.waits)");
  double.isUp = false;
  await page.clock.runFor(6000);
  await page.waitForSelector(".code.waits", { state: "attached" });
  assert.match(await page.textContent("h1"), /Buscando/);
  double.isUp = true;
  await page.clock.runFor(6000);
  await page.waitForSelector(".code:not(.waits)");
  double.session = { role: "display", name: "t" };
  await page.route("**/api/pair/token", (route) => route.fulfill({ json: { name: "t" } }));
  for (let i = 0; i < 10 && !(await page.$(".tiles")); i++) await page.clock.runFor(2000);
  await live(page);
  await done(page);
});

test("a screen that is revoked shows a code, and nothing of what it knew when it is trusted again", async () => {
  const { page, double } = await open();
  await live(page);
  await page.route("**/api/pair**", (route) => double.pair(route));
  double.session = null;
  for (const socket of double.sockets) await socket.close({ code: 4401 });
  await page.waitForSelector(".code:not(.waits)");
  double.accept = () => {};
  double.session = { role: "display", name: "t" };
  await page.route("**/api/pair/token", (route) => route.fulfill({ json: { name: "t" } }));
  for (let i = 0; i < 40 && (await page.$(".code")); i++) await page.clock.runFor(500);
  assert.match(await page.textContent("h1"), /Cargando/);
  assert.equal(await page.$(".tiles"), null);
  await done(page);
});

test("a request that hangs does not keep the wall from trying again", async () => {
  const { page, double } = await open();
  await live(page);
  double.session = "never";
  double.isSilent = true;
  await double.down();
  double.isUp = true;
  double.accept = (socket) => void socket.close({ code: 1012 });
  await page.clock.runFor(15_000);
  delete double.accept;
  double.isSilent = false;
  double.session = { role: "display", name: "t" };
  for (let i = 0; i < 60 && (await page.$(".wall.old")); i++) {
    await page.clock.runFor(1000);
    await page.waitForTimeout(200);
  }
  assert.equal(await page.$(".wall.old"), null);
  await done(page);
});

test("a box that comes back with a newer page is shown by the newer page", async () => {
  const { page, double } = await open();
  await live(page);
  const comeBack = async () => {
    await double.down();
    await page.clock.runFor(7000);
    double.isUp = true;
    for (let i = 0; i < 30 && !(await page.$(".wall:not(.old)")); i++) {
      await page.clock.runFor(1000);
      await page.waitForTimeout(50);
    }
    assert.ok(await page.$(".wall:not(.old)"));
  };
  await page.evaluate(() => (window.isTheOldPage = true));
  await comeBack();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.isTheOldPage), true, "the same page stays");
  await page.route("**/wall", async (route) => {
    const known = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/html", body: known.replace(/app-\w+\.js/, "app-NEWER000.js") });
  });
  let isReplaced = false;
  page.once("framenavigated", () => (isReplaced = true));
  await comeBack().catch(() => {});
  for (let i = 0; i < 50 && !isReplaced; i++) await page.waitForTimeout(100);
  assert.ok(isReplaced);
  await done(page);
});
