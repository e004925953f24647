// icons.tsx - a shape for each state of time, so that colour is never alone; and the mark.
import type { Phase } from "./state";

const shapes: Record<Phase, string> = {
  calm: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 3a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z",
  soon: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 3a6 6 0 1 0 0 12V6Z",
  risk: "M12 2.5 23 21.5H1Z",
  late: "M3 3h18v18H3Z",
};

export function Shape({ phase }: { phase: Phase }) {
  return (
    <svg class={`shape ${phase}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[phase]} fill-rule="evenodd" />
    </svg>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
      <path class="beam" d="M36 23 64 11v24z" />
      <path d="M12 18 27 6l15 12z" />
      <path fill-rule="evenodd" d="M15 20h24v10H15zm12 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z" />
      <path fill-rule="evenodd" d="M18 32h18l6 28h-6l-2.2-9H20.2L18 60h-6zm4.2 5-1.9 9h13.4l-1.9-9z" />
    </svg>
  );
}
