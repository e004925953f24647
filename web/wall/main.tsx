// main.tsx - the wall: header, figures, lower panel; and what it says when there is nothing live to show.
import { useSignal, useSignalEffect } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import "uplot/dist/uPlot.min.css";
import "../shared/tokens.css";
import { code } from "../shared/pairing";
import { lang, number, span, theme, timeOfDay, words } from "../shared/screen";
import { Mark, Shape } from "./icons";
import { address, begin, freshness, live, now, wall } from "./state";
import { Strip, Teams } from "./strip";
import { Tiles } from "./tiles";
import { Trend } from "./trend";
import "./wall.css";

const ROTATE_MS = 25_000;
const SHIFT_MS = 600_000;
const SWAP_MS = 1_800_000;
const SHIFTS = [[0, 0], [8, 0], [8, 6], [0, 8], [-7, 6], [-8, 0], [-6, -7], [0, -8], [7, -6]] as const;

function Address() {
  return <span class="address">{address.value.replace("https://", "")}</span>;
}

function Header() {
  const w = words();
  const v = wall.value;
  return (
    <header>
      <span class="brand"><Mark />Atalaya{v?.demo && <em class="badge">{w.demo}</em>}</span>
      <Address />
      <span class="clock">{v?.at_work === false && <em class="hours">{w.outOfHours}</em>}{timeOfDay(now.value)}</span>
    </header>
  );
}

function Banner() {
  const w = words();
  const v = wall.value;
  const state = freshness.value;
  const faults: Record<string, string> = {
    disk_full: w.faultDisk, io: w.faultIo, read_only: w.faultReadOnly, corrupt: w.faultCorrupt, clock: w.faultClock,
  };
  if (state === "stale" || state === "offline") {
    const silentMs = performance.now() - live.heardAt;
    void now.value;
    return (
      <p class="banner late" role="status">
        <Shape phase="late" />
        <b>{state === "stale" ? w.stale : w.offline} {w.since} {span(live.heardAt > 0 ? silentMs : performance.now())}</b>
        {live.heardAt > 0 && <span>{w.dataOf} {timeOfDay(live.now() - silentMs)}</span>}
      </p>
    );
  }
  if (v?.fault)
    return <p class="banner late" role="status"><Shape phase="late" /><b>{faults[v.fault.reason] ?? w.faultIo}</b></p>;
  if (v?.incident)
    return (
      <p class="banner risk" role="status"><Shape phase="risk" /><b>{w.incident}: {v.incident.title}</b><span>{number(v.incident.cases)} {w.cases}</span></p>
    );
  return null;
}

function Pairing() {
  const w = words();
  const c = code.value;
  return (
    <main class="alone">
      <Mark />
      <h1>{w.pairing}</h1>
      {c ? <p key="code" class="code">{c.user}</p> : <p key="wait" class="code quiet">{w.pairWait}</p>}
      <p class={c ? "how" : "how waits"}>{w.pairHow}<br /><kbd>{w.pairCommand} {c?.user ?? "----"}</kbd></p>
      <p class="where">{(c?.address ?? address.value).replace("https://", "")}</p>
    </main>
  );
}

function Alone({ text }: { text: string }) {
  return (
    <main class="alone">
      <Mark />
      <h1>{text}</h1>
      <p class="where">{address.value.replace("https://", "")}</p>
    </main>
  );
}

function Lower() {
  const shown = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => (shown.value += 1), ROTATE_MS);
    return () => clearInterval(timer);
  }, []);
  const hasTeams = Object.keys(wall.value?.teams ?? {}).length > 1;
  return hasTeams && shown.value % 2 === 1 ? <Teams /> : <Trend />;
}

function Wall() {
  const w = words();
  const state = freshness.value;
  if (state === "unpaired") return <Pairing />;
  if (!wall.value) return <Alone text={state === "offline" ? `${w.offline} ${w.since} ${(void now.value, span(performance.now()))}` : w.loading} />;
  const isOld = state === "stale" || state === "offline";
  const isQuiet = wall.value.at_work === false;
  return (
    <main class={`wall${isOld ? " old" : ""}${isQuiet ? " quiet" : ""}`}>
      <Header />
      <div class="tiles"><Tiles /></div>
      <div class="lower"><Lower /><Strip /></div>
      <Banner />
    </main>
  );
}

function App() {
  useSignalEffect(() => {
    document.documentElement.lang = lang.value;
    document.documentElement.dataset.theme = theme.value;
  });
  useEffect(() => {
    let shift = 0;
    const root = document.documentElement.style;
    const shifting = setInterval(() => {
      shift = (shift + 1) % SHIFTS.length;
      const [x, y] = SHIFTS[shift]!;
      root.setProperty("--shift", `${x}px ${y}px`);
    }, SHIFT_MS);
    const swapping = setInterval(() => document.documentElement.classList.toggle("swapped"), SWAP_MS);
    return () => {
      clearInterval(shifting);
      clearInterval(swapping);
    };
  }, []);
  return <Wall />;
}

render(<App />, document.getElementById("root")!);
void begin();
