import { age } from "./age.ts";
import { write } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** Writes the times in an element as how long ago; past a week, as the date in the reader's zone. */
export function freshen(hall: Hall, root: Element = hall): void {
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

/** Keeps them so, minute by minute; pointed at, one tells the whole time. */
export function keepFresh(hall: Hall): void {
  // Before they are first drawn, so that nothing jumps.
  freshen(hall);
  const again = (): unknown => document.hidden || freshen(hall);
  const timer = setInterval(again, 60_000);
  hall.alive.signal.onabort = () => clearInterval(timer);
  hall.on("visibilitychange", again, document);
  hall.on("pointerover", ({ target }) => {
    const time = (target as Element).closest(".mh-when")?.querySelector("time");
    if (time) time.title ||= new Date(time.dateTime).toLocaleString(hall.tongue, { dateStyle: "full", timeStyle: "short" });
  });
}
