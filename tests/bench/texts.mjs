// texts.mjs PROGRAM - how many real texts a second one core reads (`triage`) and searches for personal data (`scan`).  Nothing here fails.
import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { has, readLines } from "../box/lib/texts.mjs";

const binary = path.resolve(process.argv[2] ?? "build/atalaya");
const files = ["label-airline-en.jsonl", "label-airline-es.jsonl", "label-complaints-en.jsonl", "day-es-bank.jsonl", "days-en-brands.jsonl"].filter((f) => has(`data/${f}`));
const own = ["Llevo dos horas sin internet y nadie contesta 😡", "thanks so much for the quick help!", "¿A qué hora abre la tienda?", "my flight was cancelled again, @airline https://example.com/x"];
const texts = files.length ? files.flatMap((f) => readLines(f).map((l) => l.text)) : Array.from({ length: 25_000 }, (_, i) => `${own[i % own.length]} ${i}`);
const dir = mkdtempSync(path.join(os.tmpdir(), "atalaya-texts-"));
const file = path.join(dir, "texts.jsonl");
writeFileSync(file, Array.from({ length: 4 }, () => texts).flat().map((text) => JSON.stringify({ text })).join("\n") + "\n");
const n = texts.length * 4;
for (const [command, floor] of [["triage", ">= 20,000"], ["scan", "reported"]]) {
  const run = spawnSync("/usr/bin/env", ["time", "-f", "%U %S %M", binary, command], { stdio: [openSync(file), openSync("/dev/null", "w"), "pipe"] });
  const [user, system, kib] = run.stderr.toString().trim().split("\n").at(-1).split(" ").map(Number);
  console.log(`${`${command}: texts a second of one core (${n} of ${files.length ? "real tweets" : "made-up ones"})`.padEnd(64)} ${Math.round(n / (user + system)).toLocaleString("en").padStart(16)}   ${floor}; ${kib} KiB at most`);
}
rmSync(dir, { recursive: true });
