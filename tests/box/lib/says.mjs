// says.mjs - does a printed fault say what it must?  Its place and kind to the letter; of its sentence, a key word.
import assert from "node:assert/strict";

/** `expected` is "PATH: [warning: ]KEY[; KEY]": the path and the kind stand at the start of the line, the keys follow in this order. */
export function says(line, expected) {
  const [, start, keys] = /^(\$.*?: (?:warning: )?)(.*)$/s.exec(expected);
  const rest = line.startsWith(start) ? line.slice(start.length) : "";
  if (start.includes("warning") !== line.includes(": warning: ")) return false;
  let at = 0;
  return keys.split("; ").every((key) => {
    const found = rest.indexOf(key, at);
    at = found + key.length;
    return found >= 0;
  });
}

/** Every line says what is expected of it, in this order, and there is no other. */
export function allSay(lines, expected) {
  assert.equal(lines.length, expected.length, lines.join("\n"));
  lines.forEach((line, i) => assert.ok(says(line, expected[i]), `${line}\n  should say\n${expected[i]}`));
}
