// heldtime.mjs - time that a test moves by hand, in the page, a day in seconds: timers fire in order, one after the other, and
// between two of them all that was promised happens.  Runs in the page before its script.
export function holdTime(start) {
  const real = { setTimeout: window.setTimeout.bind(window), Date: window.Date };
  const timers = new Map();
  let nowMs = 0;
  let last = 0;
  const add = (run, ms, every, args) => {
    timers.set(++last, { at: nowMs + Math.max(1, ms || 0), run: () => run(...args), every });
    return last;
  };
  window.setTimeout = (run, ms, ...args) => add(run, ms, 0, args);
  window.setInterval = (run, ms, ...args) => add(run, ms, Math.max(1, ms), args);
  window.requestAnimationFrame = (run) => add(() => run(nowMs), 16, 0, []);
  window.clearTimeout = window.clearInterval = window.cancelAnimationFrame = (id) => void timers.delete(id);
  performance.now = () => nowMs;
  window.Date = class extends real.Date {
    constructor(...args) {
      super(...(args.length === 0 ? [start + nowMs] : args));
    }
    static now() {
      return start + nowMs;
    }
  };
  const next = () => {
    let first;
    for (const [id, t] of timers) if (!first || t.at < first[1].at) first = [id, t];
    return first;
  };
  /** Lets `ms` go by; a real pause now and then lets the page lay out and draw. */
  window.goBy = async (ms, drawEveryMs) => {
    const until = nowMs + ms;
    let drawn = nowMs;
    for (let first = next(); first && first[1].at <= until; first = next()) {
      const [id, t] = first;
      nowMs = t.at;
      if (t.every) t.at += t.every;
      else timers.delete(id);
      t.run();
      await null;
      if (nowMs - drawn < drawEveryMs) continue;
      drawn = nowMs;
      await new Promise((done) => real.setTimeout(done, 0));
    }
    nowMs = until;
    await new Promise((done) => real.setTimeout(done, 20));
    return timers.size;
  };
}
