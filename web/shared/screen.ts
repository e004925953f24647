// screen.ts - what a screen remembers of itself: language and theme, from the address once, then from its own store; and
// how it writes numbers and times.
import { computed, signal } from "@preact/signals";
import { catalogues, type Lang, type Words } from "./text";

export type Theme = "dark" | "light";

function recall(name: string): string | null {
  const given = new URLSearchParams(location.search).get(name);
  try {
    if (given) localStorage.setItem(`atalaya.${name}`, given);
    return given ?? localStorage.getItem(`atalaya.${name}`);
  } catch {
    return given;
  }
}

function pickLang(fromBox?: string): Lang {
  const wanted = recall("lang") ?? fromBox ?? navigator.language;
  return wanted.toLowerCase().startsWith("en") ? "en" : "es";
}

export const lang = signal<Lang>(pickLang());
export const theme = signal<Theme>(recall("theme") === "light" ? "light" : "dark");
export const hasSound = recall("sound") === "1";
export const words = (): Words => catalogues[lang.value];

/** The box's zone, so that a wall elsewhere shows the box's day; undefined is the screen's own. */
const zone = signal<string | undefined>(undefined);

export function useBoxSettings(s: { lang?: string; tz?: string }): void {
  lang.value = pickLang(s.lang);
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: s.tz });
    zone.value = s.tz;
  } catch {
    zone.value = undefined;
  }
}

const writers = computed(() => {
  const locale = lang.value === "es" ? "es-ES" : "en-GB";
  const timeZone = zone.value;
  return {
    plain: new Intl.NumberFormat(locale, { useGrouping: false }),
    grouped: new Intl.NumberFormat(locale),
    time: new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }),
    day: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone }),
  };
});

export function number(v: number): string {
  const w = writers.value;
  return (v >= 10000 ? w.grouped : w.plain).format(v);
}

export const timeOfDay = (ms: number): string => writers.value.time.format(ms);
export const dayOf = (ms: number): string => writers.value.day.format(ms);

/** What passes, in parts, so that figures can be large and units small: "3 min", "1 h 05", "2 d 4 h". */
export function spanParts(ms: number): [string, string][] {
  const w = words();
  const min = Math.max(0, Math.floor(ms / 60000));
  if (min < 60) return [[String(min), w.min]];
  if (min < 1440) return [[String(Math.floor(min / 60)), w.h], [String(min % 60).padStart(2, "0"), ""]];
  return [[String(Math.floor(min / 1440)), w.d], [String(Math.floor((min % 1440) / 60)), w.h]];
}

/** The same as one text; below a minute it counts seconds, and a whole hour has no minutes. */
export function span(ms: number): string {
  const w = words();
  if (ms < 60000) return `${Math.max(0, Math.floor(ms / 1000))} ${w.s}`;
  if (ms < 86_400_000 && ms % 3_600_000 < 60000 && ms >= 3_600_000) return `${Math.floor(ms / 3_600_000)} ${w.h}`;
  return spanParts(ms).map(([figure, unit]) => (unit ? `${figure} ${unit}` : figure)).join(" ");
}
