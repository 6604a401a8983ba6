import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { storedDrafts } from "../src/drafts.ts";
import { readDrafts, writeDraft } from "../src/writer/drafts.ts";

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};

beforeEach(() => {
  kept.clear();
  Object.assign(globalThis, { sessionStorage: storage });
});

test("drafts of a story are kept side by side, each with its key", () => {
  writeDraft("s", "", { body: "one", key: "k1" });
  writeDraft("s", "c", { body: "two", key: "k2" });
  assert.deepEqual(readDrafts("s"), { "": { body: "one", key: "k1" }, c: { body: "two", key: "k2" } });
  assert.deepEqual(readDrafts("other"), {});
});

test("when the last draft is forgotten nothing stays in the store", () => {
  writeDraft("s", "", { body: "one", key: "k" });
  writeDraft("s", "");
  assert.equal(kept.size, 0);
});

test("a damaged store counts as an empty one", () => {
  kept.set("mh:s", "{");
  assert.deepEqual(readDrafts("s"), {});
});

test("where storage is forbidden there are no drafts and no errors", () => {
  const refuse = (): never => {
    throw new Error("denied");
  };
  Object.assign(globalThis, { sessionStorage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
  writeDraft("s", "", { body: "one", key: "k" });
  assert.equal(storedDrafts("s"), null);
});
