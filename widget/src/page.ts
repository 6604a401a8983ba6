import { act } from "./acts.ts";
import type { Hall } from "./hall.ts";
import { latin } from "./strings.ts";

/** What our own pages have outside the discussion: the site's clock, share and copy buttons. */
export function enhancePage(): void {
  keepTime();
  const hall = document.querySelector<Hall>("moot-hall");
  for (const tools of hall ? document.querySelectorAll<HTMLElement>(".tools") : []) {
    tools.addEventListener("click", (event) => act(hall!, event));
    for (const button of tools.querySelectorAll("button")) button.hidden = false;
  }
}

/** The clock of a page from a cache, or left open, is corrected each minute, in the newsroom's zone. */
function keepTime(): void {
  const clock = document.querySelector<HTMLTimeElement>("[data-mh-clock]");
  if (!clock) return;
  const lang = document.documentElement.lang;
  const print = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : latin(lang), {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "numeric",
    timeZone: clock.dataset.mhZone,
    timeZoneName: "short",
  });
  const minute = (at: number): number => Math.floor(at / 60_000);
  const tick = (): void => {
    const now = Date.now();
    setTimeout(tick, 60_000 - (now % 60_000));
    if (minute(now) === minute(Date.parse(clock.dateTime))) return;
    clock.dateTime = new Date(now).toISOString();
    clock.textContent = print.format(now);
  };
  tick();
}
