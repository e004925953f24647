// phases.ts - calm, soon, at risk, late for each figure, held for a moment so that no colour flickers.
import { computed } from "@preact/signals";
import { now, wall, type Oldest } from "./state";

export type Phase = "calm" | "soon" | "risk" | "late";

const HOLD_MS = 5000;
const SHARE_SOON = 0.1; /* so far below the goal is no more than "soon" */
const SHARE_RISK = 0.25;
const order: Phase[] = ["calm", "soon", "risk", "late"];

/** A phase that rises at once and falls only after it has been lower for HOLD_MS without a break. */
export function steady(raw: () => Phase): () => Phase {
  let shown: Phase = "calm";
  let lowerSince = 0;
  return () => {
    const next = raw();
    const t = performance.now();
    if (order.indexOf(next) >= order.indexOf(shown)) lowerSince = 0;
    else if (lowerSince === 0) lowerSince = t;
    const falls = lowerSince !== 0 && t - lowerSince >= HOLD_MS;
    if (lowerSince === 0 || falls) shown = next;
    if (falls) lowerSince = 0;
    return shown;
  };
}

function phaseOfOldest(o: Oldest | undefined): Phase {
  if (!o) return "calm";
  if (now.value > o.due_ms) return "late";
  if (now.value >= o.risk_ms) return "risk";
  return now.value >= o.soon_ms ? "soon" : "calm";
}

function phaseOfShare(share: number | undefined, goal: number): Phase {
  if (share === undefined || share >= goal) return "calm";
  if (share >= goal - SHARE_SOON) return "soon";
  return share >= goal - SHARE_RISK ? "risk" : "late";
}

/** A phase of its own for each figure: who shows it is drawn anew only when it changes. */
function phaseOf(raw: () => Phase) {
  const held = steady(raw);
  return computed(() => (void now.value, void wall.value, held()));
}

export const phases = {
  oldest: phaseOf(() => phaseOfOldest(wall.value?.oldest)),
  share: phaseOf(() => phaseOfShare(wall.value?.in_time.share, wall.value?.in_time.target ?? 0)),
  risk: phaseOf(() => ((wall.value?.at_risk ?? 0) > 0 ? "risk" : "calm")),
  late: phaseOf(() => ((wall.value?.late ?? 0) > 0 ? "late" : "calm")),
};
