import assert from "node:assert/strict";
import test from "node:test";
import { translator, type Key } from "../src/strings.ts";

test("a number chooses the form of its language", () => {
  const words = translator({ new: { one: "{n} новый", few: "{n} новых (2)", many: "{n} новых (5)", other: "{n}" } }, "ru");
  assert.deepEqual([1, 2, 5, 21].map((n) => words("new", { n })), ["1 новый", "2 новых (2)", "5 новых (5)", "21 новый"]);
});

test("a capped count takes the form of the number that it begins with", () => {
  const words = translator({ new: { one: "Show {n} new comment", other: "Show {n} new comments" } }, "en");
  assert.equal(words("new", { n: "99+" }), "Show 99+ new comments");
});

test("a form that the table lacks falls back to the general one", () => {
  assert.equal(translator({ left: { other: "{n} left" } }, "en")("left", { n: 1 }), "1 left");
});

test("numbers are grouped as the language groups them", () => {
  assert.equal(translator({ left: "{n}" }, "de-u-nu-latn")("left", { n: 1200 }), "1.200");
  assert.equal(translator({ left: "{n}" }, "de-u-nu-latn")("left", { n: 999 }), "999");
});

test("names are put in as they are, braces and all", () => {
  assert.equal(translator({ replying: "Your reply to {name}" }, "en")("replying", { name: "{n}" }), "Your reply to {n}");
});

test("a message that the server did not send shows its key instead of breaking", () => {
  assert.equal(translator({}, "en")("copied"), "copied");
  assert.equal(translator({ copied: "{other}" }, "en")("copied" as Key), "{other}");
});
