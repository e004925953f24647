// state.ts - the wall's state: what the box says, plus what a wall adds: phases that do not flicker, and who it is.
import { computed, signal } from "@preact/signals";
import { Live } from "../shared/live";
import { pair } from "../shared/pairing";
import { useBoxLang } from "../shared/screen";
import type { Json } from "../shared/merge";

export type Phase = "calm" | "soon" | "risk" | "late";

export interface Wall {
  at_work?: boolean;
  in_time: { share?: number; target: number; met: number; of: number };
  waiting: number;
  oldest?: { at_ms: number; soon_ms: number; risk_ms: number; due_ms: number; target_ms: number };
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

const HOLD_MS = 5000;

export const wall = signal<Wall | undefined>(undefined);
export const trend = signal<Trend | undefined>(undefined);
export const now = signal(Date.now());
export const address = signal(location.origin);

export const live = new Live(["wall", "trend"], take, refused);
export const freshness = live.freshness;

function take(view: string, state: Json): void {
  if (view === "wall") wall.value = state as unknown as Wall;
  else if (view === "trend") trend.value = state as unknown as Trend;
}

async function session(): Promise<number> {
  const answer = await fetch("/api/session").catch(() => undefined);
  if (answer?.ok) {
    const s = (await answer.json()) as { lang?: string; address?: string };
    if (s.address) address.value = s.address;
    useBoxLang(s.lang);
  }
  return answer?.status ?? 0;
}

/** The socket was refused: is it that this screen is not paired?  Then pair it and begin again. */
async function refused(): Promise<boolean> {
  if ((await session()) !== 401) return false;
  void pair().then(begin);
  return true;
}

export async function begin(): Promise<void> {
  freshness.value = "loading";
  if ((await session()) === 401) {
    freshness.value = "unpaired";
    await pair();
    return begin();
  }
  live.start();
}

const order: Phase[] = ["calm", "soon", "risk", "late"];

/** A phase that rises at once and falls only after it has held for a moment. */
function steady(raw: () => Phase): () => Phase {
  let shown: Phase = "calm";
  let lowerSince = 0;
  return () => {
    const next = raw();
    const t = performance.now();
    if (order.indexOf(next) >= order.indexOf(shown)) {
      shown = next;
      lowerSince = 0;
    } else if (lowerSince === 0) {
      lowerSince = t;
    } else if (t - lowerSince >= HOLD_MS) {
      shown = next;
      lowerSince = 0;
    }
    return shown;
  };
}

const oldestSteady = steady(() => {
  const o = wall.value?.oldest;
  if (!o) return "calm";
  if (now.value > o.due_ms) return "late";
  if (now.value >= o.risk_ms) return "risk";
  return now.value >= o.soon_ms ? "soon" : "calm";
});
const shareSteady = steady(() => {
  const i = wall.value?.in_time;
  if (!i || i.share === undefined) return "calm";
  if (i.share >= i.target) return "calm";
  return i.share >= i.target - 0.1 ? "soon" : i.share >= i.target - 0.25 ? "risk" : "late";
});
const riskSteady = steady(() => ((wall.value?.at_risk ?? 0) > 0 ? "risk" : "calm"));
const lateSteady = steady(() => ((wall.value?.late ?? 0) > 0 ? "late" : "calm"));

export const phases = computed(() => {
  void now.value;
  void wall.value;
  return { oldest: oldestSteady(), share: shareSteady(), risk: riskSteady(), late: lateSteady() };
});

setInterval(() => {
  now.value = Math.floor(live.now() / 1000) * 1000;
}, 1000);
