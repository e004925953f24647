// tiles.tsx - the six figures, each beside what it is measured against.
import type { ComponentChildren } from "preact";
import { number, span, spanParts, words } from "../shared/screen";
import { Shape } from "./icons";
import { flashes } from "./alarm";
import { phases, type Phase } from "./phases";
import { now, waitedBefore, wall, type Oldest } from "./state";

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
  gauge?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

function Tile({ name, label, phase, digits = 0, gauge, foot, children }: TileProps) {
  return (
    <section class={`tile ${name} ${phase ?? ""}${digits >= WIDE_DIGITS ? " wide" : ""}`} aria-label={label}>
      <h2>{label}{phase && <Shape phase={phase} />}</h2>
      <p class="figure">{children}</p>
      {gauge && <div class="gauge" aria-hidden="true">{gauge}</div>}
      {foot && <p class="foot">{foot}</p>}
    </section>
  );
}

function Part({ phase, share }: { phase: Phase | "rest"; share: number }) {
  return share > 0 ? <i class={phase} style={{ flexGrow: share }} /> : null;
}

function InTime() {
  const w = words();
  const i = wall.value!.in_time;
  const percent = i.share === undefined ? "–" : String(Math.floor(i.share * 100 + 1e-9));
  const phase = phases.value.share;
  const share = i.share ?? 0;
  const isLong = i.of >= LONG;
  const of = isLong ? "/" : ` ${w.of} `;
  const gauge = <><Part phase={phase} share={share} /><Part phase="rest" share={1 - share} /><b style={{ left: `${i.target * 100}%` }} /></>;
  const foot = <><span>{isLong ? "≥" : w.goal} {Math.round(i.target * 100)} %</span><span>{i.of === 0 ? w.noneYet : number(i.met) + of + number(i.of)}</span></>;
  return (
    <Tile name="hero in-time" label={w.inTime} phase={phase} gauge={gauge} foot={foot}>
      {percent}{i.share !== undefined && <small>%</small>}
    </Tile>
  );
}

function Waiting() {
  const w = words();
  const v = wall.value!;
  const calm = Math.max(0, v.waiting - v.soon - v.at_risk - v.late);
  const before = waitedBefore.value;
  const parts: [Phase, number][] = [["calm", calm], ["soon", v.soon], ["risk", v.at_risk], ["late", v.late]];
  const gauge = v.waiting === 0 ? <Part phase="rest" share={1} /> : parts.map(([phase, n]) => <Part key={phase} phase={phase} share={n} />);
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

function Age({ oldest }: { oldest: Oldest }) {
  const w = words();
  const phase = phases.value.oldest;
  const parts = spanParts(now.value - oldest.at_ms);
  const used = Math.min(1, Math.max(0, (now.value - oldest.at_ms) / Math.max(1, oldest.due_ms - oldest.at_ms)));
  return (
    <Tile name="hero longest" label={w.longest} phase={phase} digits={parts.map(([figure]) => figure).join("").length}
      gauge={<><Part phase={phase} share={used} /><Part phase="rest" share={1 - used} /></>}
      foot={<><span>{w.target} {span(oldest.target_ms)}</span><span class="word">{w.phases[phase]}</span></>}>
      {parts.map(([figure, unit], i) => <span key={i}>{figure}{unit && <small>{unit}</small>}</span>)}
    </Tile>
  );
}

function Longest() {
  const w = words();
  const { oldest } = wall.value!;
  if (oldest) return <Age oldest={oldest} />;
  return (
    <Tile name="hero longest" label={w.longest} phase={phases.value.oldest} gauge={<Part phase="rest" share={1} />} foot={<span>{w.nobodyWaits}</span>}>
      –
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
  const p = phases.value;
  return (
    <div class="tiles">
      <InTime />
      <Waiting />
      <Longest />
      <Count name="risk-count" label={w.atRisk} phase={p.risk} n={v.at_risk} />
      <Count name={`late-count${flashes.value ? " flash" : ""}`} label={w.late} phase={p.late} n={v.late} />
      <Agents />
    </div>
  );
}
