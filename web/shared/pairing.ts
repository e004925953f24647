// pairing.ts - the pattern of RFC 8628: show a code, poll until a lead approves it.  The credential is a cookie that no
// script sees.
import { signal } from "@preact/signals";
import { ask } from "./ask";

export interface Code {
  user: string;
  address: string;
}
/** What to show; undefined while there is no code that the box would know. */
export const code = signal<Code | undefined>(undefined);

interface Started {
  device_code: string;
  user_code: string;
  interval: number;
  expires_in: number;
  address: string;
}

const RETRY_S = 3;
const pause = (s: number) => new Promise((done) => setTimeout(done, s * 1000));

function post(path: string, body: object): Promise<Response | undefined> {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Polls one code to its end; while the box does not answer, no code is shown. */
async function poll(started: Started): Promise<boolean> {
  let interval = started.interval;
  const ends = performance.now() + started.expires_in * 1000;
  while (performance.now() < ends) {
    await pause(interval);
    const answer = await post("/api/pair/token", { device_code: started.device_code });
    code.value = answer ? { user: started.user_code, address: started.address } : undefined;
    if (answer?.ok) return true;
    const problem = (await answer?.json().catch(() => undefined)) as { code?: string } | undefined;
    if (problem?.code === "expired_token") return false;
    if (problem?.code === "slow_down") interval += 1;
  }
  return false;
}

/** Resolves once this screen has its credential. */
export async function pair(): Promise<void> {
  for (;;) {
    const answer = await post("/api/pair", {});
    if (!answer?.ok) {
      code.value = undefined;
      await pause(RETRY_S);
      continue;
    }
    const started = (await answer.json()) as Started;
    code.value = { user: started.user_code, address: started.address };
    if (await poll(started)) {
      code.value = undefined;
      return;
    }
  }
}
