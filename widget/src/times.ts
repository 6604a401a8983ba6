import { age } from "./age.ts";
import type { Hall } from "./hall.ts";

/** Writes the times of comments as how long ago; the whole time stands in their title, in the reader's zone. */
export function freshen(hall: Hall): void {
  const { tongue } = hall;
  const ago = new Intl.RelativeTimeFormat(tongue, { numeric: "auto" });
  const day = new Intl.DateTimeFormat(tongue, { dateStyle: "medium" });
  const whole = new Intl.DateTimeFormat(tongue, { dateStyle: "full", timeStyle: "short" });
  for (const time of hall.querySelectorAll<HTMLTimeElement>(".mh-when time")) {
    const made = Date.parse(time.dateTime);
    const old = age((Date.now() - made) / 1000);
    const text = old ? ago.format(-old[0], old[1]) : day.format(made);
    if (time.textContent !== text) time.textContent = text;
    time.title ||= whole.format(made);
  }
}

/** Keeps them so, minute by minute. */
export function keepFresh(hall: Hall): void {
  const again = (): unknown => document.hidden || freshen(hall);
  again();
  const timer = setInterval(again, 60_000);
  hall.alive.signal.onabort = () => clearInterval(timer);
  hall.on("visibilitychange", again, document);
}
