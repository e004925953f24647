// fuzz.test.mjs - each libFuzzer target over its seeds; FUZZ_SECONDS lets each one search on.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const seconds = Number(process.env.FUZZ_SECONDS ?? 5);
const here = "tests/fuzz";
mkdirSync("build/fuzz", { recursive: true });
const flags = ["-std=c11", "-g", "-O1", "-D_GNU_SOURCE", "-Ifirmware", "-isystem", "build/deps/include", "-fsanitize=fuzzer,address,undefined",
  "-fno-sanitize-recover=undefined"];
const sources = ["base", "core"].flatMap((floor) => readdirSync(`firmware/${floor}`, { recursive: true }).filter((f) => f.endsWith(".c")).map((f) => `firmware/${floor}/${f}`));
const libraries = ["build/deps/lib/libmbedcrypto.a", "build/deps/lib/libcjson.a", "-l:libutf8proc.a", "-l:libstemmer.a", "-lm", "-pthread"];

for (const file of readdirSync(here).filter((f) => /^fuzz_.*\.c$/.test(f))) {
  const name = path.basename(file, ".c").slice(5);
  test(`fuzz ${name}`, { timeout: 600_000 }, () => {
    const program = `build/fuzz/${name}`;
    const more = (/With: (.+?) \*\//.exec(readFileSync(`${here}/${file}`, "utf8"))?.[1] ?? "").split(" ").filter(Boolean);
    execFileSync("clang", [...flags, `${here}/${file}`, ...sources, ...more, ...libraries, "-o", program], { stdio: "pipe" });
    const seeds = `${here}/seeds/${name}`;
    assert.ok(readdirSync(seeds).length > 0);
    const corpus = mkdtempSync(path.join(os.tmpdir(), "atalaya-fuzz-"));
    execFileSync(program, [`-max_total_time=${seconds}`, "-max_len=4096", "-rss_limit_mb=4096", `-artifact_prefix=${corpus}/`, corpus, seeds], { stdio: "pipe" });
  });
}
