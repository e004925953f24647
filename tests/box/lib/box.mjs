// box.mjs - the real program on a free port with its own folder; stopped by its own pid.
import { spawn, execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { after } from "node:test";
import WebSocket from "ws";

export const binary = path.resolve(process.env.ATALAYA_BIN ?? "build/atalaya");
const run = promisify(execFile);
const children = new Set();
after(async () => {
  for (const child of children) {
    const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.kill("SIGTERM");
    await once(child, "exit");
    clearTimeout(hard);
  }
});

export class Box {
  static async start(options = {}) {
    const box = new Box();
    box.options = options;
    box.binary = options.binary ?? binary;
    box.dir = options.dir ?? (await mkdtemp(path.join(os.tmpdir(), "atalaya-test-")));
    await box.spawn();
    return box;
  }

  async spawn() {
    const { args = [], env = {}, demo = false, config } = this.options;
    const file = `${this.dir}/test-config.json`;
    await writeFile(file, JSON.stringify({ listen: "127.0.0.1", ...config }));
    const listen = demo ? ["--demo"] : ["--config", file];
    this.errors = "";
    this.child = spawn(this.binary, ["serve", "--data", this.dir, "--port", "0", ...listen, ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stderr.on("data", (d) => (this.errors += d));
    this.port = await new Promise((resolve, reject) => {
      this.output = "";
      this.child.stdout.on("data", (d) => {
        this.output += d;
        const found = /:(\d+)\/wall/.exec(this.output);
        if (found) resolve(Number(found[1]));
      });
      this.child.once("exit", (code) => reject(new Error(`the box stopped with ${code}: ${this.errors}`)));
    });
    this.pid = this.child.pid;
    /* A test that fails must not keep the runner waiting, nor leave a server behind. */
    const { child } = this;
    children.add(child);
    child.once("exit", () => children.delete(child));
  }

  async cli(...args) {
    return run(this.binary, [...args, "--data", this.dir], { maxBuffer: 1 << 30 });
  }

  async token(role, name = `test-${role}-${Math.random()}`) {
    const what = role === "agent" || role === "lead" ? "user" : "token";
    const { stdout } = await this.cli(what, "add", name, "--role", role);
    return stdout.trim().split("\n").at(-1);
  }

  /** One request; answers {status, headers, body, json}. */
  request(method, target, { body, headers = {}, token } = {}) {
    return new Promise((resolve, reject) => {
      const data = body === undefined ? undefined : typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const request = https.request(
        {
          host: "127.0.0.1", port: this.port, path: target, method, rejectUnauthorized: false, agent: this.agent,
          headers: {
            ...(data === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(data) }),
            ...(token ? { Authorization: `Bearer ${token}` } : {}),
            ...headers,
          },
        },
        (answer) => {
          const chunks = [];
          answer.on("data", (c) => chunks.push(c));
          answer.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            let json;
            try {
              json = JSON.parse(text);
            } catch {
              json = undefined;
            }
            resolve({ status: answer.statusCode, headers: answer.headers, body: text, json });
          });
        },
      );
      request.on("error", reject);
      if (data !== undefined) request.write(data);
      request.end();
    });
  }

  post(token, mentions, more = {}) {
    return this.request("POST", "/api/mentions", { body: mentions, token, ...more });
  }

  /** Raw bytes over TLS; resolves with everything that came until the other end closed. */
  raw(bytes, { timeout = 8000 } = {}) {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({ host: "127.0.0.1", port: this.port, rejectUnauthorized: false });
      const chunks = [];
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new Error(`still open; got ${Buffer.concat(chunks).toString("latin1").slice(0, 200)}`));
      }, timeout);
      socket.on("secureConnect", () => socket.write(bytes));
      socket.on("data", (d) => chunks.push(d));
      socket.on("error", () => {});
      socket.on("close", () => {
        clearTimeout(timer);
        resolve(Buffer.concat(chunks));
      });
    });
  }

  async live(token, options = {}) {
    const socket = new WebSocket(`wss://127.0.0.1:${this.port}/live`, "atalaya.v1", {
      rejectUnauthorized: false, headers: { Authorization: `Bearer ${token}`, ...(options.headers ?? {}) },
    });
    const live = new Live(socket);
    await once(socket, "open");
    return live;
  }

  async stop(signal = "SIGTERM") {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, "exit");
    }
    return this.child.exitCode;
  }

  async close() {
    const code = await this.stop();
    if (code !== 0) console.log(this.errors.slice(-6000));
    await rm(this.dir, { recursive: true, force: true });
    return code;
  }
}

export class Live {
  constructor(socket) {
    this.socket = socket;
    this.frames = [];
    this.waiters = [];
    socket.on("message", (data) => {
      const frame = JSON.parse(data.toString());
      this.frames.push(frame);
      this.waiters = this.waiters.filter((w) => !w(frame));
    });
    this.closed = new Promise((resolve) => socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() })));
  }

  send(frame) {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The first frame, past or to come, that fits. */
  frame(fits, timeout = 8000) {
    const past = this.frames.find(fits);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such frame in ${JSON.stringify(this.frames).slice(-600)}`)), timeout);
      this.waiters.push((frame) => {
        if (!fits(frame)) return false;
        clearTimeout(timer);
        resolve(frame);
        return true;
      });
    });
  }

  async do(verb, members) {
    const ref = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
    this.send({ do: verb, ref, ...members });
    return this.frame((f) => f.ref === ref);
  }

  close() {
    this.socket.close();
    return this.closed;
  }
}

export function merge(target, patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const out = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete out[name];
    else out[name] = merge(out[name], value);
  }
  return out;
}

let counter = 0;
export function mention(more = {}) {
  counter += 1;
  return {
    network: "x", id: `m${process.pid}-${counter}`, text: "Llevo dos horas sin servicio, ¿podéis ayudarme?",
    author: { id: `a${counter}`, handle: `persona${counter}` }, ...more,
  };
}

export const until = async (check, timeout = 8000) => {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error("it did not come about");
    await new Promise((r) => setTimeout(r, 50));
  }
};
