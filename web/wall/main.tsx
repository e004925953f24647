// main.tsx - the wall: header, figures, lower panel; and how the picture as a whole behaves over a day.
import { useSignal, useSignalEffect } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import "uplot/dist/uPlot.min.css";
import "../shared/tokens.css";
import { lang, theme, timeOfDay, words } from "../shared/screen";
import { watchLate } from "./alarm";
import { Mark, Shape } from "./icons";
import { Loading, notice, Pairing } from "./notice";
import { address, begin, freshness, isOld, isQuiet, minute, wall } from "./state";
import { Strip, Teams } from "./strip";
import { Tiles } from "./tiles";
import { Trend } from "./trend";
import "./wall.css";

const ROTATE_MS = 25_000;
const SHIFT_MS = 600_000;
const SWAP_MS = 1_800_000;
/** Where the picture sits, in pixels; each is 5-10 px from the one before it. */
const SHIFTS = [[0, 0], [8, 0], [8, 6], [0, 8], [-7, 6], [-8, 0], [-6, -7], [0, -8], [7, -6]] as const;

function Freshness() {
  const w = words();
  const state = freshness.value;
  if (state === "live") return <b class="state"><Shape phase="calm" />{w.live}</b>;
  return <b class="state late"><Shape phase="late" />{state === "stale" ? w.staleShort : state === "offline" ? w.offlineShort : w.loading}</b>;
}

function Header() {
  const w = words();
  const badge = wall.value?.demo ? w.demo : undefined;
  return (
    <header>
      <h1 class="brand"><Mark />Atalaya{badge && <em class="badge">{badge}</em>}</h1>
      <span class="link"><Freshness /><span class="address">{address.value}</span></span>
      <span class="clock">{isQuiet.value && <em class="badge">{w.outOfHours}</em>}{timeOfDay(minute.value)}</span>
    </header>
  );
}

function Lower() {
  const turn = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => (turn.value = 1 - turn.value), ROTATE_MS);
    return () => clearInterval(timer);
  }, []);
  const told = notice();
  if (told) return told;
  const hasTeams = Object.keys(wall.value?.teams ?? {}).length > 1;
  return hasTeams && turn.value === 1 && !wall.value?.incident ? <Teams /> : <Trend />;
}

function Wall() {
  const state = freshness.value;
  if (state === "unpaired") return <Pairing />;
  if (!wall.value) return <Loading />;
  return (
    <main class={isOld.value ? "wall old" : "wall"}>
      <Header />
      <Tiles />
      <div class="lower"><Lower /><Strip /></div>
    </main>
  );
}

/** A still picture burns in: move it a little, and let what stands still change places. */
function keepFresh(): () => void {
  const root = document.documentElement;
  let shift = 0;
  const shifting = setInterval(() => {
    shift = (shift + 1) % SHIFTS.length;
    const [x, y] = SHIFTS[shift]!;
    root.style.setProperty("--shift", `${x}px ${y}px`);
  }, SHIFT_MS);
  const swapping = setInterval(() => root.classList.toggle("swapped"), SWAP_MS);
  return () => {
    clearInterval(shifting);
    clearInterval(swapping);
  };
}

function App() {
  useSignalEffect(() => {
    const root = document.documentElement;
    root.lang = lang.value;
    root.dataset.theme = theme.value;
    root.toggleAttribute("data-dim", isQuiet.value);
  });
  useEffect(keepFresh, []);
  useEffect(watchLate, []);
  return <Wall />;
}

render(<App />, document.getElementById("root")!);
void begin();
