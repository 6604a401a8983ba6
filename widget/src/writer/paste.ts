import type { Hall } from "../hall.ts";

declare const PASTE: string;

/** Markup that is worth a mark of our Markdown. */
const RICH = /<(a|b|strong|i|em|li|blockquote|h\d)\b|font-(weight|style):/i;

/** Pasted formatting becomes our small Markdown; plain text is the browser's own affair. */
export async function paste(hall: Hall, event: ClipboardEvent): Promise<void> {
  const [html, plain] = ["html", "plain"].map((kind) => event.clipboardData!.getData("text/" + kind)) as [string, string];
  if (!RICH.test(html)) return;
  event.preventDefault();
  const at = event.target as HTMLTextAreaElement;
  const module = (await import(PASTE).catch(() => null)) as typeof import("../paste.ts") | null;
  if (module) module.insert(at, module.fromHtml(html, (text) => hall.parse(text)) ?? plain);
  else at.setRangeText(plain);
}
