import { article, focusOn, keepStill, make, write } from "./dom.ts";
import type { Hall } from "./hall.ts";
import { digits } from "./strings.ts";
import { freshen } from "./times.ts";
import type { Changes } from "./types.ts";

/** Brings what happened onto the page; nothing is inserted, moved or focused. */
export function apply(hall: Hall, doc: Changes): void {
  hall.seq = doc.seq;
  hall.stale ||= doc.reload;
  for (const at of (hall.base ? hall : document).querySelectorAll("[data-mh=count]")) write(at, digits(hall.tongue, doc.count));
  if (hall.open && !doc.open) hall.tell.news(() => hall.words("closed"));
  hall.open = doc.open;
  for (const [kind, id, a, b] of doc.changes) {
    const item = hall.item(id);
    if (kind === "removed") {
      hall.pending.delete(id);
      if (item) remove(hall, item);
    } else if (!item) {
      if (kind === "new") hall.pending.add(id);
    } else if (kind === "reactions") setCounts(hall, item, a, b);
    else if (kind === "edited" || item.dataset.mhState !== "live") void refresh(hall, item, id);
  }
  raise(hall);
}

/** The button that stands for new comments, and the word to those who can't see it. */
export function raise(hall: Hall): void {
  const { size } = hall.pending;
  const button = hall.first<HTMLButtonElement>("[data-mh-act=show-new]");
  if (!button) return;
  if (size > Number(button.value)) hall.tell.news(() => (button.hidden ? "" : button.textContent!));
  button.value = `${size}`;
  button.hidden = !size && !hall.stale;
  if (!button.hidden) write(button, hall.words("new", { n: hall.stale || size > 99 ? "99+" : size }));
}

/** The two numbers of a comment's reactions. */
export function setCounts(hall: Hall, item: HTMLElement, respect: number, disagree: number): void {
  const counts = item.querySelectorAll("[aria-pressed] b");
  [respect, disagree].forEach((count, i) => write(counts[i], digits(hall.tongue, count)));
}

async function refresh(hall: Hall, item: HTMLElement, id: string): Promise<void> {
  const nodes = await hall.fragment(`/fragments/comments/${id}?${hall.asked}`).catch(() => null);
  const fresh = nodes && hall.items(nodes)[0];
  if (fresh) keepStill(() => swap(hall, item, fresh, true));
}

/**
 * Puts a newly drawn comment in the place of the old one; its replies stay.
 *
 * Gently: whoever is on a button, in a menu or in a form of it keeps that; only the rest changes.
 */
export function swap(hall: Hall, item: HTMLElement, fresh: HTMLElement, gently = false): void {
  // An article, or the fold around one by somebody who is blocked.
  const was = item.firstElementChild!;
  const is = fresh.firstElementChild!;
  if (!gently || !(was.contains(document.activeElement) || was.querySelector("textarea, [open], [aria-expanded=true]"))) was.replaceWith(is);
  else
    for (const part of ["header", ".mh-body"]) {
      const old = was.querySelector<HTMLElement>(part);
      const made = is.querySelector<HTMLElement>(part);
      if (!old || !made || old.contains(document.activeElement)) continue;
      made.hidden = old.hidden;
      old.replaceWith(made);
    }
  item.dataset.mhState = fresh.dataset.mhState;
  freshen(hall, item);
}

/** Leaves a stub; who was on it goes to its parent, else to the heading. */
function remove(hall: Hall, item: HTMLElement): void {
  const shell = article(item);
  if (!shell || item.dataset.mhState === "withdrawn") return;
  const held = shell.contains(document.activeElement);
  item.dataset.mhState = "removed";
  shell.classList.add("mh-stub");
  keepStill(() => shell.replaceChildren(make("p", { id: "n-" + item.dataset.mhComment, textContent: hall.words("gone") })));
  if (held) focusOn(item.parentElement?.closest("li")?.querySelector("article") ?? hall.first("h2"));
}
