// identity.test.mjs - the box's own authority and certificate, and certificates that are brought to it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { test } from "node:test";
import { Box } from "./lib/box.mjs";

const DAY_MS = 86400000;
const plain = (fingerprint) => fingerprint.replaceAll(":", "").toLowerCase();

/** The certificate that the box shows to who connects. */
function shown(box) {
  return new Promise((resolve, reject) => {
    const s = tls.connect({ host: "127.0.0.1", port: box.port, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(s.getPeerX509Certificate().raw));
      s.destroy();
    });
    s.on("error", reject);
  });
}

function trusting(box, ca, servername) {
  return new Promise((resolve, reject) => {
    https.get({ host: "127.0.0.1", port: box.port, path: "/healthz", ca, servername, agent: false }, (r) => { r.resume(); resolve(r.statusCode); }).on("error", reject);
  });
}

test("an identity is made at first start: P-256, the box's names, not_before in the past, and it stays the same", async () => {
  const box = await Box.start({ config: { names: ["wall.example.com", "10.11.12.13"] } });
  const leaf = await shown(box), { body } = await box.request("GET", "/ca.crt"), ca = new X509Certificate(body);
  for (const key of [leaf.publicKey, ca.publicKey]) {
    assert.equal(key.asymmetricKeyType, "ec");
    assert.equal(key.asymmetricKeyDetails.namedCurve, "prime256v1");
  }
  assert.ok(leaf.verify(ca.publicKey) && ca.verify(ca.publicKey) && ca.ca && !leaf.ca);
  assert.ok(Date.parse(leaf.validFrom) < Date.now() - DAY_MS && Date.parse(ca.validFrom) < Date.now() - DAY_MS);
  assert.ok(Date.parse(leaf.validTo) < Date.now() + 398 * DAY_MS, "browsers refuse what lives longer");
  for (const name of ["localhost", "wall.example.com", os.hostname().toLowerCase()]) assert.ok(leaf.checkHost(name), name);
  const addresses = Object.values(os.networkInterfaces()).flat().filter((a) => a.family === "IPv4").map((a) => a.address);
  for (const ip of ["127.0.0.1", "10.11.12.13", ...addresses]) assert.ok(leaf.checkIP(ip), ip);
  assert.equal(await trusting(box, body, "wall.example.com"), 200);
  await assert.rejects(trusting(box, body, "other.example.com"));
  for (const name of ["ca.key", "server.key"]) assert.equal((await stat(`${box.dir}/identity/${name}`)).mode & 0o777, 0o600);
  const before = leaf.serialNumber;
  await box.stop();
  await box.spawn();
  assert.equal((await shown(box)).serialNumber, before);
  assert.equal((await box.request("GET", "/ca.crt")).body, body);
  assert.equal(await box.close(), 0);
});

test("the fingerprint on the console and in status is that of the authority that is downloaded", async () => {
  const box = await Box.start();
  const ca = new X509Certificate((await box.request("GET", "/ca.crt")).body);
  assert.match(box.output, new RegExp(`fingerprint +${plain(ca.fingerprint256)}`));
  const { stdout } = await box.cli("status");
  assert.match(stdout, new RegExp(`fingerprint +${plain(ca.fingerprint256)}`));
  assert.equal(await box.close(), 0);
});

test("a new name of the box renews the certificate under the same authority", async () => {
  const box = await Box.start();
  const ca = (await box.request("GET", "/ca.crt")).body, before = await shown(box);
  await box.stop();
  box.options.config = { names: ["neu.example.com"] };
  await box.spawn();
  const after = await shown(box);
  assert.notEqual(after.serialNumber, before.serialNumber);
  assert.equal((await box.request("GET", "/ca.crt")).body, ca);
  assert.equal(await trusting(box, ca, "neu.example.com"), 200);
  assert.equal(await box.close(), 0);
});

test("a half-written or foreign identity is made anew, not served", async () => {
  const box = await Box.start();
  await box.stop();
  for (const [file, content] of [["server.crt", "-----BEGIN CERTIFICATE-----\n"], ["server.key", ""], ["server.crt", ""]]) {
    await writeFile(`${box.dir}/identity/${file}`, content);
    await box.spawn();
    const ca = (await box.request("GET", "/ca.crt")).body;
    assert.equal(await trusting(box, ca, "localhost"), 200, file);
    await box.stop();
  }
  await box.close();
});

test("certificates that are brought are served; what does not fit together is refused by name", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "atalaya-test-"));
  const make = (name) => execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
    "-keyout", `${dir}/${name}.key`, "-out", `${dir}/${name}.crt`, "-subj", `/CN=${name}.example.com`, "-addext", `subjectAltName=DNS:${name}.example.com`], { stdio: "ignore" });
  make("one");
  make("two");
  const box = await Box.start({ config: { cert: `${dir}/one.crt`, key: `${dir}/one.key`, names: ["one.example.com"] } });
  const mine = new X509Certificate(await readFile(`${dir}/one.crt`));
  assert.equal((await shown(box)).fingerprint256, mine.fingerprint256);
  assert.equal(await trusting(box, await readFile(`${dir}/one.crt`), "one.example.com"), 200);
  const r = await box.request("GET", "/ca.crt");
  assert.equal(r.status, 404);
  assert.match(r.json.detail, /supplied by its operator/);
  assert.match((await box.cli("status")).stdout, new RegExp(plain(mine.fingerprint256)));
  assert.equal((await box.request("GET", "/healthz")).json.status, "ok");
  await box.stop();
  const pem = /in PEM/, gone = /\$\.cert: cannot read.*none\.crt/;
  for (const [cert, key, why] of [["one.crt", "two.key", pem], ["none.crt", "one.key", gone], ["one.key", "one.key", pem]]) {
    box.options.config = { cert: `${dir}/${cert}`, key: `${dir}/${key}` };
    await assert.rejects(box.spawn(), why, `${cert} ${key}`);
  }
  await box.close();
});
