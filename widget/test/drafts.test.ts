import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { someDrafts } from "../src/drafts.ts";
import { readDrafts, writeDraft } from "../src/writer/drafts.ts";

type Store = Record<string, string>;
let tab: Store;
let browser: Store;
const have = (sessionStorage: Store, localStorage: Store): unknown =>
  Object.defineProperties(globalThis, {
    sessionStorage: { value: sessionStorage, configurable: true },
    localStorage: { value: localStorage, configurable: true },
  });

beforeEach(() => have((tab = {}), (browser = {})));

test("drafts of a story are kept side by side, each with its key", () => {
  writeDraft("s", "", { body: "one", key: "k1" });
  writeDraft("s", "c", { body: "two", key: "k2" });
  assert.deepEqual(readDrafts("s"), { "": { body: "one", key: "k1" }, c: { body: "two", key: "k2" } });
  assert.deepEqual(readDrafts("other"), {});
});

test("when the last draft is forgotten nothing stays in the store", () => {
  writeDraft("s", "", { body: "one", key: "k" });
  writeDraft("s", "");
  assert.deepEqual([tab, browser], [{}, {}]);
});

test("another tab finds what one that died has left, and keeps its own before it", () => {
  writeDraft("s", "", { body: "one", key: "k" });
  have((tab = {}), browser);
  assert.equal(readDrafts("s")[""]?.body, "one");
  writeDraft("s", "", { body: "two", key: "k2" });
  browser["mh:s"] = '{"":{"body":"three","key":"k3"}}';
  assert.equal(readDrafts("s")[""]?.body, "two");
});

test("a damaged store counts as an empty one", () => {
  tab["mh:s"] = "{";
  assert.deepEqual(readDrafts("s"), {});
});

test("where storage is forbidden there are no drafts and no errors", () => {
  const refuse = (): never => {
    throw new Error("denied");
  };
  const closed: Store = new Proxy({}, { get: refuse, set: refuse, deleteProperty: refuse });
  have(closed, closed);
  writeDraft("s", "", { body: "one", key: "k" });
  assert.deepEqual([someDrafts("s"), readDrafts("s")], [undefined, {}]);
});
