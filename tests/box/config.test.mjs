// config.test.mjs - what `check --config` calls good, `serve` can use; what it cannot use, it names with the way out.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { binary } from "./lib/box.mjs";
import { allSay } from "./lib/says.mjs";

let folder;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "atalaya-config-"));
  mkdirSync(path.join(folder, "etc"));
  write("etc/policy.json", { teams: [{ name: "vecinos" }] });
  write("etc/day.jsonl", { network: "x", id: "1", at: "2026-05-04T08:00:00Z", text: "No hay luz", author: { id: "a" } });
});
after(() => rm(folder, { recursive: true, force: true }));

function write(name, json) {
  writeFileSync(path.join(folder, name), `${JSON.stringify(json)}\n`);
  return path.join(folder, name);
}

/** The lines of `check`, without the file's name, and its status; from a folder that is not the configuration's. */
function check(config, cwd = folder) {
  const file = write("etc/box.json", config);
  const { status, stdout } = spawnSync(binary, ["check", "--config", file], { encoding: "utf8", cwd });
  return { status, lines: stdout.trim().split("\n").map((l) => l.replace(`${file}: `, "")) };
}

const secret = (n) => `whsec_${Buffer.alloc(n, 7).toString("base64")}`;
const day = (file) => ({ channels: [{ name: "web", network: "webhook" }, { name: "ayer", network: "replay", file }] });
const VALID = "configuration is valid";
const unreadable = (name) => `cannot read; ${name}`;
const noAddress = "$.listen: address; 127.0.0.1";
const noSecret = "$.webhook_secret: signature; 24 to 64 bytes";

const faulty = {
  "a policy that is not there": [{ policy: "/nowhere/p.json" }, `$.policy: ${unreadable("/nowhere/p.json")}`],
  "a relative one": [{ policy: "p.json" }, () => `$.policy: ${unreadable(path.join(folder, "etc/p.json"))}`],
  "a folder for a policy": [{ policy: "." }, () => `$.policy: ${unreadable(`${folder}/etc/.`)}`],
  "a replay that is not there": [day("days.jsonl"), () => `$.channels[1].file: ${unreadable(path.join(folder, "etc/days.jsonl"))}`],
  "a certificate and a key that are not there": [{ cert: "a.crt", key: "/a.key" },
    () => `$.cert: ${unreadable(path.join(folder, "etc/a.crt"))}`, `$.key: ${unreadable("/a.key")}`],
  "a certificate without a key": [{ cert: "policy.json" }, "$.key: certificate; both"],
  "a key without a certificate": [{ key: "policy.json" }, "$.cert: certificate; both"],
  "a secret of one letter": [{ webhook_secret: "whsec_x" }, noSecret],
  "a secret of 23 bytes": [{ webhook_secret: secret(23) }, noSecret],
  "a secret of 65 bytes": [{ webhook_secret: secret(65) }, noSecret],
  "a secret that is no base64": [{ webhook_secret: `whsec_${"*".repeat(40)}` }, noSecret],
  "an address beyond its range": [{ listen: "999.1.1.1" }, noAddress],
  "three quarters of an address": [{ listen: "10.0.0" }, noAddress],
  "an interface that is not there": [{ listen: "eth-none" }, noAddress],
  "a name": [{ listen: "localhost" }, noAddress],
};

for (const [what, [config, ...lines]] of Object.entries(faulty))
  test(`check refuses ${what}`, () => {
    const found = check(config);
    assert.equal(found.status, 1);
    allSay(found.lines, lines.map((l) => (typeof l === "string" ? l : l())));
  });

test("serve refuses them with the same words", () => {
  const file = write("etc/box.json", { listen: "999.1.1.1", policy: "p.json" });
  const { status, stderr } = spawnSync(binary, ["serve", "--config", file, "--data", `${folder}/data`, "--port", "0"], { encoding: "utf8", cwd: folder, timeout: 9000 });
  assert.equal(status, 1);
  const lines = stderr.trim().split("\n").map((l) => l.replace(`${file}: `, ""));
  allSay(lines.sort(), [noAddress, `$.policy: ${unreadable(path.join(folder, "etc/p.json"))}`]);
});

test("check refuses a certificate whose key is another's, and takes a pair", () => {
  for (const name of ["one", "two"])
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
      "-keyout", `${folder}/etc/${name}.key`, "-out", `${folder}/etc/${name}.crt`, "-subj", `/CN=${name}.example.com`], { stdio: "ignore" });
  for (const [cert, key] of [["one.crt", "two.key"], ["policy.json", "one.key"], ["one.key", "one.key"]]) {
    const { status, lines } = check({ cert, key });
    assert.equal(status, 1, `${cert} ${key}`);
    assert.match(lines[0], /^\$\.cert: .*PEM: \w+; /);
  }
  assert.deepEqual(check({ cert: "one.crt", key: "one.key" }), { status: 0, lines: [VALID] });
});

const good = {
  nothing: {}, "a secret of 24 bytes": { webhook_secret: secret(24) }, "one of 64": { webhook_secret: secret(64) },
  "the loopback": { listen: "127.0.0.1" }, "all addresses": { listen: "0.0.0.0" }, "an interface": { listen: "lo" },
  "files beside it": { policy: "policy.json", ...day("day.jsonl") },
  "and one folder up": { policy: "../etc/policy.json" },
};

for (const [what, config] of Object.entries(good))
  test(`check takes ${what}`, () => {
    const { status, lines } = check(config);
    assert.deepEqual([status, lines[0]], [0, VALID]);
  });

test("a configuration is named by a bare name in its own folder as well", () => {
  write("etc/bare.json", { policy: "policy.json", ...day("day.jsonl") });
  const { status, stdout } = spawnSync(binary, ["check", "--config", "bare.json"], { encoding: "utf8", cwd: path.join(folder, "etc") });
  assert.deepEqual([status, stdout.split("\n")[0]], [0, `bare.json: ${VALID}`]);
});

test("serve takes files from the configuration's folder, wherever it was started", async () => {
  const file = write("etc/box.json", { listen: "127.0.0.1", port: 0, policy: "policy.json", ...day("day.jsonl") });
  const data = path.join(folder, "served");
  const child = spawn(binary, ["serve", "--config", file, "--data", data], { cwd: os.tmpdir(), stdio: ["ignore", "pipe", "pipe"] });
  const exit = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (d) => (errors += d));
  try {
    await Promise.race([once(child.stdout, "data"), exit.then(() => assert.fail(errors))]);
    const shown = spawnSync(binary, ["policy", "show", "--data", data], { encoding: "utf8" });
    assert.equal(JSON.parse(shown.stdout).teams[0].name, "vecinos", shown.stderr);
  } finally {
    child.kill();
    await exit;
  }
});
