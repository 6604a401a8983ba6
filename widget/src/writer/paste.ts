declare const PASTE: string;

/** Markup that is worth a mark of our Markdown. */
const RICH = /<(a|b|strong|i|em|li|blockquote|h\d)\b|font-(weight|style):/i;

/** Pasted formatting becomes our small Markdown; plain text is the browser's own affair. */
export async function paste(parse: (html: string) => Node, event: ClipboardEvent): Promise<void> {
  const html = event.clipboardData!.getData("text/html");
  const plain = event.clipboardData!.getData("text/plain");
  if (!RICH.test(html)) return;
  event.preventDefault();
  const at = event.target as HTMLTextAreaElement;
  const module = await (import(PASTE) as Promise<typeof import("../to_markdown.ts")>).catch(() => null);
  insert(at, module?.toMarkdown(parse(unarmed(html))) ?? plain);
}

/** Handlers in attributes would not run, but each would be reported as an attack on the page. */
const unarmed = (html: string): string => html.replace(/<[^>]+>/g, (tag) => tag.replace(/\son\w+/gi, " x"));

/** The old command is the only one that keeps the browser's undo. */
function insert(at: HTMLTextAreaElement, text: string): void {
  at.focus();
  if (document.execCommand("insertText", false, text)) return;
  at.setRangeText(text, at.selectionStart, at.selectionEnd, "end");
  at.dispatchEvent(new Event("input", { bubbles: true }));
}
