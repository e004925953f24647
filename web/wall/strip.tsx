// strip.tsx - below the figures: follow-ups owed, channels' health; and the teams, in turn with the trend.
import { number, span, words } from "../shared/screen";
import { Shape } from "./icons";
import type { Phase } from "./phases";
import { minute, wall } from "./state";

const CHANNELS_MAX = 3;
const TEAMS_MAX = 3;
const MINUTE_MS = 60_000;
const phaseOf = { ok: "calm", silent: "soon", down: "late" } as const satisfies Record<string, Phase>;
const badness = { ok: 0, silent: 1, down: 2 };

function Channels() {
  const w = words();
  const all = Object.entries(wall.value?.channels ?? {}).sort(
    ([a, x], [b, y]) => badness[y.state] - badness[x.state] || a.localeCompare(b),
  );
  const shown = all.slice(0, all.length > CHANNELS_MAX ? CHANNELS_MAX - 1 : CHANNELS_MAX);
  const hidden = all.slice(shown.length);
  const worst = hidden[0]?.[1].state ?? "ok";
  return (
    <ul class="channels" aria-label={w.channels}>
      {shown.map(([name, c]) => (
        <li key={name} class={phaseOf[c.state]}>
          <Shape phase={phaseOf[c.state]} />
          <b>{name}</b>
          <span>{c.state === "ok" ? w.ok : `${w[c.state]} ${span(Math.max(MINUTE_MS, minute.value - c.since_ms))}`}</span>
        </li>
      ))}
      {hidden.length > 0 && (
        <li key="+more" class={phaseOf[worst]}><Shape phase={phaseOf[worst]} /><b>{number(hidden.length)} {w.more}</b><span>{w[worst]}</span></li>
      )}
    </ul>
  );
}

export function Strip() {
  const w = words();
  const n = wall.value!.follow_ups;
  return (
    <section class="panel strip">
      <p class={`follow-ups ${n > 0 ? "soon" : "calm"}`}><b>{number(n)}</b><span>{w.followUps}<br />{w.owed}</span></p>
      <Channels />
    </section>
  );
}

export function Teams() {
  const w = words();
  const teams = Object.entries(wall.value?.teams ?? {}).sort(([, a], [, b]) => b.late - a.late || b.waiting - a.waiting);
  return (
    <section class="panel teams" aria-label={w.teams}>
      <table>
        <thead>
          <tr><th scope="col">{w.teams}</th><th scope="col">{w.waiting}</th><th scope="col">{w.atRisk}</th><th scope="col">{w.late}</th></tr>
        </thead>
        <tbody>
          {teams.slice(0, TEAMS_MAX).map(([name, t]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(t.waiting)}</td>
              <td class={t.at_risk > 0 ? "risk" : ""}>{number(t.at_risk)}</td>
              <td class={t.late > 0 ? "late" : ""}>{number(t.late)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
