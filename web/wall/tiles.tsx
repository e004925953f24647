// tiles.tsx - the six figures, each beside what it is measured against.
import type { ComponentChildren } from "preact";
import { number, span, spanParts, words } from "../shared/screen";
import { Shape } from "./icons";
import { flashes } from "./alarm";
import { phases, type Phase } from "./phases";
import { age, used, waitedBefore, wall } from "./state";

/** From so many digits on, a figure is set smaller. */
const WIDE_DIGITS = 4;
const NARROW_DIGITS = 3;
const AGENT_DIGITS = 5;
/** From here on "met of all" has no room for words. */
const LONG = 10000;

interface TileProps {
  name: string;
  label: string;
  phase?: Phase;
  digits?: number;
  gauge?: Parts;
  /** Where on the gauge the target is, 0-1. */
  mark?: number;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

function Gauge({ parts, mark }: { parts: Parts; mark?: number }) {
  return (
    <div class="gauge" aria-hidden="true" style={{ backgroundImage: bar(parts) }}>
      {mark !== undefined && <b style={{ left: `${mark * 100}%` }} />}
    </div>
  );
}

function Tile({ name, label, phase, digits = 0, gauge, mark, foot, children }: TileProps) {
  return (
    <section class={`tile ${name} ${phase ?? ""}${digits >= WIDE_DIGITS ? " wide" : ""}`} aria-label={label}>
      <h2>{label}{phase && <Shape phase={phase} />}</h2>
      <p class="figure">{children}</p>
      {gauge && <Gauge parts={gauge} mark={mark} />}
      {foot && <p class="foot">{foot}</p>}
    </section>
  );
}

type Parts = [Phase | "rest", number][];

/** A bar of parts with gaps between, as one background: a part that grows shifts nothing. */
function bar(parts: Parts): string {
  const shown = parts.filter(([, n]) => n > 0);
  const total = shown.reduce((sum, [, n]) => sum + n, 0);
  let at = 0;
  const stops = shown.map(([name, n], i) => {
    const from = `${(100 * at) / total}%`;
    const to = `${(100 * (at += n)) / total}%`;
    const end = i === shown.length - 1 ? to : `calc(${to} - var(--gauge-gap))`;
    return `var(--${name}-fill) ${from} ${end}, transparent ${end} ${to}`;
  });
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}

function InTime() {
  const w = words();
  const i = wall.value!.in_time;
  const percent = i.share === undefined ? "–" : String(Math.floor(i.share * 100 + 1e-9));
  const phase = phases.share.value;
  const share = i.share ?? 0;
  const isLong = i.of >= LONG;
  const of = isLong ? "/" : ` ${w.of} `;
  const answered = i.of === 0 ? w.noneYet : number(i.met) + of + number(i.of);
  const foot = <><span>{isLong ? "≥" : w.goal} {Math.round(i.target * 100)} %</span><span>{answered}</span></>;
  return (
    <Tile name="hero in-time" label={w.inTime} phase={phase} gauge={[[phase, share], ["rest", 1 - share]]} mark={i.target} foot={foot}>
      {percent}{i.share !== undefined && <small>%</small>}
    </Tile>
  );
}

function Waiting() {
  const w = words();
  const v = wall.value!;
  const calm = Math.max(0, v.waiting - v.soon - v.at_risk - v.late);
  const before = waitedBefore.value;
  const gauge: Parts = v.waiting === 0 ? [["rest", 1]] : [["calm", calm], ["soon", v.soon], ["risk", v.at_risk], ["late", v.late]];
  const foot = (
    <>
      <span>{v.waiting === 0 ? w.nobodyWaits : `${number(v.soon)} ${w.phases.soon}`}</span>
      {v.waiting > 0 && before !== undefined && <span>{w.anHourAgo}: <b>{number(before)}</b></span>}
    </>
  );
  return (
    <Tile name="hero waiting" label={w.waiting} digits={number(v.waiting).length} gauge={gauge} foot={foot}>
      {number(v.waiting)}
    </Tile>
  );
}

function Longest() {
  const w = words();
  const phase = phases.oldest.value;
  if (age.value === undefined)
    return <Tile name="hero longest" label={w.longest} phase={phase} gauge={[["rest", 1]]} foot={<span>{w.nobodyWaits}</span>}>–</Tile>;
  const parts = spanParts(age.value);
  return (
    <Tile name="hero longest" label={w.longest} phase={phase} digits={parts.map(([figure]) => figure).join("").length}
      gauge={[[phase, used.value], ["rest", 1 - used.value]]}
      foot={<><span>{w.target} {span(wall.value!.oldest!.target_ms)}</span><span class="word">{w.phases[phase]}</span></>}>
      {parts.map(([figure, unit], i) => <span key={i}>{figure}{unit && <small>{unit}</small>}</span>)}
    </Tile>
  );
}

function Count({ name, label, phase, n }: { name: string; label: string; phase: Phase; n: number }) {
  const text = number(n);
  return (
    <Tile name={name} label={label} phase={phase} digits={text.length > NARROW_DIGITS ? WIDE_DIGITS : 0} foot={<span>{words().goal} 0</span>}>
      {text}
    </Tile>
  );
}

function Agents() {
  const w = words();
  const a = wall.value!.agents;
  const all: [string, number][] = [[w.free, a.available], [w.busy, a.busy], [w.away, a.away]];
  const digits = all.map(([, n]) => number(n)).join("").length;
  return (
    <section class={`tile agents${digits > AGENT_DIGITS ? " wide" : ""}`} aria-label={w.agents}>
      <h2>{w.agents}</h2>
      <dl>
        {all.map(([name, n]) => (
          <div key={name} class={n === 0 ? "none" : ""}><dt>{name}</dt><dd>{number(n)}</dd></div>
        ))}
      </dl>
    </section>
  );
}

export function Tiles() {
  const w = words();
  const v = wall.value!;
  return (
    <div class="tiles">
      <InTime />
      <Waiting />
      <Longest />
      <Count name="risk-count" label={w.atRisk} phase={phases.risk.value} n={v.at_risk} />
      <Count name={`late-count${flashes.value ? " flash" : ""}`} label={w.late} phase={phases.late.value} n={v.late} />
      <Agents />
    </div>
  );
}
