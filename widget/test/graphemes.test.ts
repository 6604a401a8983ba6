import assert from "node:assert/strict";
import test from "node:test";
import { graphemes } from "../src/writer/graphemes.ts";

test("what a reader sees as one character counts as one", () => {
  assert.equal(graphemes("👨‍👩‍👧‍👦"), 1);
  assert.equal(graphemes("e\u0301"), 1);
  assert.equal(graphemes("नि"), 1);
  assert.equal(graphemes("abc"), 3);
});

test("space around a text is not part of it", () => {
  assert.equal(graphemes("  a \n"), 1);
});
