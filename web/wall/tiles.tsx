// tiles.tsx - the six figures, each beside what it is measured against.
import { useComputed, useSignalEffect, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { hasSound, number, span, spanParts, words } from "../shared/screen";
import { Shape } from "./icons";
import { freshness, now, phases, wall, type Phase } from "./state";

const FLASH_MS = 2600;

interface TileProps {
  name: string;
  label: string;
  phase: Phase;
  foot: ComponentChildren;
  flashes?: boolean;
  children: ComponentChildren;
}

function Tile({ name, label, phase, foot, flashes, children }: TileProps) {
  return (
    <section class={`tile ${name} ${phase}${flashes ? " flash" : ""}`} aria-label={label}>
      <h2>
        <Shape phase={phase} />
        {label}
      </h2>
      <p class="figure">{children}</p>
      <p class="foot">{foot}</p>
    </section>
  );
}

function InTime() {
  const w = words();
  const i = wall.value!.in_time;
  const percent = i.share === undefined ? "–" : String(Math.floor(i.share * 100 + 1e-9));
  const foot =
    i.of === 0 ? w.noneYet : `${number(i.met)} / ${number(i.of)}`;
  return (
    <Tile name="hero in-time" label={w.inTime} phase={phases.value.share}
      foot={<><span>{w.goal} {Math.round(i.target * 100)} %</span><span>{foot}</span></>}>
      {percent}
      <small>%</small>
    </Tile>
  );
}

function Waiting() {
  const w = words();
  const v = wall.value!;
  const parts: [Phase, number][] = [
    ["calm", Math.max(0, v.waiting - v.soon - v.at_risk - v.late)],
    ["soon", v.soon],
    ["risk", v.at_risk],
    ["late", v.late],
  ];
  const total = parts.reduce((sum, [, n]) => sum + n, 0);
  return (
    <Tile name="hero waiting" label={w.waiting} phase="calm"
      foot={total === 0 ? w.nobodyWaits : <><span>{number(parts[0]![1])} {w.calm}</span><span>{number(v.soon)} {w.soon}</span></>}>
      {number(v.waiting)}
      <span class="shares" aria-hidden="true">
        {parts.map(([phase, n]) => (
          <i key={phase} class={phase} style={{ flexGrow: total === 0 ? 0 : n }} />
        ))}
      </span>
    </Tile>
  );
}

function Longest() {
  const w = words();
  const o = wall.value!.oldest;
  if (!o)
    return (
      <Tile name="hero longest" label={w.longest} phase="calm" foot={w.nobodyWaits}>
        –
      </Tile>
    );
  return (
    <Tile name="hero longest" label={w.longest} phase={phases.value.oldest}
      foot={<><span>{w.target} {span(o.target_ms)}</span></>}>
      {spanParts(now.value - o.at_ms).map(([figure, unit]) => (
        <>
          {figure}
          {unit && <small>{unit}</small>}
        </>
      ))}
    </Tile>
  );
}

function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.08;
  tone.frequency.value = 660;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.onended = () => void audio.close();
}

function Late() {
  const w = words();
  const flashes = useSignal(false);
  const count = useComputed(() => wall.value?.late ?? 0);
  const before = useSignal(-1);
  useSignalEffect(() => {
    const n = count.value;
    const old = before.peek();
    before.value = n;
    if (old < 0 || n <= old || freshness.peek() !== "live") return;
    flashes.value = true;
    const timer = setTimeout(() => (flashes.value = false), FLASH_MS);
    if (hasSound && old === 0 && wall.peek()?.at_work !== false) beep();
    return () => clearTimeout(timer);
  });
  return (
    <Tile name="late-count" label={w.late} phase={phases.value.late} flashes={flashes.value} foot={`${w.goal} 0`}>
      {number(count.value)}
    </Tile>
  );
}

function AtRisk() {
  const w = words();
  return (
    <Tile name="risk-count" label={w.atRisk} phase={phases.value.risk} foot={`${w.goal} 0`}>
      {number(wall.value!.at_risk)}
    </Tile>
  );
}

function Agents() {
  const w = words();
  const a = wall.value!.agents;
  const all: [string, number][] = [[w.free, a.available], [w.busy, a.busy], [w.away, a.away]];
  return (
    <section class="tile agents" aria-label={w.agents}>
      <h2>{w.agents}</h2>
      <dl>
        {all.map(([name, n], i) => (
          <div key={i}>
            <dd>{number(n)}</dd>
            <dt>{name}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Tiles() {
  return (
    <>
      <InTime />
      <Waiting />
      <Longest />
      <AtRisk />
      <Late />
      <Agents />
    </>
  );
}
