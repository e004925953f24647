// systemd.test.mjs - the unit file: its sandbox, and that the program speaks what it promises (Type=notify, watchdog).
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Box, until } from "./lib/box.mjs";

const unit = "board/systemd/atalaya.service";

function analyze(...args) {
  try {
    return execFileSync("systemd-analyze", args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  } catch (e) {
    return e.code === "ENOENT" ? undefined : `${e.stdout}\n${e.stderr}`;
  }
}

test("the sandbox scores at most 2.0", (t) => {
  const out = analyze("security", "--offline=true", unit);
  if (out === undefined) return t.skip("systemd-analyze is not installed (package systemd)");
  const score = Number(/exposure level for \S+: ([\d.]+)/.exec(out)?.[1]);
  assert.ok(score > 0 && score <= 2.0, out.slice(-600));
});

test("the unit starts what is documented, and asks for what the program speaks", () => {
  const text = readFileSync(unit, "utf8");
  for (const line of ["Type=notify", "WatchdogSec=30", "Restart=always", "StateDirectory=atalaya", "DynamicUser=yes"]) assert.ok(text.includes(`\n${line}\n`), line);
  assert.match(text, /ExecStart=\S*atalaya serve /);
});

test("ready when it serves, fed while its loop runs, stopping when it stops", async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), "atalaya-test-"));
  mkdirSync("build/test", { recursive: true });
  execFileSync("gcc", ["-O1", "-o", "build/test/notified", "tests/box/lib/notified.c"]);
  const listener = spawn("build/test/notified", [`${dir}/socket`], { stdio: ["ignore", "pipe", "inherit"] });
  let heard = "";
  listener.stdout.on("data", (d) => (heard += d));
  await until(() => heard.includes("bound"));
  const lines = (word) => heard.split("\n").filter((l) => l === word).length;
  const box = await Box.start({ env: { NOTIFY_SOCKET: `${dir}/socket`, WATCHDOG_USEC: "2000000" } });
  await until(() => lines("READY=1") === 1);
  assert.equal((await box.request("GET", "/healthz")).status, 200);
  await until(() => lines("WATCHDOG=1") >= 3);
  /* A loop that does not run is not fed. */
  process.kill(box.pid, "SIGSTOP");
  await new Promise((r) => setTimeout(r, 300));
  const before = lines("WATCHDOG=1");
  await new Promise((r) => setTimeout(r, 2500));
  assert.equal(lines("WATCHDOG=1"), before);
  process.kill(box.pid, "SIGCONT");
  await until(() => lines("WATCHDOG=1") > before);
  assert.equal(await box.close(), 0);
  await until(() => lines("STOPPING=1") === 1);
  assert.ok(heard.indexOf("READY=1") < heard.indexOf("STOPPING=1"));
  listener.kill();
  await rm(dir, { recursive: true, force: true });
});
