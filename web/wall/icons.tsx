// icons.tsx - a shape for each state of time, so that colour is never alone; and the mark: an A that is a watchtower.
import type { Phase } from "./phases";

const shapes: Record<Phase, string> = {
  calm: "M12 2.500a9.500 9.500 0 1 1 0 19 9.500 9.500 0 0 1 0-19Zm0 3.600a5.900 5.900 0 1 0 0 11.800 5.900 5.900 0 0 0 0-11.800Z",
  soon: "M12 2.500a9.500 9.500 0 1 1 0 19 9.500 9.500 0 0 1 0-19Zm0 3.600a5.900 5.900 0 1 0 0 11.800Z",
  risk: "M12 2.500 23 21.500H1Z",
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
    <svg class="mark" viewBox="6 1 52 62" aria-hidden="true">
      <path d="M7 62 22.500 27.500h19L57 62H46.500l-4-9.500h-21l-4 9.500zm18.400-17.500h13.200L34.700 34h-5.400z" />
      <path class="eye" d="M12.500 22a19.500 19.500 0 0 1 39 0h-9.200a10.300 10.300 0 0 0-20.600 0z" />
      <circle class="eye" cx="32" cy="19.500" r="4.800" />
    </svg>
  );
}
