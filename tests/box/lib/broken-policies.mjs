// broken-policies.mjs - policies that are refused or only odd, each with what `check` must say of it (says.mjs).
import { readFileSync } from "node:fs";

/* {title, document, lines, refused: "shape" (the schema alone refuses it) | "sense" | "no" (warnings only)}; the compiler's own
 * test reads the same. */
const rows = readFileSync("tests/unit/core/policy/policies.jsonl", "utf8").trim().split("\n").map((l) => JSON.parse(l));
const text = (title, document, ...lines) => ({ title, document, lines, refused: "text" });

const texts = [
  text("an empty file", "",
    "$: empty; line 1, column 1"),
  text("a word", "policy",
    "$: JSON number; line 1, column 1"),
  text("a second document", "{} {}",
    "$: after the document; line 1, column 4"),
  text("a trailing comma", "{\"goal\": 0.9,}",
    "$: member name; line 1, column 14"),
  text("a member twice", "{\"goal\": 0.9,\n \"goal\": 0.8}",
    "$.goal: duplicate member; line 2, column 8"),
  text("not UTF-8", Buffer.from("{\"name\": \"atenci\xf3n\"}", "latin1"),
    "$: UTF-8; line 1, column 1"),
  text("a byte-order mark", "\ufeff{}",
    "$: byte-order mark; line 1, column 1"),
  text("a number beyond 2^53", "{\"lease_min\": 9007199254740993}",
    "$.lease_min: 2^53; line 1, column 15"),
  text("a NUL in a text", "{\"name\": \"a\\u0000b\"}",
    "$.name: \\u0000; line 1, column 13"),
  text("forty lists deep", `{"tags": ${"[".repeat(40)}${"]".repeat(40)}}`,
    "$.tags[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: too deep; line 1, column 41"),
];

export const broken = [...texts, ...rows.filter((r) => r.refused !== "no")];
export const odd = rows.filter((r) => r.refused === "no");
