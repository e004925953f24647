// The bill of materials is CycloneDX 1.5 as its schema asks, and names everything that is pinned, linked or bundled.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const read = (name) => readFileSync(path.join(root, name), "utf8");
const bom = JSON.parse(execFileSync(path.join(root, "tools/sbom"), ["build/deps"], { cwd: root, encoding: "utf8" }));
const of = (name) => bom.components.filter((c) => [c.group, c.name].filter(Boolean).join("/") === name);

/* SPDX identifiers in use here; a new licence is looked at before it is added. */
const SPDX = new Set(["MIT", "Apache-2.0", "curl", "OLDAP-2.8", "BSD-3-Clause", "CC0-1.0", "LGPL-2.1-or-later", "LGPL-2.1-only", "MPL-2.0", "OFL-1.1", "ISC", "0BSD"]);
const HEX = { "SHA-256": 64, "SHA-512": 128 };

test("the document has the members that CycloneDX 1.5 requires, and no others", () => {
  assert.equal(bom.bomFormat, "CycloneDX");
  assert.equal(bom.specVersion, "1.5");
  assert.ok(Number.isInteger(bom.version) && bom.version >= 1);
  assert.deepEqual(Object.keys(bom).sort(), ["bomFormat", "components", "dependencies", "metadata", "specVersion", "version"]);
  assert.equal(bom.metadata.component.type, "application");
});

test("each component has a name, a version, one reference, a hash that is one, a licence by its SPDX identifier", () => {
  assert.equal(new Set(bom.components.map((c) => c["bom-ref"])).size, bom.components.length);
  for (const c of bom.components) {
    assert.deepEqual(Object.keys(c).filter((k) => !["type", "bom-ref", "group", "name", "version", "purl", "hashes", "licenses"].includes(k)), []);
    assert.equal(c.type, "library");
    assert.ok(c.name.length > 0 && c.version.length > 0, c.name);
    assert.match(c.purl, /^pkg:(deb\/debian|npm)\/[^\s@]+@[^\s@]+$/);
    assert.ok(c.hashes.length > 0, c.name);
    for (const h of c.hashes) assert.match(h.content, new RegExp(`^[0-9a-f]{${HEX[h.alg]}}$`), c.name);
    assert.equal(c.licenses.length, 1, c.name);
    const [{ license, expression }] = c.licenses;
    assert.notEqual(license === undefined, expression === undefined, c.name);
    for (const id of license ? [license.id] : expression.split(/ (?:OR|AND) /)) assert.ok(SPDX.has(id), `${c.name}: ${id}`);
  }
});

test("every reference of the graph leads somewhere, and everything is in it", () => {
  const refs = bom.components.map((c) => c["bom-ref"]);
  assert.deepEqual(bom.dependencies.map((d) => d.ref), [bom.metadata.component["bom-ref"]]);
  assert.deepEqual([...bom.dependencies[0].dependsOn].sort(), refs.sort());
});

test("every pinned source is there with its hash, licence and Debian revision", () => {
  const lines = read("tools/deps/lock").split("\n").filter((l) => l && !l.startsWith("#"));
  assert.ok(lines.length >= 5);
  for (const line of lines) {
    const [name, version, , sha256, licence] = line.split(" ");
    const [c] = of(name);
    assert.ok(c, name);
    assert.ok(c.version.startsWith(`${version}-`), c.version);
    assert.deepEqual(c.hashes, [{ alg: "SHA-256", content: sha256 }]);
    assert.equal(c.licenses[0].license.id, licence);
  }
});

test("every static library of Debian that the Makefile links, and every package that the pages use, is there", () => {
  for (const [, library] of read("Makefile").matchAll(/-l:(lib\w+)\.a/g)) assert.equal(of(`${library}-dev`).length, 1, library);
  for (const name of Object.keys(JSON.parse(read("web/package.json")).dependencies)) assert.equal(of(name).length, 1, name);
});
