import assert from "node:assert/strict";
import test from "node:test";
import { toMarkdown } from "../src/to_markdown.ts";

type Child = Node | string;

/** As much of an element as the conversion looks at. */
function h(name: string, attributes: Record<string, string> = {}, ...children: Child[]): Node {
  const childNodes = children.map((child) => (typeof child === "string" ? text(child) : child));
  return {
    nodeName: name.toUpperCase(),
    childNodes,
    getAttribute: (key: string) => attributes[key] ?? null,
    get textContent() {
      return childNodes.map((child) => child.textContent).join("");
    },
  } as unknown as Node;
}

const text = (value: string): Node => ({ nodeName: "#text", childNodes: [], textContent: value }) as unknown as Node;
const body = (...children: Child[]): string | undefined => toMarkdown(h("body", {}, ...children));

test("emphasis, links and paragraphs keep their sense", () => {
  const link = h("a", { href: "https://example.org/a" }, "three");
  assert.equal(
    body(h("p", {}, "One ", h("b", {}, "two "), link, "."), h("p", {}, h("em", {}, "Four"))),
    "One **two** [three](https://example.org/a).\n\n*Four*",
  );
});

test("lists keep their marks and their depth", () => {
  const inner = h("ul", {}, h("li", {}, "b"));
  assert.equal(body(h("ol", {}, h("li", {}, "a", inner), h("li", {}, "c"))), "1. a\n   - b\n2. c");
});

test("a quotation is marked on every line", () => {
  assert.equal(body(h("blockquote", {}, h("p", {}, "a"), h("p", {}, "b"))), "> a\n> \n> b");
});

test("a heading becomes a bold line", () => {
  assert.equal(body(h("h2", {}, "Title ", h("b", {}, "x")), h("p", {}, "t")), "**Title x**\n\nt");
});

test("Google's wrapper that says it is not bold is none, and its styles are emphasis", () => {
  const bold = h("span", { style: "font-weight:700" }, "strong");
  const slanted = h("span", { style: "font-style:italic" }, "slanted");
  assert.equal(
    body(h("b", { style: "font-weight:normal", id: "docs-internal-guid-1" }, h("p", {}, bold, " and ", slanted))),
    "**strong** and *slanted*",
  );
});

test("Word's bullets, comments and office tags are dropped, its list kept", () => {
  const bullet = h("span", { style: "mso-list:Ignore" }, "·   ");
  assert.equal(
    body(h("style", {}, "p{}"), h("p", { class: "MsoListParagraph" }, bullet, h("b", {}, "first"), h("o:p", {}, " "))),
    "- **first**",
  );
});

test("marks that were in the text stay text", () => {
  assert.equal(body(h("p", {}, "2 * 3 [x] ", h("b", {}, "_y_"))), "2 \\* 3 \\[x\\] **\\_y\\_**");
});

test("an address that is its own text stands alone; other schemes are only text", () => {
  assert.equal(body(h("a", { href: "https://example.org/" }, "https://example.org/")), "https://example.org/");
  assert.equal(body(h("b", {}, "a"), h("a", { href: "javascript:x" }, "b")), "**a**b");
});

test("markup without any formatting is left to the browser", () => {
  assert.equal(body(h("div", {}, h("span", { style: "color:red" }, "plain"))), undefined);
});

test("scripts and styles leave nothing behind", () => {
  assert.equal(body(h("b", {}, "a"), h("script", {}, "alert(1)"), h("style", {}, "x")), "**a**");
});

test("emphasis inside emphasis is marked once", () => {
  assert.equal(body(h("b", {}, "a ", h("strong", {}, "b"))), "**a b**");
});
