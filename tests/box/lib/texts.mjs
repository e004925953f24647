// texts.mjs - real, labelled texts through the command line, and how often its reading agrees with the labels.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export const shared = path.resolve(process.env.ATALAYA_SHARED ?? "../shared");
export const data = path.join(shared, "data");
export const has = (...names) => names.every((n) => existsSync(path.join(shared, n)));
export const readLines = (file) => readFileSync(path.join(data, file), "utf8").split("\n").filter(Boolean).map((l) => JSON.parse(l));

/** Objects in, objects out, one line each. */
export function through(binary, args, objects) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { stdio: ["pipe", "pipe", "inherit"] });
    const chunks = [];
    child.stdout.on("data", (d) => chunks.push(d));
    child.once("error", reject);
    child.once("exit", (code) => {
      const out = Buffer.concat(chunks).toString().split("\n").filter(Boolean).map((l) => JSON.parse(l));
      if (out.length !== objects.length) reject(new Error(`${objects.length} lines in, ${out.length} out, exit ${code}`));
      else resolve(out);
    });
    child.stdin.end(objects.map((o) => JSON.stringify(o)).join("\n") + "\n");
  });
}

/** pairs of [label, reading]: share that agree, and precision, recall, F1 of each class. */
export function score(pairs, classes) {
  const of = {};
  for (const c of classes) {
    const both = pairs.filter(([g, p]) => g === c && p === c).length;
    const said = pairs.filter(([, p]) => p === c).length, meant = pairs.filter(([g]) => g === c).length;
    const precision = said ? both / said : 0, recall = meant ? both / meant : 0;
    of[c] = { precision, recall, f1: precision + recall ? (2 * precision * recall) / (precision + recall) : 0 };
  }
  return {
    n: pairs.length, accuracy: pairs.filter(([g, p]) => g === p).length / pairs.length,
    macro: classes.reduce((s, c) => s + of[c].f1, 0) / classes.length, of,
  };
}

/** Every third line was never looked at while words were chosen. */
export const unseen = (_, i) => i % 3 === 0;
export const moods = ["negative", "neutral", "positive"];
const complaints = new Set(["safety", "money_blocked", "stranded", "outage", "repeat", "anger", "leaving", "regulator", "fraud", "problem", "sarcasm", "waiting"]);
export const isComplaint = (r) => r.request && (r.mood === "negative" || r.reasons.some((x) => complaints.has(x.code)));
export const percent = (x) => `${(100 * x).toFixed(1)} %`;
