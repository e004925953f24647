// screen.ts - what a screen remembers of itself: language and theme, from the address once, then from its own store.
import { signal } from "@preact/signals";
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

export function useBoxLang(fromBox?: string): void {
  lang.value = pickLang(fromBox);
}

export function number(v: number): string {
  return v.toLocaleString(lang.value === "es" ? "es-ES" : "en-GB", { useGrouping: v >= 10000 });
}

export function timeOfDay(ms: number): string {
  return new Date(ms).toLocaleTimeString(lang.value === "es" ? "es-ES" : "en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "3 min", "1 h 05": what passes at a glance. */
export function span(ms: number): string {
  const w = words();
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} ${w.s}`;
  const min = Math.floor(s / 60);
  if (min < 60) return `${min} ${w.min}`;
  if (min < 1440 && min % 60 === 0) return `${min / 60} ${w.h}`;
  if (min < 1440) return `${Math.floor(min / 60)} ${w.h} ${String(min % 60).padStart(2, "0")}`;
  return `${Math.floor(min / 1440)} ${w.d} ${Math.floor((min % 1440) / 60)} ${w.h}`;
}

/** The same in parts, so that figures can be large and units small. */
export function spanParts(ms: number): [string, string][] {
  const w = words();
  const min = Math.max(0, Math.floor(ms / 60000));
  if (min < 60) return [[String(min), w.min]];
  if (min < 1440) return [[String(Math.floor(min / 60)), w.h], [String(min % 60).padStart(2, "0"), ""]];
  return [[String(Math.floor(min / 1440)), w.d], [String(Math.floor((min % 1440) / 60)), w.h]];
}
