import { age, sameClock } from "./age.ts";
import { parse, write } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** So many threads are brought up to date before they are first drawn, so that nothing jumps. */
const FIRST = 12;
/** Told when the browser begins to draw a thread: those far below wait for it. */
const DRAWN = "contentvisibilityautostatechange";
/** Threads that have been drawn, and times that were written here: all others stand as the server printed them. */
const known = new WeakSet<Element>();

/** Makes a thread fit to be seen: its avatars, and times as how long ago; past a week, as the date in the reader's zone. */
export function freshen(hall: Hall, root: Element): void {
  // Far down the server draws avatars for those without script only; the others get them now.
  for (const far of root.querySelectorAll("noscript")) far.replaceWith(...parse(far.innerHTML).childNodes);
  let day: Intl.DateTimeFormat | undefined;
  for (const time of root.querySelectorAll<HTMLTimeElement>(".mh-when time")) {
    const made = new Date(time.dateTime);
    const old = age((Date.now() - +made) / 1000);
    // A browser takes 15 ms for the first format of a page; most of a paper's readers live by its clock.
    if (!old && !known.has(time) && sameClock(time.dateTime, made.getTimezoneOffset())) continue;
    known.add(time);
    write(time, old ? hall.words(old[1], { n: old[0] }) : (day ??= new Intl.DateTimeFormat(hall.tongue, { dateStyle: "medium" })).format(made));
  }
}

/** Freshens the threads that are drawn, or soon will be. */
export function freshenAll(hall: Hall): void {
  [...hall.querySelectorAll(".mh-list > li")].forEach((thread, i) => {
    if (!("on" + DRAWN in document) || i < FIRST || known.has(thread)) freshen(hall, thread);
  });
}

/** Keeps them so, minute by minute; pointed at, one tells the whole time. */
export function keepFresh(hall: Hall): void {
  freshenAll(hall);
  hall.on<ContentVisibilityAutoStateChangeEvent>(DRAWN, ({ skipped, target }) => {
    if (skipped) return;
    known.add(target as Element);
    freshen(hall, target as Element);
  });
  const again = (): unknown => document.hidden || freshenAll(hall);
  const timer = setInterval(again, 60_000);
  hall.alive.signal.onabort = () => clearInterval(timer);
  hall.on("visibilitychange", again, document);
  hall.on("pointerover", ({ target }) => {
    const time = (target as Element).closest(".mh-when")?.querySelector("time");
    if (time) time.title ||= new Date(time.dateTime).toLocaleString(hall.tongue, { dateStyle: "full", timeStyle: "short" });
  });
}
