// strip.tsx - below the figures: follow-ups owed, channels' health, teams.
import { number, span, words } from "../shared/screen";
import { Shape } from "./icons";
import { now, wall, type Phase } from "./state";

const CHANNELS_MAX = 3;
const phaseOf = { ok: "calm", silent: "soon", down: "late" } as const satisfies Record<string, Phase>;
const badness = { ok: 0, silent: 1, down: 2 };

function Channels() {
  const w = words();
  const all = Object.entries(wall.value?.channels ?? {}).sort(
    ([a, x], [b, y]) => badness[y.state] - badness[x.state] || a.localeCompare(b),
  );
  const shown = all.slice(0, all.length > CHANNELS_MAX ? CHANNELS_MAX - 1 : CHANNELS_MAX);
  return (
    <ul class="channels" aria-label={w.channels}>
      {shown.map(([name, c]) => (
        <li key={name}>
          <Shape phase={phaseOf[c.state]} />
          <b>{name}</b>
          <span>{c.state === "ok" ? w.ok : `${c.state === "down" ? w.down : w.silent} ${span(now.value - c.since_ms)}`}</span>
        </li>
      ))}
      {all.length > shown.length && (
        <li>
          <Shape phase="calm" />
          <b>+{all.length - shown.length}</b>
        </li>
      )}
    </ul>
  );
}

export function Strip() {
  const w = words();
  const n = wall.value!.follow_ups;
  return (
    <section class="panel strip">
      <p class={`follow-ups ${n > 0 ? "soon" : "calm"}`}>
        <b>{number(n)}</b>
        <span>{w.followUps}<br />{w.owed}</span>
      </p>
      <Channels />
    </section>
  );
}

export function Teams() {
  const w = words();
  const teams = Object.entries(wall.value?.teams ?? {}).slice(0, 4);
  return (
    <section class="panel teams" aria-label={w.teams}>
      <table>
        <thead>
          <tr><th scope="col">{w.teams}</th><th scope="col">{w.waiting}</th><th scope="col">{w.atRisk}</th><th scope="col">{w.late}</th></tr>
        </thead>
        <tbody>
          {teams.map(([name, t]) => (
            <tr key={name}><th scope="row">{name}</th><td>{number(t.waiting)}</td><td class={t.at_risk > 0 ? "risk" : ""}>{number(t.at_risk)}</td><td class={t.late > 0 ? "late" : ""}>{number(t.late)}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
