import { age } from "./age.ts";
import { write } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** Writes the times in an element as how long ago; past a week, as the date in the reader's zone. */
function freshenIn(hall: Hall, root: Element): void {
  // Each kind of format costs a browser milliseconds to make; few threads need both.
  let ago: Intl.RelativeTimeFormat | undefined;
  let day: Intl.DateTimeFormat | undefined;
  for (const time of root.querySelectorAll<HTMLTimeElement>(".mh-when time")) {
    const made = Date.parse(time.dateTime);
    const old = age((Date.now() - made) / 1000);
    const text = old
      ? (ago ??= new Intl.RelativeTimeFormat(hall.tongue, { numeric: "auto" })).format(-old[0], old[1])
      : (day ??= new Intl.DateTimeFormat(hall.tongue, { dateStyle: "medium" })).format(made);
    write(time, text);
  }
}

/** So many threads are brought up to date before they are first drawn, so that nothing jumps: a page of them. */
const FIRST = 60;
/** The threads in and near the window: of a long discussion these are a few. */
const near = new WeakMap<Hall, Set<Element>>();
const watchers = new WeakMap<Hall, IntersectionObserver>();

const threads = (hall: Hall): Element[] => [...hall.querySelectorAll(".mh-list > li")];

/** Brings up to date what is in view, and what has been added since as soon as it comes there. */
export function freshen(hall: Hall): void {
  for (const thread of near.get(hall)!) freshenIn(hall, thread);
  for (const thread of threads(hall)) watchers.get(hall)!.observe(thread);
}

/** Keeps times so, minute by minute; pointed at, one tells the whole time. */
export function keepFresh(hall: Hall): void {
  const seen = new Set(threads(hall).slice(0, FIRST));
  const watcher = new IntersectionObserver((changes) => {
    for (const { isIntersecting, target } of changes)
      if (!isIntersecting) seen.delete(target);
      else {
        seen.add(target);
        freshenIn(hall, target);
      }
  }, { rootMargin: "800px" });
  near.set(hall, seen);
  watchers.set(hall, watcher);
  const again = (): unknown => document.hidden || freshen(hall);
  again();
  const timer = setInterval(again, 60_000);
  hall.alive.signal.onabort = () => {
    clearInterval(timer);
    watcher.disconnect();
  };
  hall.on("visibilitychange", again, document);
  const tell = ({ target }: Event): void => {
    const time = (target as Element).closest(".mh-when")?.querySelector("time");
    if (time) time.title ||= new Date(time.dateTime).toLocaleString(hall.tongue, { dateStyle: "full", timeStyle: "short" });
  };
  hall.on("pointerover", tell);
  hall.on("focusin", tell);
}
