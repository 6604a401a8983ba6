import type { Words } from "./words.ts";

const MINUTE_MS = 60_000;
/** Whoever was away this long has had a break. */
const AWAY_MS = 5 * MINUTE_MS;

/** Offers a break by time at work; it never stands in the way and counts nothing but minutes. */
export function pauses(minutes: number, told: HTMLElement, say: Words): () => void {
  const read = (): { since: number; last: number } => JSON.parse(localStorage.getItem("mh-shift") ?? "null") ?? { since: Date.now(), last: Date.now() };
  return () => {
    if (!minutes) return;
    const now = Date.now();
    const { since, last } = read();
    const began = now - last > AWAY_MS ? now : since;
    const due = now - began > minutes * MINUTE_MS;
    if (due) told.textContent = say("pause", { n: Math.round((now - began) / MINUTE_MS) });
    // Asked again after ten minutes, not with every key.
    localStorage.setItem("mh-shift", JSON.stringify({ since: due ? began + 10 * MINUTE_MS : began, last: now }));
  };
}
