// policy-members.test.mjs - no member of the policy is a lie: whatever the schema offers is read into a field that code outside the
// policy's own room looks at.  What waits for a feature stands in `waiting`, and only as long as it does.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

// member -> what it waits for
const waiting = {
  automatic_stops_acknowledge: "automatic acknowledgements",
  private: "a private answer offered first",
};

const schema = JSON.parse(readFileSync("firmware/core/policy/policy.schema.json", "utf8"));
const sources = readdirSync("firmware", { recursive: true }).filter((f) => f.endsWith(".c"));
const text = (files) => files.map((f) => readFileSync(`firmware/${f}`, "utf8")).join("\n").replace(/\n\s+/g, " ");
const reading = text(sources.filter((f) => /^core\/(policy|hours)\//.test(f)));
const using = text(sources.filter((f) => !/^core\/policy\//.test(f)));

function membersOf(node, found = new Set()) {
  if (node === null || typeof node !== "object") return found;
  for (const [name, value] of Object.entries(node)) {
    if (name === "properties") for (const member of Object.keys(value)) found.add(member);
    membersOf(value, found);
  }
  return found;
}

/** The fields that the calls which name `member` fill in: policy_flag(n, "private", &k->is_private). */
function fieldsOf(member) {
  const calls = [...reading.matchAll(new RegExp(`"${member}"([^;]*);`, "g"))].map((m) => m[1]);
  return calls.flatMap((call) => [...call.matchAll(/(?:->|\.)(\w+)(?!\w|->|\.)/g)].map((m) => m[1]));
}

const members = [...membersOf(schema)].filter((m) => !m.startsWith("$"));

test("every member is named by the code that reads a policy", () => {
  assert.ok(members.length > 60);
  assert.deepEqual(members.filter((m) => !reading.includes(`"${m}"`)), []);
});

test("every field that a member fills in is looked at elsewhere, but for those that wait", () => {
  const fields = members.map((m) => [m, fieldsOf(m)]).filter(([, f]) => f.length > 0);
  assert.ok(fields.length > 20, `only ${fields.length} members have fields of their own`);
  const unread = fields.filter(([, f]) => !f.some((name) => new RegExp(`(->|\\.)${name}\\b`).test(using))).map(([m]) => m);
  assert.deepEqual(unread.sort(), Object.keys(waiting).sort());
});
