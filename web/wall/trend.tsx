// trend.tsx - arrivals, answers and backlog of the last hours.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { lang, span, theme, timeOfDay, words } from "../shared/screen";
import { Incident } from "./notice";
import { isQuiet, trend } from "./state";

const STEPS_MIN = 24;
const STEP_MS = 300_000; /* until the box says */
const STROKE_REM = 0.3;
const TICK_REM = 2.25;
/** Half a time's width: nearer to the left edge it would lie on the scale. */
const TIME_REM = 3.1;
/** From this height on the scale has a middle. */
const TALL_REM = 10;

interface Look {
  rem: number;
  colour: (name: string) => string;
}

function look(): Look {
  const style = getComputedStyle(document.documentElement);
  return { rem: parseFloat(style.fontSize), colour: (name) => style.getPropertyValue(name).trim() };
}

/** The first step worth showing: where the first thing happened, but no fewer than STEPS_MIN of them. */
function firstShown(): number {
  const t = trend.value!;
  const isBusy = (i: number) => t.arrived[i]! + t.answered[i]! + t.waiting[i]! > 0;
  let first = 0;
  while (first < t.arrived.length - STEPS_MIN && !isBusy(first + 1)) first++;
  return first;
}

/** The step that is under way has no arrivals and answers yet. */
function data(): uPlot.AlignedData {
  const t = trend.value;
  if (!t) return [[], [], [], []];
  const first = firstShown();
  const last = t.arrived.length - 1;
  const ended = (list: number[]) => list.slice(first).map((v, i) => (first + i === last ? null : v));
  const xs = t.arrived.slice(first).map((_, i) => (t.from_ms + (first + i) * t.step_ms) / 1000);
  return [xs, t.waiting.slice(first), ended(t.arrived), ended(t.answered)];
}

/** The top of the scale: round, even, and no less than `most`. */
function roundUp(most: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  const tops = unit === 1 ? [4, 6, 8, 10] : [1, 2, 3, 4, 5, 6, 8, 10];
  return (tops.find((t) => t * unit >= most) ?? 10) * unit;
}

function axes({ rem, colour }: Look): uPlot.Axis[] {
  const axis = { stroke: colour("--ink-soft"), font: `500 ${Math.round(TICK_REM * rem)}px Inter, sans-serif`, ticks: { show: false } };
  return [
    { ...axis, size: 2.6 * rem, gap: 0.2 * rem, space: 9.5 * rem, grid: { show: false },
      filter: (u, at) => at.map((s) => (u.valToPos(s, "x") > TIME_REM * rem ? s : null)),
      values: (_u, at) => at.map((s) => (s === null ? "" : timeOfDay(s * 1000))) },
    { ...axis, size: (_u, values) => (0.9 + 1.42 * Math.max(2, ...(values ?? []).map((v) => String(v).length))) * rem, gap: 0.6 * rem,
      splits: (u, _axis, _low, high) => (u.height > TALL_REM * rem ? [0, high / 2, high] : [0, high]),
      grid: { stroke: colour("--line"), width: Math.max(1, 0.06 * rem) } },
  ];
}

function options(width: number, height: number): uPlot.Options {
  const l = look();
  const line = (stroke: string, rems: number): uPlot.Series => ({ stroke: l.colour(stroke), width: rems * l.rem, points: { show: false } });
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [1.2 * l.rem, 2.6 * l.rem, 0, 0],
    scales: { x: { time: true }, y: { range: (_u, _low, high) => [0, roundUp(high ?? 0)] } },
    axes: axes(l),
    series: [
      {},
      { ...line("--ink-soft", STROKE_REM / 3), fill: l.colour("--data-wait") },
      { ...line("--data-in", STROKE_REM) },
      { ...line("--data-out", STROKE_REM), dash: [0.8 * l.rem, 0.55 * l.rem] },
    ],
  };
}

/** Draws into `host` until the returned function is called; redraws when the host's size changes. */
function plotInto(host: HTMLElement): () => void {
  let plot: uPlot | undefined;
  let isOver = false;
  const draw = () => {
    plot?.destroy();
    plot = undefined;
    const r = host.getBoundingClientRect();
    if (!isOver && r.height > 0) plot = new uPlot(options(Math.floor(r.width), Math.floor(r.height)), data(), host);
  };
  const resized = new ResizeObserver(draw);
  resized.observe(host);
  void document.fonts.ready.then(draw);
  const stop = trend.subscribe(() => plot?.setData(data()));
  return () => {
    isOver = true;
    stop();
    resized.disconnect();
    plot?.destroy();
  };
}

export function Trend() {
  const host = useRef<HTMLDivElement>(null);
  const w = words();
  useEffect(() => plotInto(host.current!), [theme.value, lang.value, isQuiet.value]);
  return (
    <section class="panel trend" aria-label={w.trend}>
      <Incident />
      <div class="plot" ref={host} />
      <ul class="legend">
        <li class="key in">{w.arrived}</li>
        <li class="key out">{w.answered}</li>
        <li class="key wait">{w.backlog}</li>
        <li class={trend.value ? "step" : "step waits"}>{w.every} {span(trend.value?.step_ms ?? STEP_MS)}</li>
      </ul>
    </section>
  );
}
