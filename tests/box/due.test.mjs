// due.test.mjs - deadlines and elapsed working time on the command line: published vectors, edges, calendars, refusals.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { Box, binary, mention } from "./lib/box.mjs";

const vectors = path.join(process.env.ATALAYA_SHARED ?? path.resolve("../shared"), "vectors/clocks.json");
const folder = mkdtempSync(path.join(os.tmpdir(), "atalaya-due-"));
after(() => rmSync(folder, { recursive: true }));

function due(lines, args = []) {
  const input = lines.map((l) => (typeof l === "string" ? l : JSON.stringify(l))).join("\n") + "\n";
  const { stdout, stderr, status } = spawnSync(binary, ["due", ...args], { input, encoding: "utf8" });
  return { status, stderr, answers: stdout.split("\n").filter(Boolean).map((l) => JSON.parse(l)) };
}

const utc = (text) => `${text.replace(" ", "T")}Z`;
const pauses = (list) => list.map((pause) => pause.map(utc));
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const daily = (...spans) => Object.fromEntries(days.map((d) => [d, spans]));
const weekdays = (...spans) => Object.fromEntries(days.slice(0, 5).map((d) => [d, spans]));
const office = { hours: weekdays(["09:00", "17:00"]) };

/** One question and one answer. */
function ask(line, args) {
  const { answers } = due([line], args);
  assert.equal(answers.length, 1);
  return answers[0];
}

const published = existsSync(vectors) ? JSON.parse(readFileSync(vectors, "utf8")) : null;
const skip = published ? false : "the vectors are not here";

test("vectors: deadlines", { skip }, () => {
  const { answers, status } = due(published.due.map((v) => ({ hours: v.calendar, from: utc(v.start_utc), minutes: v.minutes, paused: pauses(v.pauses_utc) })));
  assert.equal(status, 0);
  published.due.forEach((v, i) => assert.deepEqual(answers[i], { due: utc(v.due_utc) }, `${v.source}: ${v.note ?? ""}`));
});

test("vectors: elapsed time", { skip }, () => {
  const { answers, status } = due(published.elapsed.map((v) => ({ hours: v.calendar, from: utc(v.from_utc), to: utc(v.to_utc), paused: pauses(v.pauses_utc) })));
  assert.equal(status, 0);
  published.elapsed.forEach((v, i) => assert.deepEqual(answers[i], { minutes: v.minutes, seconds: v.minutes * 60 }, v.source));
});

test("vectors: local times that do not exist, or twice", { skip }, () => {
  /* A local time as the end of a span (24:00), else as its beginning: work for no time before it, a minute after it. */
  for (const v of published.dst_resolution) {
    const day = days[(new Date(`${v.local_date}T12:00:00Z`).getUTCDay() + 6) % 7];
    const isEnd = v.local_time === "24:00";
    const at = Date.parse(utc(v.utc));
    const hours = { tz: v.tz, hours: { [day]: [isEnd ? ["12:00", "24:00"] : [v.local_time, "23:00"]] } };
    const near = (ms) => new Date(at + ms).toISOString();
    const [before, after] = due([
      { hours, from: near(-3_600_000 * 3), to: near(0) },
      { hours, from: near(0), to: near(60_000) },
    ]).answers;
    assert.equal(before.seconds, isEnd ? 3 * 3600 : 0, v.note);
    assert.equal(after.seconds, isEnd ? 0 : 60, v.note);
  }
});

test("vectors: published examples that were wrong stay wrong", { skip }, () => {
  const [first, second] = published.rejected_published_examples;
  assert.match(first.why, /end Monday 17:00/);
  assert.deepEqual(ask({ hours: office, from: "2026-01-09T17:00:00Z", minutes: 480 }), { due: "2026-01-12T17:00:00Z" });
  assert.match(second.why, /Monday 11:00/);
  assert.deepEqual(ask({ hours: { hours: weekdays(["08:00", "17:00"]) }, from: "2026-01-09T16:00:00Z", minutes: 240 }), { due: "2026-01-12T11:00:00Z" });
});

test("no hours are always, in UTC", () => {
  assert.deepEqual(ask({ from: "2026-01-01T00:00:00Z", minutes: 90 }), { due: "2026-01-01T01:30:00Z" });
  assert.deepEqual(ask({ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:30Z" }), { minutes: 1440, seconds: 86430 });
  assert.deepEqual(ask({ from: "2026-01-01T00:00:00Z", minutes: 525600 * 374 }), { due: "2399-10-03T00:00:00Z" });
});

test("edges of a day", () => {
  const { answers } = due([
    { hours: office, from: "2026-01-05T16:00:00Z", minutes: 60 }, // closing time is in time
    { hours: office, from: "2026-01-05T16:00:00Z", minutes: 61 },
    { hours: office, from: "2026-01-03T12:00:00Z", minutes: 0 }, // no minutes: from, at work or not
    { hours: office, from: "2026-01-03T12:00:00Z", minutes: 1 },
    { hours: office, from: "2026-01-05T09:00:00Z", minutes: 0.5 },
    { hours: office, from: "2026-01-05T08:59:59.400Z", minutes: 1 },
    { hours: office, from: "2026-01-05T09:00:00.400Z", minutes: 1 }, // cut to the second
    { hours: office, from: "2026-01-05T10:00:00+01:00", minutes: 1 },
    { hours: office, from: "2026-01-05t03:30:00-05:30", minutes: 1 },
    { hours: office, from: "2016-12-31T23:59:60Z", minutes: 1 }, // a leap second is the next one: a Sunday
  ]);
  assert.deepEqual(answers.map((a) => a.due), [
    "2026-01-05T17:00:00Z", "2026-01-06T09:01:00Z", "2026-01-03T12:00:00Z", "2026-01-05T09:01:00Z", "2026-01-05T09:00:30Z",
    "2026-01-05T09:01:00Z", "2026-01-05T09:01:00Z", "2026-01-05T09:01:00Z", "2026-01-05T09:01:00Z", "2017-01-02T09:01:00Z",
  ]);
});

test("pauses: over closing time, overlapping, unordered, empty, beyond the end", () => {
  const ask2 = (paused, minutes = 60) => ask({ hours: office, from: "2026-01-05T16:30:00Z", minutes, paused }).due;
  assert.equal(ask2([["2026-01-05T16:45:00Z", "2026-01-06T09:15:00Z"]]), "2026-01-06T10:00:00Z");
  assert.equal(ask2([["2026-01-05T16:40:00Z", "2026-01-05T16:50:00Z"], ["2026-01-05T16:35:00Z", "2026-01-05T16:45:00Z"]]), "2026-01-06T09:45:00Z");
  assert.equal(ask2([["2026-01-05T16:40:00Z", "2026-01-05T16:40:00Z"]], 30), "2026-01-05T17:00:00Z");
  assert.equal(ask2([["2026-01-05T17:00:00Z", "2026-01-05T20:00:00Z"]], 30), "2026-01-05T17:00:00Z");
  assert.equal(ask2([["2026-01-05T10:00:00Z", "2026-01-05T16:40:00+00:00"]], 20), "2026-01-05T17:00:00Z");
  assert.equal(ask2([["2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z"]], 30), "2026-01-05T17:00:00Z");
  assert.deepEqual(ask({ from: "2026-01-05T00:00:00Z", to: "2026-01-05T01:00:00Z", paused: [["2026-01-04T00:00:00Z", "2026-01-05T00:20:00Z"], ["2026-01-05T00:50:00Z", "2026-01-06T00:00:00Z"]] }), { minutes: 30, seconds: 1800 });
  assert.deepEqual(ask({ from: "2026-01-05T02:00:00Z", to: "2026-01-05T01:00:00Z" }), { minutes: 0, seconds: 0 });
});

test("nights, 24:00, holidays and special days", () => {
  const night = { tz: "Europe/Madrid", hours: { fri: [["22:00", "06:00"]], sun: [["20:00", "24:00"]], mon: [["00:00", "02:00"]] } };
  assert.equal(ask({ hours: night, from: "2026-01-09T12:00:00Z", minutes: 480 }).due, "2026-01-10T05:00:00Z");
  assert.equal(ask({ hours: night, from: "2026-01-11T12:00:00Z", minutes: 360 }).due, "2026-01-12T01:00:00Z");
  assert.equal(ask({ hours: { ...night, holidays: ["2026-01-10"] }, from: "2026-01-09T12:00:00Z", minutes: 121 }).due, "2026-01-11T19:01:00Z");
  assert.equal(ask({ hours: { ...office, special: { "2026-01-10": [["10:00", "12:00"]], "2026-01-12": [] } }, from: "2026-01-09T17:00:00Z", minutes: 121 }).due, "2026-01-13T09:01:00Z");
});

test("gaps of half an hour, of a day, at midnight; the first of two", () => {
  const lordHowe = { tz: "Australia/Lord_Howe", hours: daily(["02:15", "03:00"]) };
  assert.deepEqual(ask({ hours: lordHowe, from: "2026-10-03T12:00:00Z", to: "2026-10-04T12:00:00Z" }), { minutes: 15, seconds: 900 });
  const apia = { tz: "Pacific/Apia", hours: { fri: [["09:00", "17:00"]] } };
  assert.equal(ask({ hours: apia, from: "2011-12-29T00:00:00Z", minutes: 60 }).due, "2011-12-30T20:00:00Z");
  const saoPaulo = { tz: "America/Sao_Paulo", hours: daily(["00:00", "08:00"]) };
  assert.deepEqual(ask({ hours: saoPaulo, from: "2018-11-04T00:00:00Z", to: "2018-11-04T12:00:00Z" }), { minutes: 420, seconds: 25200 });
  const berlin = { tz: "Europe/Berlin", hours: daily(["02:30", "03:30"]) };
  assert.deepEqual(ask({ hours: berlin, from: "2026-10-24T20:00:00Z", to: "2026-10-25T20:00:00Z" }), { minutes: 120, seconds: 7200 });
});

/* ---- calendars */

const event = (lines) => `BEGIN:VEVENT\r\n${lines.trim().split(/\s*\n\s*/).join("\r\n")}\r\nEND:VEVENT\r\n`;
const calendar = (...events) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events.join("")}END:VCALENDAR\r\n`;
let n = 0;

/** Days of a window on which somebody is at work, with the seconds. */
function worked(ics, from, to, extra = {}) {
  const name = `c${n++}`;
  const texts = Array.isArray(ics) ? ics : [ics];
  texts.forEach((text, i) => writeFileSync(path.join(folder, `${name}-${i}.ics`), text));
  const files = texts.map((_, i) => `${name}-${i}.ics`);
  const hours = { tz: "Europe/Madrid", hours: daily(["09:00", "17:00"]), holidays_ics: Array.isArray(ics) ? files : files[0], ...extra };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(hours));
  const lines = [];
  for (let t = Date.parse(from); t < Date.parse(to); t += 86_400_000) lines.push({ from: new Date(t).toISOString(), to: new Date(t + 86_400_000).toISOString() });
  const { answers, stderr, status } = due(lines, ["--hours", path.join(folder, `${name}.json`)]);
  return { stderr, status, minutes: answers.map((a) => a.minutes) };
}

test("calendar: days, several days, without an end", () => {
  const ics = calendar(
    event("UID:1\nDTSTART;VALUE=DATE:20260803\nSUMMARY:uno\nTRANSP:TRANSPARENT"),
    event("UID:2\nDTSTART;VALUE=DATE:20260805\nDTEND;VALUE=DATE:20260807"),
    event("UID:3\nDTSTART;VALUE=DATE:20260808\nDURATION:P1D"),
    event("UID:4\nDTSTART;VALUE=DATE:20260810\nSTATUS:CANCELLED"));
  assert.deepEqual(worked(ics, "2026-08-03", "2026-08-11").minutes, [0, 480, 0, 0, 480, 0, 480, 480]);
});

test("calendar: rules, exceptions, additions, moved and cancelled instances", () => {
  const weekly = "UID:w\nDTSTART;VALUE=DATE:20260601\nRRULE:FREQ=WEEKLY;UNTIL=20260629";
  assert.deepEqual(worked(calendar(event(weekly)), "2026-06-28", "2026-07-07").minutes, [480, 0, 480, 480, 480, 480, 480, 480, 480]);
  assert.deepEqual(worked(calendar(event(`${weekly}\nEXDATE;VALUE=DATE:20260608,20260615`)), "2026-06-08", "2026-06-09").minutes, [480]);
  assert.deepEqual(worked(calendar(event(`${weekly}\nEXDATE;VALUE=DATE:20260608,20260615`)), "2026-06-15", "2026-06-16").minutes, [480]);
  assert.deepEqual(worked(calendar(event(`${weekly}\nRDATE;VALUE=DATE:20260602,20260604`)), "2026-06-02", "2026-06-05").minutes, [0, 480, 0]);
  const moved = calendar(event(weekly), event("UID:w\nRECURRENCE-ID;VALUE=DATE:20260608\nDTSTART;VALUE=DATE:20260610"),
    event("UID:w\nRECURRENCE-ID;VALUE=DATE:20260615\nDTSTART;VALUE=DATE:20260615\nSTATUS:CANCELLED"));
  assert.deepEqual(worked(moved, "2026-06-08", "2026-06-11").minutes, [480, 480, 0]);
  assert.deepEqual(worked(moved, "2026-06-15", "2026-06-16").minutes, [480]);
  /* the fourth Thursday of November, for ever; Good Friday is listed by its publisher */
  const thanks = calendar(event("UID:t\nDTSTART;VALUE=DATE:19421126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"));
  assert.deepEqual(worked(thanks, "2026-11-26", "2026-11-27").minutes, [0]);
  assert.deepEqual(worked(thanks, "2087-11-27", "2087-11-29").minutes, [0, 480]);
  /* two rules and two dates in one event */
  const two = calendar(event("UID:2\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3\nEXDATE;VALUE=DATE:20270303\nRDATE;VALUE=DATE:20260505"));
  assert.deepEqual(worked(two, "2028-01-01", "2028-01-02").minutes, [0]);
  assert.deepEqual(worked(two, "2028-03-03", "2028-03-04").minutes, [0]);
  assert.deepEqual(worked(two, "2027-03-03", "2027-03-04").minutes, [480]);
  assert.deepEqual(worked(two, "2026-05-05", "2026-05-06").minutes, [0]);
});

test("calendar: hours cut a day, in any zone", () => {
  const at = (lines, from = "2026-07-06") => worked(calendar(event(`UID:x\n${lines}`)), from, new Date(Date.parse(from) + 86_400_000).toISOString()).minutes[0];
  assert.equal(at("DTSTART:20260706T140000\nDTEND:20260706T150000"), 420); // floating
  assert.equal(at("DTSTART:20260706T140000Z\nDTEND:20260706T200000Z"), 420); // 16:00 in Madrid
  assert.equal(at("DTSTART;TZID=Europe/London:20260706T140000\nDURATION:PT30M"), 450);
  assert.equal(at("DTSTART;TZID=Europe/Madrid:20260706T000000\nDTEND;TZID=Europe/Madrid:20260707T000000"), 0);
  assert.equal(at("DTSTART;TZID=Europe/Madrid:20260705T120000\nDTEND;TZID=Europe/Madrid:20260706T120000"), 300);
  assert.equal(at("DTSTART:20260706T180000\nDTEND:20260706T190000"), 480);
  assert.equal(at("DTSTART:20260706T120030\nDTEND:20260706T120130"), 478); // whole minutes around it
  /* a rule in London time, looked at in Madrid; UNTIL is an instant */
  const rule = "DTSTART;TZID=Europe/London:20260105T090000\nDTEND;TZID=Europe/London:20260105T100000\nRRULE:FREQ=WEEKLY;UNTIL=20260706T080000Z";
  assert.equal(at(rule, "2026-06-29"), 420);
  assert.equal(at(rule, "2026-07-06"), 420);
  assert.equal(at(rule, "2026-07-13"), 480);
  assert.equal(at(`${rule}\nEXDATE;TZID=Europe/London:20260629T090000`, "2026-06-29"), 480);
  assert.equal(at(`${rule}\nEXDATE:20260629T080000Z`, "2026-06-29"), 480);
  assert.equal(at("DTSTART:20260101T100000\nDTEND:20260101T110000\nRDATE;VALUE=PERIOD:20260706T100000/PT2H"), 360);
});

test("calendar: its own VTIMEZONE", () => {
  const zone = "BEGIN:VTIMEZONE\r\nTZID:Custom Two\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0400\r\nTZOFFSETTO:+0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
  const ics = calendar(zone, event("UID:z\nDTSTART;TZID=Custom Two:20260706T140000\nDTEND;TZID=Custom Two:20260706T150000"));
  assert.deepEqual(worked(ics, "2026-07-06", "2026-07-07").minutes, [420]);
});

test("calendar: several files; what the document names itself wins", () => {
  const one = calendar(event("UID:1\nDTSTART;VALUE=DATE:20260803")), two = calendar(event("UID:1\nDTSTART;VALUE=DATE:20260804"));
  const own = { holidays: ["2026-08-03"], special: { "2026-08-04": [["10:00", "12:00"]] } };
  assert.deepEqual(worked([one, two], "2026-08-03", "2026-08-06").minutes, [0, 0, 480]);
  assert.deepEqual(worked([one, two], "2026-08-03", "2026-08-06", own).minutes, [0, 120, 480]);
});

test("calendar: faults name the event and say what to do", () => {
  const refused = (ics, message) => {
    const { status, stderr } = worked(ics, "2026-01-01", "2026-01-02");
    assert.equal(status, 1);
    assert.match(stderr, message);
  };
  refused("hello", /holidays_ics: not an iCalendar file; .*BEGIN:VCALENDAR/);
  refused(calendar(event("UID:1\nSUMMARY:no start")), /VEVENT\[0\]: .*no start/);
  refused(calendar(event("UID:0\nDTSTART;VALUE=DATE:20260101"), event("UID:1\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=OFTEN")), /VEVENT\[1\]: a line of this event is unreadable; RRULE/);
  refused(calendar(event("UID:1\nDTSTART:20260101T100000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")), /recurs within a day/);
  refused(calendar(event("UID:1\nDTSTART;TZID=Mars/Olympus:20260101T100000")), /VEVENT\[0\]: unknown time zone/);
  refused(calendar(event("UID:1\nDTSTART:20260101T100000\nDTEND:20260101T090000")), /VEVENT\[0\]: .*ends before it starts/);
  refused(calendar(event("UID:1\nDTSTART;VALUE=DATE:19700101\nRRULE:FREQ=DAILY")), /too many/);
  writeFileSync(path.join(folder, "none.json"), JSON.stringify({ ...office, holidays_ics: "not-there.ics" }));
  const none = due([], ["--hours", path.join(folder, "none.json")]);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /\$\.holidays_ics: cannot read/);
});

test("calendar: a rule that never comes ends soon", () => {
  const never = (freq) => worked(calendar(event(`UID:1\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=${freq};BYMONTH=2;BYMONTHDAY=30`)), "2026-01-02", "2026-01-03");
  assert.deepEqual(never("DAILY").minutes, [480]);
  assert.match(never("YEARLY").stderr, /VEVENT\[0\]: unsupported rule/);
});

test("calendar: a policy's, checked, adopted and at work on a box", async () => {
  const day = (shift) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  const policy = path.join(folder, "policy.json");
  const hours = { tz: "UTC", hours: daily(["00:00", "24:00"]), holidays_ics: "closed.ics" };
  writeFileSync(policy, JSON.stringify({ teams: [{ name: "soporte", hours }] }));
  const check = () => spawnSync(binary, ["check", "--policy", policy], { encoding: "utf8" });
  assert.match(check().stdout, /\$\.teams\[0\]\.hours\.holidays_ics: cannot read/);
  assert.equal(check().status, 1);
  writeFileSync(path.join(folder, "closed.ics"), calendar(event(`UID:1\nDTSTART;VALUE=DATE:${day(40)}`)));
  assert.equal(check().status, 0);
  const box = await Box.start({ config: { policy } });
  const display = await box.token("display");
  const atWork = async () => {
    const live = await box.live(display);
    live.send({ watch: "wall" });
    const { full } = await live.frame((f) => f.view === "wall" && f.full);
    await live.close();
    return full.at_work;
  };
  assert.equal(await atWork(), true);
  writeFileSync(path.join(folder, "closed.ics"), calendar(event(`UID:1\nDTSTART;VALUE=DATE:${day(-1)}\nDTEND;VALUE=DATE:${day(3)}`)));
  await box.cli("policy", "adopt", policy);
  await box.post(await box.token("source"), mention()); // the wall is reckoned anew with what happens next
  let isAtWork = true;
  for (let i = 0; i < 80 && isAtWork; i++) isAtWork = await atWork();
  assert.equal(isAtWork, false);
  await box.close();
});

/* ---- refusals */

test("refusals name line, path, what and what to do", () => {
  const good = { from: "2026-01-05T09:00:00Z", minutes: 1 };
  const cases = [
    ["[]", "$", /JSON object/],
    ["{", "$", /./],
    [{ minutes: 1 }, "$.from", /missing/],
    [{ from: "yesterday", minutes: 1 }, "$.from", /RFC 3339/],
    [{ from: "2026-01-05 09:00:00", minutes: 1 }, "$.from", /RFC 3339/],
    [{ from: "2026-02-29T09:00:00Z", minutes: 1 }, "$.from", /no such date/],
    [{ from: "2026-01-05T24:30:00Z", minutes: 1 }, "$.from", /no such date/],
    [{ from: good.from }, "$.minutes", /number/],
    [{ from: good.from, minutes: "5" }, "$.minutes", /number/],
    [{ from: good.from, minutes: -1 }, "$.minutes", /range/],
    [{ from: good.from, minutes: 1e12 }, "$.minutes", /range/],
    [{ from: good.from, to: "later" }, "$.to", /RFC 3339/],
    [{ ...good, paused: {} }, "$.paused", /list/],
    [{ ...good, paused: [["2026-01-05T09:00:00Z"]] }, "$.paused[0]", /two times/],
    [{ ...good, paused: [["2026-01-05T10:00:00Z", "2026-01-05T09:00:00Z"]] }, "$.paused[0]", /ends before/],
    [{ ...good, hours: { hours: {} } }, "$.hours", /never at work/],
    [{ ...good, hours: { hours: { mon: [] }, special: { "2026-01-05": [["09:00", "10:00"]] } } }, "$.hours", /never at work/],
    [{ ...good, hours: { tz: "Mars/Olympus", hours: office.hours } }, "$.hours.tz", /unknown time zone/],
    [{ ...good, hours: { tz: "../../etc/passwd", hours: office.hours } }, "$.hours.tz", /unknown time zone/],
    [{ ...good, hours: { hours: { mon: [["09:00", "8:00"]] } } }, "$.hours.hours.mon[0]", /span/],
    [{ ...good, hours: { ...office, holidays_ics: "x.ics" } }, "$.hours.holidays_ics", /not supported here/],
    [{ hours: { hours: { mon: [["09:00", "09:01"]] } }, from: good.from, minutes: 1e8 }, "$.minutes", /no such time/],
  ];
  const { answers, status } = due([good, ...cases.map(([line]) => line), good]);
  assert.equal(status, 1);
  assert.equal(answers.length, cases.length + 2);
  cases.forEach(([line, where, message], i) => {
    const { error } = answers[i + 1];
    assert.equal(error?.line, i + 2, JSON.stringify(line));
    assert.equal(error.path, where, JSON.stringify(line));
    assert.match(error.message, message);
  });
  assert.deepEqual(answers.at(-1), answers[0]);
});

test("usage", () => {
  const help = spawnSync(binary, ["due", "--help"], { encoding: "utf8" });
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--hours FILE/);
  assert.match(help.stdout, /holidays_ics/);
  assert.equal(spawnSync(binary, ["due", "word"]).status, 2);
  assert.equal(spawnSync(binary, ["due", "--nope"]).status, 2);
  assert.equal(due([], ["--hours", path.join(folder, "nowhere.json")]).status, 1);
});
