// live.ts - a live socket: watches views, applies patches in order, keeps the box's clock, and says how fresh all this is.
import { signal } from "@preact/signals";
import { merge, type Json } from "./merge";

export type Freshness = "loading" | "live" | "stale" | "offline" | "unpaired";

const STALE_MS = 5000;
const CHECK_MS = 1000; /* while the box is silent */
const OPEN_MS = 10000;
const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 15000;

interface Frame {
  view?: string;
  from?: number;
  seq: number;
  at: number;
  full?: Json;
  set?: Json;
}

export class Live {
  readonly freshness = signal<Freshness>("loading");
  /** When the last frame came, on this screen's monotonic clock. */
  heardAt = 0;
  /** The box's time less this screen's monotonic clock; NaN until the first frame. */
  private offset = NaN;
  private socket: WebSocket | undefined;
  private waitMs = WAIT_MIN_MS;
  private seqs = new Map<string, number>();
  private states = new Map<string, Json>();
  private timer: number | undefined;
  private deadline: number | undefined;
  private opened = 0;

  constructor(
    private readonly views: string[],
    private readonly onView: (view: string, state: Json) => void,
    private readonly onRefused: () => Promise<boolean>,
    /** Each time a socket opens; `again` when it is not the first. */
    private readonly onOpened: (again: boolean) => void = () => {},
  ) {
    this.checkIn(STALE_MS);
  }

  /** The box's time in milliseconds. */
  now(): number {
    return Number.isNaN(this.offset) ? Date.now() : this.offset + performance.now();
  }

  knowsTime(): boolean {
    return !Number.isNaN(this.offset);
  }

  start(): void {
    clearTimeout(this.timer);
    this.close();
    const socket = new WebSocket(`wss://${location.host}/live`, "atalaya.v1");
    this.socket = socket;
    let wasOpen = false;
    const giveUp = setTimeout(() => socket.close(), OPEN_MS);
    socket.onopen = () => {
      wasOpen = true;
      clearTimeout(giveUp);
      this.waitMs = WAIT_MIN_MS;
      this.seqs.clear();
      this.onOpened(this.opened++ > 0);
      for (const view of this.views) socket.send(JSON.stringify({ watch: view }));
    };
    socket.onmessage = (event) => this.take(JSON.parse(event.data as string) as Frame);
    socket.onclose = (event) => {
      clearTimeout(giveUp);
      if (this.socket === socket) void this.lost(wasOpen, event.code);
    };
  }

  private close(): void {
    const old = this.socket;
    this.socket = undefined;
    if (old) {
      old.onclose = old.onmessage = old.onopen = null;
      old.close();
    }
  }

  private async lost(wasOpen: boolean, code: number): Promise<void> {
    this.socket = undefined;
    if ((!wasOpen || code === 4401) && (await this.onRefused())) {
      this.freshness.value = "unpaired";
      return;
    }
    this.timer = setTimeout(() => this.start(), this.waitMs * (0.5 + Math.random()));
    this.waitMs = Math.min(this.waitMs * 1.7, WAIT_MAX_MS);
  }

  private take(frame: Frame): void {
    if (typeof frame.at !== "number") return;
    this.heardAt = performance.now();
    this.checkIn(STALE_MS);
    this.offset = frame.at - this.heardAt;
    if (frame.view) {
      const { view } = frame;
      if (frame.full !== undefined) this.states.set(view, frame.full);
      else if (frame.set !== undefined && frame.from === this.seqs.get(view))
        this.states.set(view, merge(this.states.get(view), frame.set));
      else return this.ask(view);
      this.seqs.set(view, frame.seq);
      this.onView(view, this.states.get(view) as Json);
    }
    if (this.seqs.size > 0) this.freshness.value = "live";
  }

  /** A patch that does not follow what we have: the whole state again. */
  private ask(view: string): void {
    this.socket?.send(JSON.stringify({ unwatch: view }));
    this.socket?.send(JSON.stringify({ watch: view }));
  }

  /** One timer: pushed on by every frame, so that it only ever runs out when the box is silent. */
  private checkIn(ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.check(), ms);
  }

  private check(): void {
    this.checkIn(CHECK_MS);
    if (this.freshness.value === "unpaired") return;
    const silentMs = performance.now() - this.heardAt;
    const isOpen = this.socket?.readyState === WebSocket.OPEN;
    if (this.heardAt === 0) {
      if (!this.socket) this.freshness.value = "offline";
      return;
    }
    if (silentMs < STALE_MS) return;
    this.freshness.value = isOpen ? "stale" : "offline";
    if (isOpen && silentMs > 3 * STALE_MS) this.start();
  }
}
