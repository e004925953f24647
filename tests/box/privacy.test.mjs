// privacy.test.mjs - inbound personal data: masked wherever it is shown or logged, on the disk nowhere in the clear.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { Box, mention, until } from "./lib/box.mjs";

/* What people write to a company in public, and what may be seen of it. */
const secrets = {
  "378282246310005": "•••••••••••0005",
  "ES79 2100 0813 6101 2345 6789": "•••• •••• •••• •••• •••• ••••",
  "052.327.928-06": "•••.•••.•••-••",
  "54362315K": "•••••••••",
  "GODE561231GR8": "•••••••••••••",
  "002180292961112420": "••••••••••••••••••",
  "536-90-4399": "•••-••-••••",
  "ana.maria.perez@example.com": "•••.•••••.•••••@•••••••.•••",
  "+54 9 11 5555-1234": "+•• • •• ••••-••••",
};
const originals = Object.keys(secrets);
const textOf = (secret) => `Mi dato es ${secret} y no me deja entrar`;
const bare = (secret) => secret.replace(/[ .-]/g, "");

let box, source, agent, display;
before(async () => {
  box = await Box.start();
  source = await box.token("source");
  agent = await box.token("agent", "Ana");
  display = await box.token("display");
});
after(async () => assert.equal(await box.close(), 0));

function assertNone(where, text) {
  for (const s of originals)
    for (const form of new Set([s, bare(s)])) assert.ok(!text.includes(form), `${where} holds ${form}`);
}

/* Every byte below the folder of the box. */
async function bytesOnDisk() {
  const found = [];
  for (const e of await readdir(box.dir, { recursive: true, withFileTypes: true }))
    if (e.isFile()) found.push([e.name, (await readFile(path.join(e.parentPath ?? e.path, e.name))).toString("latin1")]);
  return found;
}

test("posted, it is taken", async () => {
  const answer = await box.post(source, originals.map((s, i) => mention({ id: `secret-${i}`, text: textOf(s), kind: i % 2 ? "direct" : "public" })));
  assert.equal(answer.status, 202);
  assert.ok(answer.json.results.every((r) => r.status === "accepted"));
  assertNone("the answer", answer.body);
});

test("the queue shows it masked", async () => {
  const l = await box.live(agent);
  l.send({ watch: "queue", team: "*", limit: 200 });
  const { full } = await l.frame((f) => f.view === "queue" && f.full);
  const lines = full.order.map((id) => full.cases[id].lines[0]);
  for (const masked of Object.values(secrets)) assert.ok(lines.includes(textOf(masked)), `${textOf(masked)} in\n${lines.join("\n")}`);
  assertNone("the queue", JSON.stringify(l.frames));
  await l.close();
});

test("an edit is masked as well, and walls hear nothing of either", async () => {
  const wall = await box.live(display), l = await box.live(agent);
  wall.send({ watch: "wall" });
  await wall.frame((f) => f.view === "wall" && f.full);
  await box.post(source, { ...mention({ id: "secret-0" }), text: `Otra vez: ${originals[1]}, ${originals[7]}`, event: "edit" });
  l.send({ watch: "queue", team: "*", limit: 200 });
  await until(() => JSON.stringify(l.frames).includes("Otra vez: •••• ••••"));
  assertNone("the queue", JSON.stringify(l.frames));
  assertNone("the wall", JSON.stringify(wall.frames));
  await wall.close();
  await l.close();
});

test("an export holds the masked copy", async () => {
  const { stdout } = await box.cli("export");
  const texts = stdout.trim().split("\n").flatMap((l) => JSON.parse(l).mentions ?? []).map((m) => m.text);
  for (const s of originals.slice(1)) assert.ok(texts.includes(textOf(secrets[s])), texts.join("\n"));
  assertNone("the export", stdout);
});

test("what is refused is not logged either", async () => {
  assert.equal((await box.post(source, `{"network":"x","id":"1","text":"${originals[0]}`)).status, 400);
  assert.equal((await box.post(source, { ...mention({ text: originals[2] }), kind: originals[3] })).status, 400);
  await box.request("GET", `/api/${encodeURIComponent(originals[7])}`, { token: agent });
  for (const target of ["/metrics", "/healthz"]) assertNone(target, (await box.request("GET", target, { token: agent })).body);
  assertNone("the log", box.errors);
});

test("nothing of it lies in the clear on the disk, in a backup neither, running or stopped", async () => {
  await box.cli("backup", path.join(box.dir, "copy.mdb"));
  for (const [name, bytes] of await bytesOnDisk()) assertNone(name, bytes);
  assert.ok((await bytesOnDisk()).some(([name, bytes]) => name === "copy.mdb" && bytes.length > 4096));
  await box.stop();
  for (const [name, bytes] of await bytesOnDisk()) assertNone(name, bytes);
  assertNone("the log", box.errors);
  await box.spawn();
});

test("the vault still has the original after a restart: the mask shows what only it can know", async () => {
  const l = await box.live(agent);
  l.send({ watch: "queue", team: "*", limit: 200 });
  const { full } = await l.frame((f) => f.view === "queue" && f.full);
  const lines = full.order.map((id) => full.cases[id].lines[0]);
  for (const s of originals.slice(1)) assert.ok(lines.includes(textOf(secrets[s])), lines.join("\n"));
  await l.close();
});
