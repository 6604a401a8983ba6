import assert from "node:assert/strict";
import test from "node:test";
import { afterPoll, backoff, FAILURES, pollDelay } from "../src/backoff.ts";

test("the wait grows with each failure and stops at a minute", () => {
  assert.deepEqual([0, 1, 2, 3, 10].map((failures) => backoff(failures, 1)), [2_000, 4_000, 8_000, 16_000, 60_000]);
});

test("pages that lost the line together do not come back together", () => {
  assert.equal(backoff(3, 0), 0);
  assert.equal(backoff(3, 0.5), 8_000);
});

test("polls are ten to thirty seconds apart", () => {
  assert.deepEqual([pollDelay(0), pollDelay(1)], [10_000, 30_000]);
});

test("polling gives the stream another chance now and then", () => {
  let failures = FAILURES;
  let polls = 0;
  for (; failures >= FAILURES; polls++) failures = afterPoll(failures);
  assert.equal(polls, 11);
});
