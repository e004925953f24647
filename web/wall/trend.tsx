// trend.tsx - arrivals, answers and backlog of the last hours.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { lang, theme, timeOfDay, words } from "../shared/screen";
import { trend } from "./state";

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

const STEPS_MIN = 24;

/** From the first step in which anything happened; the step that is under way has no arrivals and answers yet. */
function data(): uPlot.AlignedData {
  const t = trend.value;
  if (!t) return [[], [], [], []];
  const n = t.arrived.length;
  const isBusy = (i: number) => t.arrived[i]! + t.answered[i]! + t.waiting[i]! > 0;
  let first = 0;
  while (first < n - STEPS_MIN && !isBusy(first + 1)) first++;
  const pick = (list: number[]) => list.slice(first);
  const ended = (list: number[]) => pick(list).map((v, i) => (first + i === n - 1 ? null : v));
  const xs = pick(t.arrived).map((_, i) => (t.from_ms + (first + i) * t.step_ms) / 1000);
  return [xs, pick(t.waiting), ended(t.arrived), ended(t.answered)];
}

function options(width: number, height: number): uPlot.Options {
  const rem = remPx();
  const font = `500 ${Math.round(2.25 * rem)}px Inter, sans-serif`;
  const axis = { stroke: colour("--ink-soft"), font, ticks: { show: false } };
  const line = (stroke: string, width: number): uPlot.Series => ({
    stroke: colour(stroke), width: width * rem, points: { show: false },
  });
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [1.5 * rem, 3.4 * rem, 0, 0],
    scales: { x: { time: true }, y: { range: (_u, _low, high) => [0, Math.max(4, high * 1.05)] } },
    axes: [
      { ...axis, size: 3 * rem, gap: 0.3 * rem, space: 12 * rem, grid: { show: false },
        values: (_u, at) => at.map((s) => timeOfDay(s * 1000)) },
      { ...axis, size: 5.2 * rem, gap: 0.6 * rem, space: 4 * rem,
        grid: { stroke: colour("--line"), width: Math.max(1, 0.06 * rem) } },
    ],
    series: [
      {},
      { ...line("--ink-soft", 0.12), fill: colour("--line") + "99" },
      { ...line("--calm", 0.24) },
      { ...line("--soon", 0.24), dash: [0.9 * rem, 0.5 * rem] },
    ],
  };
}

export function Trend() {
  const box = useRef<HTMLDivElement>(null);
  const w = words();
  const key = `${theme.value} ${lang.value}`;
  useEffect(() => {
    const host = box.current!;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const r = host.getBoundingClientRect();
      plot = new uPlot(options(Math.floor(r.width), Math.floor(r.height)), data(), host);
    };
    const resized = new ResizeObserver(draw);
    resized.observe(host);
    void document.fonts.ready.then(draw);
    const stop = trend.subscribe(() => plot?.setData(data()));
    return () => {
      stop();
      resized.disconnect();
      plot?.destroy();
    };
  }, [key]);
  return (
    <section class="panel trend" aria-label={w.trend}>
      <p class="legend">
        <span class="key in">{w.arrived}</span>
        <span class="key out">{w.answered}</span>
        <span class="key wait">{w.backlog}</span>
      </p>
      <div class="plot" ref={box} />
    </section>
  );
}
