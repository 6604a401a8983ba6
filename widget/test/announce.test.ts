import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { announcer, QUIET_MS } from "../src/announce.ts";

/** An announcer on a clock that the test moves. */
function quiet(context: TestContext) {
  let now = 0;
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(performance, "now", () => now);
  const said: string[] = [];
  const pass = (ms: number): void => {
    now += ms;
    context.mock.timers.tick(ms);
  };
  return { said, pass, line: announcer((text) => said.push(text)) };
}

test("what was asked for is said at once, however often", (context) => {
  const { said, line } = quiet(context);
  line.say("a");
  line.say("b");
  assert.deepEqual(said, ["a", "b"]);
});

test("fifty events a second for a minute are told twice", (context) => {
  const { said, line, pass } = quiet(context);
  for (let n = 0; n < 3_000; n++) {
    line.news(() => `${n}`);
    pass(20);
  }
  assert.equal(said.length, 2);
});

test("what waits is worded when it is told, so that it is never stale", (context) => {
  const { said, line, pass } = quiet(context);
  let count = 1;
  line.news(() => `${count} new`);
  pass(1);
  line.news(() => `${count} new`);
  count = 7;
  pass(QUIET_MS);
  assert.deepEqual(said, ["1 new", "7 new"]);
});

test("what is over before it is due is not told, and does not hold up the next", (context) => {
  const { said, line, pass } = quiet(context);
  line.news(() => "first");
  pass(1);
  line.news(() => "");
  pass(QUIET_MS);
  line.news(() => "second");
  pass(1);
  assert.deepEqual(said, ["first", "second"]);
});
