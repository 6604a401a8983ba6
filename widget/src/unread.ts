import { isModified } from "./acts.ts";
import { article, focusOn, make } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** Marks others' live comments newer than `seen` as unread; none for a reader of whom nothing is known. */
export function markUnread(hall: Hall, items: HTMLElement[], seen = hall.dataset.mhSeen ?? "~"): void {
  for (const item of items)
    if (item.dataset.mhComment! > seen && item.dataset.mhState === "live" && item.dataset.mhAuthor !== hall.dataset.mhMe) {
      item.classList.add("mh-unread");
      // The word tells it also to those who see no colour.
      const header = item.querySelector("header");
      if (!header?.querySelector(".mh-new")) header?.append(make("span", { className: "mh-badge mh-new", textContent: hall.words("unread") }));
    }
  const n = hall.querySelectorAll(".mh-unread").length;
  if (!n) return;
  const button = make("button", { type: "button", textContent: hall.words("next") });
  button.dataset.mhAct = "next-new";
  const line = newsLine(hall, "mh-since");
  line.hidden = false;
  line.replaceChildren(hall.dataset.mhSeen ? hall.words("since", { n }) + " " : "", button);
}

/** A line above the list, made when first needed. */
export function newsLine(hall: Hall, name: string): HTMLElement {
  let line = hall.first("." + name);
  if (!line) hall.first("[data-mh=list]")!.before((line = make("p", { className: name })));
  return line;
}

/** Source: DOM standard, `Node.DOCUMENT_POSITION_FOLLOWING`. */
const FOLLOWING = 4;

/** Goes to the next unread comment after where the reader is, and round again from the first. */
export function nextNew(hall: Hall): void {
  const items = [...hall.querySelectorAll<HTMLElement>(".mh-unread")];
  const here = document.activeElement!;
  const next = items.find((item) => here.compareDocumentPosition(item) & FOLLOWING) ?? items[0];
  next?.classList.remove("mh-unread");
  focusOn(next && article(next));
  if (!items[1]) hall.first(".mh-since")?.remove();
}

/** The key "n", for readers who switched shortcuts on (WCAG 2.1.4). */
export function shortcuts(hall: Hall): void {
  const press = (event: KeyboardEvent): void => {
    if (event.key === "n" && !isModified(event) && !(event.target as Element).matches("input, textarea, select")) nextNew(hall);
  };
  if (hall.dataset.mhKeys !== undefined) hall.on("keydown", press, document);
}
