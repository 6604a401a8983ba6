import { toMarkdown } from "./to_markdown.ts";

/** Handlers in attributes would not run, but each would be reported as an attack on the page. */
const unarmed = (html: string): string => html.replace(/<[^>]+>/g, (tag) => tag.replace(/\son\w+/gi, " x"));

/** What pasted markup says in our small Markdown, if it says anything that plain text does not. */
export const fromHtml = (html: string, parse: (html: string) => Node): string | undefined => toMarkdown(parse(unarmed(html)));

/** The old command is the only one that keeps the browser's undo. */
export function insert(at: HTMLTextAreaElement, text: string): void {
  at.focus();
  if (document.execCommand("insertText", false, text)) return;
  at.setRangeText(text, at.selectionStart, at.selectionEnd, "end");
  at.dispatchEvent(new Event("input", { bubbles: true }));
}
