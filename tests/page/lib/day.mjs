// day.mjs - a box inside the page: a socket that plays a whole day by the page's own (held) clock, as fast as it can be run.
// Runs in the page, before its script; it uses nothing but what the page has.

/** Beats every 2 s, a patch of the wall every 3 s, a trend every minute, a broken line every hour. */
export function playDay({ wall, trend }) {
  const rng = (() => {
    let s = 12345;
    return (n) => (s = (s * 1103515245 + 12345) % 2147483648) % n;
  })();
  const counts = { frames: 0, sockets: 0, patches: 0 };
  window.dayCounts = counts;
  window.WebSocket = class extends EventTarget {
    static OPEN = 1;
    static CLOSED = 3;
    constructor() {
      super();
      counts.sockets += 1;
      this.readyState = 0;
      this.seq = 1;
      this.timers = [];
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
        this.timers.push(setInterval(() => this.frame({ seq: this.seq }), 2000));
        this.timers.push(setInterval(() => this.patch(), 3000));
        this.timers.push(setInterval(() => this.frame({ view: "trend", from: this.seq, seq: ++this.seq, set: this.trend() }, "trend"), 60_000));
        this.timers.push(setTimeout(() => this.drop(), 3_600_000 - 30_000));
      }, 20);
    }
    send(text) {
      const { watch } = JSON.parse(text);
      if (watch) queueMicrotask(() => this.frame({ view: watch, seq: this.seq, full: watch === "wall" ? wall : this.trend() }, watch));
    }
    frame(f, view) {
      if (this.readyState !== 1) return;
      counts.frames += 1;
      if (view) (this.seqs ??= {})[view] = f.seq;
      this.onmessage?.({ data: JSON.stringify({ at: Date.now(), ...f }) });
    }
    patch() {
      counts.patches += 1;
      const late = rng(4);
      const set = {
        waiting: 20 + rng(400), late, at_risk: rng(6), soon: rng(12), follow_ups: rng(5),
        in_time: { share: rng(1000) / 1000, met: rng(900), of: 900 }, oldest: rng(9) === 0 ? null : this.oldest(),
        agents: { available: rng(9), busy: rng(9), away: rng(3) }, teams: { [`team ${rng(3)}`]: { waiting: rng(90), at_risk: rng(4), late } },
        channels: { x: { state: ["ok", "silent", "down"][rng(3)], since_ms: Date.now() - rng(9_000_000) } },
        incident: rng(40) === 0 ? { title: "Avería de fibra", cases: rng(300) } : null, at_work: rng(50) !== 0,
      };
      this.frame({ view: "wall", from: this.seqs.wall, seq: ++this.seq, set }, "wall");
    }
    oldest() {
      const due_ms = Date.now() + rng(3_600_000) - 1_800_000;
      return { at_ms: Date.now() - rng(5_000_000), soon_ms: 0, risk_ms: 0, due_ms, target_ms: 3_600_000 };
    }
    trend() {
      const from_ms = Math.floor(Date.now() / 300_000) * 300_000 - 24 * 300_000;
      const list = () => Array.from({ length: 25 }, () => rng(80));
      return { ...trend, from_ms, arrived: list(), answered: list(), waiting: list() };
    }
    drop() {
      this.close();
      this.onclose?.({ code: 1006 });
    }
    close() {
      this.readyState = 3;
      this.timers.forEach((t) => clearTimeout(t));
    }
  };
}
