// alarm.ts - when something becomes late: one short flash, and a tone if this screen has sound.  Nothing else moves.
import { effect, signal } from "@preact/signals";
import { hasSound } from "../shared/screen";
import { freshness, isQuiet, wall } from "./state";

const FLASH_MS = 2600;
const TONE_HZ = 660;
const TONE_S = 0.25;
const TONE_VOLUME = 0.08;

/** True while the late figure flashes. */
export const flashes = signal(false);

let timer: number | undefined;

function flash(): void {
  clearTimeout(timer);
  flashes.value = true;
  timer = setTimeout(() => (flashes.value = false), FLASH_MS);
}

function sound(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = TONE_VOLUME;
  tone.frequency.value = TONE_HZ;
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + TONE_S);
}

/** Compares each count of late cases with the one before it; the first after a gap says nothing new. */
export function watchLate(): () => void {
  let before: number | undefined;
  return effect(() => {
    const late = wall.value?.late;
    if (freshness.value !== "live" || late === undefined) {
      before = undefined;
      return;
    }
    const has = before !== undefined && late > before;
    const isFirst = before === 0;
    before = late;
    if (!has) return;
    flash();
    if (hasSound && isFirst && !isQuiet.peek()) sound();
  });
}
