// double.mjs - a box that says what a test tells it to, in front of a page that the real box served: its session, its
// socket, and the page's own clock.
export const START = Date.parse("2026-03-03T09:47:20Z");
const MIN = 60_000;
const STEP = 5 * MIN;
const BEAT_MS = 1000;

const wave = (n, f) => Array.from({ length: n }, (_, i) => Math.max(0, Math.round(f(i))));

/** A trend of two hours that rises, as a morning does. */
export function trend(now = START) {
  const n = 25;
  return {
    from_ms: now - (now % STEP) - (n - 1) * STEP, step_ms: STEP,
    arrived: wave(n, (i) => 3 + 20 / (1 + Math.exp((14 - i) / 2)) + 2 * Math.sin(i * 2.1)),
    answered: wave(n, (i) => 3 + 13 / (1 + Math.exp((17 - i) / 2)) + 1.5 * Math.sin(i * 1.3)),
    waiting: wave(n, (i) => 4 + 47 / (1 + Math.exp((18 - i) / 2.6))),
  };
}

const oldest = (ageMin, now) => ({
  at_ms: now - ageMin * MIN, soon_ms: now - (ageMin - 30) * MIN, risk_ms: now - (ageMin - 48) * MIN, due_ms: now - (ageMin - 60) * MIN,
  target_ms: 60 * MIN,
});

/** A wall on which little happens; `more` lays over it. */
export function wall(more = {}, now = START) {
  return {
    at_work: true, in_time: { share: 0.9735, target: 0.9, met: 110, of: 113 }, waiting: 12, oldest: oldest(22, now), soon: 0, at_risk: 0,
    late: 0, agents: { available: 4, busy: 5, away: 1 }, follow_ups: 0, teams: { soporte: { waiting: 12, at_risk: 0, late: 0 } },
    channels: {
      x: { state: "ok", since_ms: now - 90 * MIN }, mastodon: { state: "ok", since_ms: now - 90 * MIN },
      bluesky: { state: "ok", since_ms: now - 90 * MIN },
    },
    demo: false, ...more,
  };
}

/** Every state in which a paired wall can be while it hears from its box. */
export const states = {
  calm: () => wall(),
  empty: () => wall({
    in_time: { target: 0.9, met: 0, of: 0 }, waiting: 0, oldest: undefined, agents: { available: 0, busy: 0, away: 0 }, channels: {},
  }),
  soon: () => wall({ waiting: 21, soon: 6, oldest: oldest(37, START) }),
  risk: () => wall({ waiting: 34, soon: 8, at_risk: 5, oldest: oldest(52, START), in_time: { share: 0.8812, target: 0.9, met: 141, of: 160 } }),
  late: () => wall({
    waiting: 51, soon: 9, at_risk: 4, late: 6, follow_ups: 3, oldest: oldest(86, START), in_time: { share: 0.7143, target: 0.9, met: 115, of: 161 },
    demo: true,
  }),
  flood: () => wall({
    waiting: 1284, soon: 310, at_risk: 128, late: 347, follow_ups: 112, oldest: oldest(1299, START),
    in_time: { share: 0.4312, target: 0.95, met: 12024, of: 27885 }, agents: { available: 12, busy: 48, away: 10 },
  }),
  incident: () => wall({
    waiting: 51, soon: 9, at_risk: 4, late: 2, oldest: oldest(63, START), incident: { title: "Avería de fibra en el sur", cases: 128 },
  }),
  channels: () => wall({
    follow_ups: 2,
    channels: {
      mastodon: { state: "down", since_ms: START - 125 * MIN }, x: { state: "silent", since_ms: START - 80 * MIN },
      bluesky: { state: "ok", since_ms: START }, webhook: { state: "ok", since_ms: START },
    },
  }),
  quiet: () => wall({ at_work: false, waiting: 7, soon: 1, at_risk: 1, agents: { available: 0, busy: 0, away: 0 }, oldest: oldest(50, START) }),
  fault: () => wall({ fault: { reason: "read_only" } }),
  teams: () => wall({
    teams: {
      soporte: { waiting: 31, at_risk: 4, late: 2 }, facturación: { waiting: 12, at_risk: 0, late: 0 },
      "alto valor": { waiting: 3, at_risk: 1, late: 0 },
    },
  }),
};

export class Double {
  /** Stands between `page` and its box; call before the page opens.  `at`: the time the box and the page begin with. */
  static async on(page, { at = START, session = { role: "display", name: "test", address: "https://atalaya.local:8443" } } = {}) {
    const d = new Double();
    d.page = page;
    d.session = session;
    d.sockets = new Set();
    d.views = { wall: wall(), trend: trend() };
    d.seq = 1;
    d.isUp = true;
    d.isSilent = false;
    const beating = setInterval(() => void d.beat().catch(() => {}), BEAT_MS);
    page.once("close", () => clearInterval(beating));
    await page.clock.install({ time: at });
    await page.route("**/api/session", (route) => d.answer(route));
    if (session === null) await page.route("**/api/pair**", (route) => d.pair(route));
    await page.routeWebSocket(/\/live$/, (socket) => d.accept(socket));
    return d;
  }

  /** `session` null: this screen is not paired; "never": no answer at all; a box that is down aborts. */
  answer(route) {
    if (!this.isUp) return route.abort();
    if (this.session === "never") return undefined;
    if (this.session === null) return route.fulfill({ status: 401, contentType: "application/problem+json", body: '{"code":"unauthenticated"}' });
    return route.fulfill({ json: this.session });
  }

  /** The widest code there is, never approved. */
  pair(route) {
    if (!this.isUp) return route.abort();
    if (route.request().url().endsWith("/token")) return route.fulfill({ status: 400, json: { code: "authorization_pending" } });
    return route.fulfill({
      json: { device_code: "d", user_code: "WMWG-WWMW", interval: 5, expires_in: 900, address: "https://atalaya.local:8443" } });
  }

  accept(socket) {
    if (!this.isUp) return void socket.close({ code: 1012 });
    this.sockets.add(socket);
    socket.onClose(() => this.sockets.delete(socket));
    socket.onMessage(async (text) => {
      const { watch } = JSON.parse(text);
      const at = await this.now().catch(() => undefined); /* the page may be gone, or going */
      if (watch && at !== undefined) socket.send(JSON.stringify({ view: watch, seq: this.seq, at, full: this.views[watch] }));
    });
  }

  now() {
    return this.page.evaluate(() => Date.now());
  }

  async show(view, state) {
    this.views[view] = state;
    this.seq += 1;
    await this.send({ view, seq: this.seq, full: state });
  }

  /** What a box sends when it has nothing to say; a silent one not even that. */
  async beat() {
    if (this.isSilent) return;
    await this.send({ seq: this.seq });
  }

  /** Lets the page's time go by, beat by beat. */
  async pass(ms) {
    for (let left = ms; left > 0; left -= 2000) {
      await this.page.clock.runFor(Math.min(left, 2000));
      await this.beat();
    }
    await this.page.clock.runFor(20);
  }

  async send(frame) {
    const text = JSON.stringify({ ...frame, at: await this.now() });
    for (const socket of this.sockets) socket.send(text);
  }

  async down() {
    this.isUp = false;
    for (const socket of this.sockets) await socket.close({ code: 1012 });
    this.sockets.clear();
  }
}
