// fuzz.test.mjs - each libFuzzer target over its seeds; FUZZ_SECONDS lets each one search on (make fuzz-long).  A target
// that makes fewer than 300 inputs a second searches too little to be trusted, and says so.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const seconds = Number(process.env.FUZZ_SECONDS ?? 5);
const here = "tests/fuzz";
const least_a_second = 300;
execFileSync("make", ["--no-print-directory", "-j2", "fuzz"], { stdio: ["ignore", "ignore", "inherit"] });

for (const file of readdirSync(here).filter((f) => /^fuzz_.*\.c$/.test(f))) {
  const name = path.basename(file, ".c").slice(5);
  test(`fuzz ${name}`, { timeout: (seconds + 120) * 1000 }, (t) => {
    const seeds = `${here}/seeds/${name}`;
    assert.ok(readdirSync(seeds).length > 0);
    const corpus = mkdtempSync(path.join(os.tmpdir(), "atalaya-fuzz-"));
    const run = spawnSync(`build/fuzz/fuzz_${name}`, [`-max_total_time=${seconds}`, "-max_len=4096", "-rss_limit_mb=4096",
      "-print_final_stats=1", `-artifact_prefix=${corpus}/`, corpus, seeds], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(run.status, 0, run.stderr.slice(-8000));
    const a_second = Number(/average_exec_per_sec:\s*(\d+)/.exec(run.stderr)[1]);
    t.diagnostic(`${name}: ${a_second} inputs a second${a_second < least_a_second ? `, fewer than ${least_a_second}` : ""}`);
  });
}
