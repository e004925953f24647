// state.ts - the wall's state: what the box says, and how this screen stands with the box.
import { computed, signal } from "@preact/signals";
import { ask } from "../shared/ask";
import { Live } from "../shared/live";
import type { Json } from "../shared/merge";
import { pair } from "../shared/pairing";
import { useBoxSettings } from "../shared/screen";

export interface Oldest {
  at_ms: number;
  soon_ms: number;
  risk_ms: number;
  due_ms: number;
  target_ms: number;
}

export interface Wall {
  at_work?: boolean;
  in_time: { share?: number; target: number; met: number; of: number };
  waiting: number;
  oldest?: Oldest;
  soon: number;
  at_risk: number;
  late: number;
  agents: { available: number; busy: number; away: number };
  follow_ups: number;
  channels?: Record<string, { state: "ok" | "silent" | "down"; since_ms: number }>;
  incident?: { title: string; cases: number };
  teams?: Record<string, { waiting: number; at_risk: number; late: number }>;
  demo?: boolean;
  fault?: { reason: string };
}

export interface Trend {
  from_ms: number;
  step_ms: number;
  arrived: number[];
  answered: number[];
  waiting: number[];
}

const TICK_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const wall = signal<Wall | undefined>(undefined);
export const trend = signal<Trend | undefined>(undefined);
/** The box's time, moving once a second. */
export const now = signal(Date.now());
export const minute = computed(() => Math.floor(now.value / MINUTE_MS) * MINUTE_MS);
export const address = signal(location.host);

export const live = new Live(["wall", "trend"], take, refused, (again) => void (again && renew()));
export const freshness = live.freshness;
export const isOld = computed(() => freshness.value === "stale" || freshness.value === "offline");
export const isQuiet = computed(() => wall.value?.at_work === false);

/** How long the longest has waited: whole minutes, and the share of its target in steps of 1 %. */
export const age = computed(() => {
  const o = wall.value?.oldest;
  return o && Math.floor(Math.max(0, now.value - o.at_ms) / MINUTE_MS) * MINUTE_MS;
});
export const used = computed(() => {
  const o = wall.value?.oldest;
  return o ? Math.min(1, Math.round((100 * Math.max(0, now.value - o.at_ms)) / Math.max(1, o.due_ms - o.at_ms)) / 100) : 0;
});

/** How many waited an hour ago; undefined when the trend does not reach back so far. */
export const waitedBefore = computed(() => {
  const t = trend.value;
  if (!t) return undefined;
  return t.waiting[t.waiting.length - 1 - Math.round(HOUR_MS / t.step_ms)];
});

function take(view: string, state: Json): void {
  if (view === "wall") wall.value = state as unknown as Wall;
  else if (view === "trend") trend.value = state as unknown as Trend;
}

async function session(): Promise<number> {
  const answer = await ask("/api/session");
  if (answer?.ok) {
    const s = (await answer.json()) as { lang?: string; tz?: string; address?: string };
    if (s.address) address.value = s.address.replace("https://", "");
    useBoxSettings(s);
  }
  return answer?.status ?? 0;
}

/** A screen that is not trusted any more keeps nothing to show. */
function forget(): void {
  wall.value = undefined;
  trend.value = undefined;
}

/** The socket was refused: is it that this screen is not paired?  Then pair it and begin again. */
async function refused(): Promise<boolean> {
  if ((await session()) !== 401) return false;
  forget();
  void pair().then(begin);
  return true;
}

/** A box that came back may carry a newer page: then this one gives way to it. */
async function renew(): Promise<void> {
  const answer = await ask(location.pathname, { cache: "no-cache" });
  const page = answer?.ok ? await answer.text() : "";
  const script = new URL(import.meta.url).pathname;
  if (page.includes("<script") && !page.includes(script)) location.reload();
}

export async function begin(): Promise<void> {
  freshness.value = "loading";
  if ((await session()) === 401) {
    forget();
    freshness.value = "unpaired";
    await pair();
    return begin();
  }
  live.start();
}

setInterval(() => {
  now.value = Math.floor(live.now() / TICK_MS) * TICK_MS;
}, TICK_MS);
