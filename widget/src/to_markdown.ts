const DROPPED = /^(script|style|meta|link|title|head|svg|noscript|template|o:p|#comment)$/;
const BLOCK = /^(p|div|h[1-6]|ul|ol|li|blockquote|table|tbody|tr|section|article|main|pre|header|footer|dl|dd|dt|figure)$/;

/** What a piece of pasted markup already is, so that marks are not doubled. */
interface Ink {
  bold?: boolean;
  italic?: boolean;
  link?: boolean;
}

/**
 * The small Markdown of pasted markup: emphasis, links, lists, quotes, paragraphs.
 *
 * Nothing for markup without any of these: the plain text that comes with it is better then.
 */
export function toMarkdown(root: Node): string | undefined {
  const text = blocks(root, {}).join("\n\n");
  return found(root) ? text : undefined;
}

const nameOf = (node: Node): string => node.nodeName.toLowerCase();
const attribute = (node: Node, name: string): string => (node as Partial<Element>).getAttribute?.(name) ?? "";
const children = (node: Node): Node[] => [...node.childNodes].filter((child) => !dropped(child));

/** Word writes a list's bullets as text that it asks others to ignore. */
const dropped = (node: Node): boolean => DROPPED.test(nameOf(node)) || /mso-list:\s*ignore/i.test(attribute(node, "style"));

/** Whether anything here is worth a mark of Markdown. */
function found(node: Node): boolean {
  const ink = inkOf(node, {});
  return !!(ink.bold || ink.italic || hrefOf(node)) || /^(li|blockquote|h[1-6])$/.test(nameOf(node)) || children(node).some(found);
}

const isBlock = (node: Node): boolean => BLOCK.test(nameOf(node)) || children(node).some(isBlock);

/** The paragraphs of a node, each a piece of Markdown without a blank line around. */
function blocks(parent: Node, ink: Ink): string[] {
  const done: string[] = [];
  let line = "";
  const flush = (): void => {
    const text = line.replace(/[ \t]*\n[ \t]*/g, "\n").trim();
    if (text) done.push(text);
    line = "";
  };
  for (const child of children(parent)) {
    if (!isBlock(child)) line += inline(child, ink);
    else {
      flush();
      const text = block(child, inkOf(child, ink));
      if (text) done.push(text);
    }
  }
  flush();
  return done;
}

function block(node: Node, ink: Ink): string {
  const name = nameOf(node);
  if (name === "ul" || name === "ol") return list(node, ink, name === "ol");
  if (/^MsoList/.test(attribute(node, "class"))) return item("- ", node, ink);
  if (/^h[1-6]$/.test(name)) return blocks(node, { ...ink, bold: true }).map((text) => wrap("**", text)).join("\n\n");
  const text = blocks(node, ink).join("\n\n");
  return name === "blockquote" ? text.replace(/^/gm, "> ") : text;
}

function list(node: Node, ink: Ink, numbered: boolean): string {
  const lines = [];
  let n = 0;
  for (const child of children(node)) {
    // Some editors put a list inside a list without an item between them.
    if (/^[uo]l$/.test(nameOf(child))) lines.push(block(child, ink).replace(/^/gm, "  "));
    else if (nameOf(child) === "li") lines.push(item(numbered ? `${++n}. ` : "- ", child, ink));
  }
  return lines.join("\n");
}

const item = (mark: string, node: Node, ink: Ink): string =>
  mark + blocks(node, ink).join("\n").replace(/\n/g, "\n" + " ".repeat(mark.length));

function inline(node: Node, ink: Ink): string {
  if (nameOf(node) === "#text") return escape(node.textContent ?? "");
  if (nameOf(node) === "br") return "\n";
  const now = inkOf(node, ink);
  const href = ink.link ? "" : hrefOf(node);
  let text = children(node).map((child) => inline(child, { ...now, link: !!href || !!ink.link })).join("");
  if (href) text = node.textContent?.trim() === href ? href : text.replace(/^(\s*)(.*?)(\s*)$/s, `$1[$2](${href})$3`);
  if (now.italic && !ink.italic) text = wrap("*", text);
  return now.bold && !ink.bold ? wrap("**", text) : text;
}

/** Only addresses that our comments may have. */
function hrefOf(node: Node): string {
  const href = nameOf(node) === "a" ? attribute(node, "href") : "";
  return /^https?:\/\/[^\s()<>]+$/i.test(href) && node.textContent?.trim() ? href : "";
}

/** Google's editor wraps everything in a <b> that says it is not bold; its own emphasis is in styles. */
function inkOf(node: Node, ink: Ink): Ink {
  const style = attribute(node, "style");
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1];
  const bold = weight ? /bold|[6-9]00/.test(weight) : ink.bold || /^(b|strong)$/.test(nameOf(node));
  const italic = /font-style:\s*italic/.test(style) || ink.italic || /^(i|em)$/.test(nameOf(node));
  return { bold, italic };
}

/** Marks stand close to the words, or Markdown does not see them. */
const wrap = (mark: string, text: string): string => text.replace(/^(\s*)(.*\S)(\s*)$/s, `$1${mark}$2${mark}$3`);

const escape = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").replace(/[\\*_`[\]<]/g, "\\$&");
