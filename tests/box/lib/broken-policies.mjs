// broken-policies.mjs - policies that are refused or only odd, each with the very lines that `check` prints.
import { readFileSync } from "node:fs";

/* {title, document, lines, refused: "shape" (the schema alone refuses it) | "sense" | "no" (warnings only)}; the compiler's own
 * test reads the same. */
const rows = readFileSync("tests/unit/core/policy/policies.jsonl", "utf8").trim().split("\n").map((l) => JSON.parse(l));
const text = (title, document, ...lines) => ({ title, document, lines, refused: "text" });

const texts = [
  text("an empty file", "",
    "$: the document is empty; line 1, column 1"),
  text("a word", "policy",
    "$: this is not a JSON number; line 1, column 1"),
  text("a second document", "{} {}",
    "$: something follows the document; line 1, column 4"),
  text("a trailing comma", "{\"goal\": 0.9,}",
    "$: a member's name in quotes is expected; line 1, column 14"),
  text("a member twice", "{\"goal\": 0.9,\n \"goal\": 0.8}",
    "$.goal: this member is given twice; line 2, column 8"),
  text("not UTF-8", Buffer.from("{\"name\": \"atenci\xf3n\"}", "latin1"),
    "$: the document is not UTF-8; line 1, column 1"),
  text("a byte-order mark", "\ufeff{}",
    "$: a byte-order mark is not allowed; line 1, column 1"),
  text("a number beyond 2^53", "{\"lease_min\": 9007199254740993}",
    "$.lease_min: a whole number beyond 2^53 loses digits; write it as a string, in quotes; line 1, column 15"),
  text("a NUL in a text", "{\"name\": \"a\\u0000b\"}",
    "$.name: \\u0000 is not allowed in a text; leave it out; line 1, column 13"),
  text("forty lists deep", `{"tags": ${"[".repeat(40)}${"]".repeat(40)}}`,
    "$.tags[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: nested too deep; line 1, column 41"),
];

export const broken = [...texts, ...rows.filter((r) => r.refused !== "no")];
export const odd = rows.filter((r) => r.refused === "no");
