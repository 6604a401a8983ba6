import { focusOn, readHere, topOf } from "./dom.ts";
import type { Hall } from "./hall.ts";
import { freshenAll } from "./times.ts";
import { markUnread } from "./unread.ts";

/** What one entry of the tab's history holds for us: a list, and where in the window a comment of it stood. */
interface Mark {
  mh?: string;
  id?: string | undefined;
  top?: number;
}

/** Another order, or another page of it. */
export async function turn(hall: Hall, link: HTMLElement): Promise<void> {
  const to = link.dataset.mhTo!;
  const words = `${link.closest("nav")!.ariaLabel}: ${link.textContent}`;
  await load(hall, to, () => leaveMark(hall, to, (link as HTMLAnchorElement).href));
  hall.tell.say(words);
  focusOn(hall.first("article") ?? hall.first("h2"));
}

/** Opens folded replies in place. */
export async function more(hall: Hall, link: HTMLElement): Promise<void> {
  const nodes = await hall.fragment(link.dataset.mhTo!);
  const fold = link.closest("li")!;
  for (const item of hall.items(nodes)) if (hall.item(item.dataset.mhComment!)) item.remove();
  const fresh = hall.items(nodes);
  leaveMark(hall);
  fold.replaceWith(...nodes.childNodes);
  settle(hall, fresh);
  focusOn(fresh[0]?.querySelector("article"));
}

/** Shows another list; `before` runs once it has come and before the page changes. */
export async function load(hall: Hall, to: string, before?: () => void): Promise<void> {
  const nodes = await hall.fragment(to);
  before?.();
  const next = nodes.querySelector(".mh-next");
  next?.remove();
  hall.first("[data-mh=list]")!.replaceChildren(...nodes.childNodes);
  const pages = hall.first(".mh-pages")!;
  pages.replaceChildren(next?.firstChild ?? "");
  pages.hidden = !next;
  hall.at = to;
  hall.dataset.mhSort = /sort=(\w+)/.exec(to)![1];
  for (const link of hall.querySelectorAll<HTMLElement>("[data-mh-act=sort]"))
    link.ariaCurrent = to.startsWith(link.dataset.mhTo!) ? "true" : null;
  settle(hall, hall.items());
}

/** Makes nodes that just came like those that were there. */
function settle(hall: Hall, items: HTMLElement[]): void {
  freshenAll(hall);
  markUnread(hall, items);
  for (const item of items) hall.pending.delete(item.dataset.mhComment!);
}

/**
 * Leaves the place that is read now in the tab's history, so that Back returns to it.
 * A host page's history is its own: there nothing is left.
 */
export function leaveMark(hall: Hall, to = hall.at, href = location.href): void {
  if (hall.base) return;
  const read = readHere() as HTMLElement;
  history.replaceState({ mh: hall.at, id: read.dataset.mhComment, top: topOf(read) } satisfies Mark, "");
  history.pushState({ mh: to } satisfies Mark, "", href);
}

/** Back and Forward show the list of that time, where it was left. */
export function followHistory(hall: Hall): void {
  hall.at = hall.first("[data-mh-act=sort][aria-current]")?.dataset.mhTo ?? "";
  if (hall.base) return;
  hall.at += /&cursor=[^&]+/.exec(location.search) ?? "";
  const back = async ({ state }: PopStateEvent): Promise<void> => {
    const { mh, id, top } = (state ?? {}) as Mark;
    if (mh && mh !== hall.at) await load(hall, mh);
    // The browser scrolls first, to a place that no longer fits what stands there.
    await new Promise((done) => setTimeout(done));
    const item = id && hall.item(id);
    if (item) scrollBy(0, topOf(item) - top!);
  };
  hall.on<PopStateEvent>("popstate", (event) => hall.attempt(back(event)), self);
}
