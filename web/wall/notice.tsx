// notice.tsx - what a wall says when its figures are not the whole truth: no word from the box, a fault of the box, an incident.
import { dayOf, number, span, timeOfDay, words } from "../shared/screen";
import { Mark, Shape } from "./icons";
import { code } from "../shared/pairing";
import { address, freshness, isOld, live, now, wall } from "./state";

const DAY_MS = 86_400_000;

/** How long the box has said nothing: since its last frame, or since this page began. */
export function silentMs(): number {
  void now.value;
  return live.heardAt > 0 ? performance.now() - live.heardAt : performance.now();
}

/** "Datos de las 14:36"; from yesterday on with the day. */
function dated(ms: number, ageMs: number): string {
  const w = words();
  const isToday = ageMs < DAY_MS && dayOf(ms) === dayOf(ms + ageMs);
  return isToday ? `${w.dataOf} ${timeOfDay(ms)}` : `${w.dataFrom} ${dayOf(ms)}, ${timeOfDay(ms)}`;
}

function Old() {
  const w = words();
  const ms = silentMs();
  return (
    <section class="panel notice late" role="status">
      <h2><Shape phase="late" />{freshness.value === "stale" ? w.stale : w.offline}</h2>
      <p>{w.since} <b>{span(ms)}</b></p>
      <p>{dated(live.now() - ms, ms)}</p>
    </section>
  );
}

function Fault({ reason }: { reason: string }) {
  const { faults } = words();
  const [what, then] = faults[reason] ?? faults["io"]!;
  return (
    <section class="panel notice late" role="status">
      <h2><Shape phase="late" />{what}</h2>
      <p>{then}</p>
    </section>
  );
}

/** What takes the lower panel's place; null when there is nothing to say. */
export function notice() {
  const fault = wall.value?.fault;
  if (isOld.value) return <Old />;
  return fault ? <Fault reason={fault.reason} /> : null;
}

export function Incident() {
  const w = words();
  const i = wall.value?.incident;
  if (!i) return null;
  return (
    <p class="incident risk" role="status">
      <Shape phase="risk" />
      <b>{i.title || w.incident}</b>
      <span>{number(i.cases)} {w.cases}</span>
    </p>
  );
}

export function Loading() {
  const w = words();
  const isOffline = freshness.value === "offline";
  return (
    <main key={String(isOffline)} class="alone">
      <Mark />
      <h1>{isOffline ? w.offline : w.loading}</h1>
      <p class="how">{isOffline ? `${w.since} ${span(silentMs())}` : " "}</p>
      <p class="where">{address.value}</p>
    </main>
  );
}

export function Pairing() {
  const w = words();
  const c = code.value;
  return (
    <main key={c?.user} class="alone">
      <Mark />
      <h1>{c ? w.pairing : w.pairWait}</h1>
      <p class={c ? "code" : "code waits"}>{c?.user ?? "––––-––––"}</p>
      <p class={c ? "how" : "how waits"}>{w.pairHow}<br /><kbd>{w.pairCommand} {c?.user ?? "––––-––––"}</kbd></p>
      <p class="where">{(c?.address ?? address.value).replace("https://", "")}</p>
    </main>
  );
}
