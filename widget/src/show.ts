import { raise } from "./apply.ts";
import { article, focusOn, make } from "./dom.ts";
import type { Hall } from "./hall.ts";
import { leaveMark, load } from "./navigate.ts";
import { freshen } from "./times.ts";
import { markUnread, newsLine } from "./unread.ts";

/** More new comments than these are read in a list of their own; the server gives no more at a time. */
const MOST = 99;
/** Links to replies in threads that are not on this page. */
const LINKS = 5;

/** Puts the new comments where they belong and focuses the first. */
export async function showNew(hall: Hall): Promise<void> {
  if (hall.stale || hall.pending.size > MOST) return reload(hall);
  const fresh = await fetchNew(hall);
  const placed = fresh.filter((item) => place(hall, item));
  const far = fresh.filter((item) => !placed.includes(item));
  markUnread(hall, placed, "");
  hall.tell.say(report(hall, placed.length, far));
  focusOn(placed[0] ? article(hall.items().find((item) => placed.includes(item))!) : hall.first(".mh-further a"));
}

/** Too much is new to be put in between: the newest first. */
async function reload(hall: Hall): Promise<void> {
  const asked = [...hall.pending];
  const { seq } = hall;
  const to = `/fragments/stories/${hall.story}/comments?sort=newest${hall.asked}`;
  await load(hall, to, () => leaveMark(hall, to));
  hall.stale = false;
  drawn(hall, seq, asked);
  focusOn(hall.first("article"));
}

/** Nodes of what waits, oldest first; marks the place that is read now. */
async function fetchNew(hall: Hall): Promise<HTMLElement[]> {
  const asked = [...hall.pending];
  const { seq } = hall;
  const nodes = await hall.fragment(`/fragments/stories/${hall.story}/new?since=${hall.drawn}${hall.asked}`);
  // Before the first change: afterwards the browser would have to lay the page out to find what is read.
  leaveMark(hall);
  drawn(hall, seq, asked);
  return hall.items(nodes).filter((item) => !hall.item(item.dataset.mhComment!));
}

/** All until this event is on the page; what was asked for and did not come has been taken down meanwhile. */
function drawn(hall: Hall, seq: number, asked: string[]): void {
  hall.drawn = seq;
  for (const id of asked) hall.pending.delete(id);
  raise(hall);
}

/**
 * Puts a node into its place; false when that is not on this page, unless it is wanted `anyway`.
 *
 * A new comment stands first in every order but the oldest: it has earned no other place yet, and
 * there its reader looks.
 */
export function place(hall: Hall, item: HTMLElement, anyway = false): boolean {
  const parent = item.dataset.mhParent;
  const list = parent ? repliesOf(hall.item(parent)) : hall.first("[data-mh=list]");
  const last = parent || hall.dataset.mhSort === "oldest";
  if (!list || (!parent && last && !anyway && hall.first("[rel=next]"))) return false;
  // Looked for only then: what is not there costs a walk over the whole discussion.
  if (!list.firstElementChild) hall.first("[data-mh=empty]")?.remove();
  if (last) list.append(item);
  else list.prepend(item);
  freshen(hall, item);
  return true;
}

function repliesOf(item: HTMLElement | null): Element | null {
  const list = item?.querySelector(":scope > .mh-replies");
  if (list || !item) return list ?? null;
  const made = make("ol", { className: "mh-replies", role: "list" });
  item.append(made);
  return made;
}

/** Says what came, and offers the way to what has no place on this page. */
function report(hall: Hall, shown: number, far: HTMLElement[]): string {
  const words = shown ? [hall.words("shown", { n: shown })] : [];
  if (far[0]) {
    const text = hall.words("further", { n: far.length });
    words.push(text);
    newsLine(hall, "mh-further").replaceChildren(text, ...far.slice(-LINKS).flatMap((item) => [" ", link(hall, item)]));
  }
  return words.join(" ");
}

const link = (hall: Hall, item: HTMLElement): HTMLElement =>
  make("a", {
    href: `${hall.base}/c/${item.dataset.mhComment}`,
    textContent: item.querySelector("h3")?.textContent ?? "",
  });
