// pairing.ts - the pattern of RFC 8628: show a code, poll until a lead approves it.  The credential is a cookie that no
// script sees.
import { signal } from "@preact/signals";

export interface Code {
  user: string;
  address: string;
}
export const code = signal<Code | undefined>(undefined);

interface Started {
  device_code: string;
  user_code: string;
  interval: number;
  expires_in: number;
  address: string;
}

const pause = (s: number) => new Promise((done) => setTimeout(done, s * 1000));

async function post(path: string, body: object): Promise<Response> {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

async function poll(started: Started): Promise<boolean> {
  let interval = started.interval;
  const ends = performance.now() + started.expires_in * 1000;
  while (performance.now() < ends) {
    await pause(interval);
    const answer = await post("/api/pair/token", { device_code: started.device_code }).catch(() => undefined);
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
    const answer = await post("/api/pair", {}).catch(() => undefined);
    if (!answer?.ok) {
      code.value = undefined;
      await pause(3);
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
