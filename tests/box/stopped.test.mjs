// stopped.test.mjs - the command line on a stopped box, on a folder that holds none, and on files that are there already.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Box, binary, mention } from "./lib/box.mjs";
import { spawnSync } from "node:child_process";

let box, folder;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "atalaya-stopped-"));
  box = await Box.start();
});
after(async () => {
  await box.close();
  await rm(folder, { recursive: true, force: true });
});

const cli = (args, dir = box.dir) => {
  const { status, stdout, stderr } = spawnSync(binary, [...args, "--data", dir], { encoding: "utf8" });
  return { status, stdout, stderr };
};
const ok = (...args) => {
  const r = cli(args);
  assert.equal(r.status, 0, `${args.join(" ")}: ${r.stderr}`);
  return r.stdout;
};
const lines = (text) => text.trim().split("\n");

test("a stopped box exports what it exports while it runs", async () => {
  const source = await box.token("source");
  await box.post(source, Array.from({ length: 250 }, () => mention()));
  await box.post(source, mention({ text: "olvidadme", author: { id: "o1", handle: "olvido" } }));
  const running = ok("export");
  assert.equal(lines(running).length, 251);
  await box.stop();
  assert.deepEqual(lines(ok("export")).map((l) => JSON.parse(l)), lines(running).map((l) => JSON.parse(l)));
});

test("a stopped box erases, and not what is no customer", async () => {
  const all = lines(ok("export")).map((l) => JSON.parse(l));
  const mine = all.find((c) => c.mentions[0].handle === "olvido");
  assert.equal(ok("erase", mine.customer), "Erased.\n");
  const left = lines(ok("export")).map((l) => JSON.parse(l)).find((c) => c.case === mine.case);
  assert.equal(left.mentions[0].text, undefined);
  for (const name of readdirSync(box.dir).filter((n) => n.endsWith(".mdb")))
    assert.ok(!readFileSync(path.join(box.dir, name)).includes("olvidadme"));
  assert.match(cli(["erase", "nobody"]).stderr, /customer id/);
  const unknown = cli(["erase", mine.customer.replace(/^./, "7")]);
  assert.deepEqual([unknown.status, unknown.stderr], [1, "atalaya: no such customer\n"]);
  assert.match(ok("verify"), /, 0 different/);
});

test("a stopped box lists and revokes whoever may speak to it", async () => {
  const added = { user: "Ana Bermúdez", token: "feed", display: "entrada" };
  ok("user", "add", added.user, "--role", "lead");
  const token = lines(ok("token", "add", added.token, "--role", "source")).at(-1);
  ok("display", "add", added.display);
  for (const [what, name] of Object.entries(added)) {
    const list = ok(what, "list");
    for (const [other, n] of Object.entries(added)) assert.equal(list.includes(n), what === other, `${n} in ${list}`);
    assert.match(list, /^id +role +added +live +name$/m);
    assert.match(list, new RegExp(`^[0-9a-z]{26}  \\w+ +\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z +0 +${name}$`, "m"));
  }
  await box.spawn();
  assert.equal((await box.post(token, mention())).status, 202);
  const running = ok("user", "list");
  await box.stop();
  assert.equal(ok("user", "list"), running);
  ok("token", "revoke", added.token);
  ok("user", "revoke", /^([0-9a-z]{26}) .*Ana/m.exec(running)[1]);
  assert.doesNotMatch(ok("user", "list"), /Ana/);
  const again = cli(["token", "revoke", added.token]);
  assert.deepEqual([again.status, /no such device/.test(again.stderr)], [1, true]);
  await box.spawn();
  assert.equal((await box.post(token, mention())).status, 401);
  assert.match(ok("display", "list"), /entrada/);
  await box.stop();
});

test("a folder without a box is refused by what does not make one, and stays as it was", () => {
  writeFileSync(path.join(folder, "p.json"), "{}");
  const empty = path.join(folder, "empty"), typo = path.join(folder, "typo");
  mkdirSync(empty);
  const commands = [
    ["token", "add", "a", "--role", "source"], ["token", "list"], ["token", "revoke", "a"],
    ["user", "add", "a", "--role", "agent"], ["user", "list"], ["user", "revoke", "a"],
    ["display", "add", "a"], ["display", "list"], ["display", "revoke", "a"], ["display", "approve", "BCDF-GHJK"],
    ["policy", "adopt", path.join(folder, "p.json")], ["policy", "show"], ["status"], ["verify"], ["rebuild"], ["export"],
    ["erase", "0000000000000000000000000a"], ["backup", path.join(folder, "b")], ["staff", "--week"],
  ];
  for (const dir of [empty, typo])
    for (const c of commands) {
      const { status, stderr, stdout } = cli(c, dir);
      assert.equal(status, 1, c.join(" "));
      assert.match(stderr, new RegExp(`^atalaya: no box .*${dir}.*\`atalaya serve --data ${dir}\`.*\\n$`), c.join(" "));
      assert.equal(stdout, "", c.join(" "));
    }
  assert.deepEqual(readdirSync(empty), []);
  assert.ok(!existsSync(typo) && !existsSync(path.join(folder, "b")));
});

test("wrong usage is told before the folder is looked at", () => {
  const typo = path.join(folder, "typo");
  for (const c of [["user", "add", "a"], ["user", "add", "--role", "agent"], ["user", "sing"], ["display", "list", "x"], ["verify", "x"], ["backup"]])
    assert.equal(cli(c, typo).status, 2, c.join(" "));
});

const bad = { empty: "", "too long": "x".repeat(64), "a line": "a\nb", "a quote": "a\"b", "a backslash": "a\\b", "too many bytes": "ñ".repeat(32) };

test("a name that cannot be one is refused, stopped or running", async () => {
  for (const run of [false, true]) {
    if (run) await box.spawn();
    for (const [what, name] of Object.entries(bad))
      for (const c of [["user", "add", name, "--role", "agent"], ["token", "add", name, "--role", "source"], ["display", "add", name]]) {
        const { status, stderr } = cli(c);
        assert.equal(status, 1, `${what}: ${c[0]}`);
        assert.match(stderr, /name.*1 to 63 bytes/);
      }
    for (const name of ["x".repeat(63), `O'Brien ${run}`, "ñ".repeat(31)]) ok("user", "add", name, "--role", "agent");
  }
  await box.stop();
});

test("a backup never takes the place of a file, stopped or running", async () => {
  const file = path.join(folder, "once.backup"), other = path.join(folder, "letter.txt");
  writeFileSync(other, "dear all");
  ok("backup", file);
  for (const run of [false, true]) {
    if (run) await box.spawn();
    for (const f of [file, other]) {
      const before = readFileSync(f);
      const { status, stderr } = cli(["backup", f]);
      assert.deepEqual([status, stderr.includes(f), stderr.split("\n").length], [1, true, 2], stderr);
      assert.ok(readFileSync(f).equals(before));
    }
  }
  ok("backup", path.join(folder, "another.backup"));
  await box.stop();
});

test("restore speaks of the file before only when there was one", () => {
  const file = path.join(folder, "once.backup"), fresh = path.join(folder, "fresh");
  assert.equal(cli(["restore", file], fresh).stdout, "Restored.\n");
  assert.deepEqual(readdirSync(fresh).filter((n) => n.includes("before")), []);
  assert.match(cli(["restore", file], fresh).stdout, /^Restored\..*atalaya\.mdb\.before-restore/);
  assert.ok(readdirSync(fresh).includes("atalaya.mdb.before-restore"));
  assert.match(cli(["verify"], fresh).stdout, /, 0 different/);
});

test("status tells what waits, is parked, and is on its way out", async () => {
  await box.spawn();
  const agent = await box.token("agent", "Eva Gil"), source = await box.token("source", "more");
  const row = (name) => Number(new RegExp(`^${name} +(\\d+)$`, "m").exec(cli(["status"]).stdout)?.[1]);
  const [waiting, parked, outbox] = ["waiting", "parked", "outbox"].map(row);
  assert.deepEqual([parked, outbox], [0, 0]);
  const m = mention();
  await box.post(source, m);
  assert.equal(row("waiting"), waiting + 1);
  const mine = lines(ok("export")).map((l) => JSON.parse(l)).find((c) => c.mentions[0]?.handle === m.author.handle);
  const live = await box.live(agent);
  live.send({ watch: "case", id: mine.case });
  const { full } = await live.frame((f) => f.view === "case" && f.full);
  const claimed = await live.do("claim", { case: mine.case, seen: full.seq });
  const { set } = await live.frame((f) => f.view === "case" && f.seq >= claimed.seq && f.set);
  const answer = await live.do("reply", { case: mine.case, seen: set.seq, text: "Ya lo miramos." });
  assert.ok(answer.ok, JSON.stringify(answer));
  assert.deepEqual(["waiting", "parked", "outbox"].map(row), [waiting, 1, 1]);
  assert.equal(row("late"), 0);
  await live.close();
});
