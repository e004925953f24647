// ask.ts - one request to the box; a box that hangs is the same as one that is gone.
const WAIT_MS = 8000;

/** The answer, or undefined when none came in time. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    return await fetch(path, { ...init, signal: AbortSignal.timeout(WAIT_MS) });
  } catch {
    return undefined;
  }
}
