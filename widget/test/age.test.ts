import assert from "node:assert/strict";
import test from "node:test";
import { age, sameClock } from "../src/age.ts";

test("an age is told in its largest whole unit", () => {
  assert.deepEqual([0, 59, 60, 3_599, 3_600, 86_399, 86_400].map(age), [
    [0, "now"],
    [0, "now"],
    [1, "minute"],
    [59, "minute"],
    [1, "hour"],
    [23, "hour"],
    [1, "day1"],
  ]);
});

test("past a week the date says more", () => {
  assert.deepEqual(age(7 * 86_400 - 1), [6, "day"]);
  assert.equal(age(7 * 86_400), undefined);
});

test("a reader's clock that runs behind makes nothing come from the future", () => {
  assert.deepEqual(age(-500), [0, "now"]);
});

test("a reader's clock is the newsroom's where it shows the same minute of the same day", () => {
  const written = "2026-07-01T00:30:00+02:00";
  assert.deepEqual([-120, -119, 0, 24 * 60 - 120].map((behind) => sameClock(written, behind)), [true, false, false, false]);
});
