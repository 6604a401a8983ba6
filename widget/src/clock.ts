import { latin } from "./strings.ts";

/** The site's clock, in the newsroom's zone.  Loaded at the first full minute: pages come from caches and stay open. */
const clock = document.querySelector<HTMLTimeElement>("[data-mh-clock]")!;
const { lang } = document.documentElement;
const print = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : latin(lang), {
  dateStyle: "full",
  timeStyle: "long",
  timeZone: clock.dataset.mhZone,
});

function tick(): void {
  const now = new Date();
  clock.dateTime = now.toISOString();
  // The style that names the zone has seconds too, which a clock that is set by the minute must not show.
  clock.textContent = print.format(now).replace(/(\d\D\d\d)\D\d\d/, "$1");
  setTimeout(tick, 60_000 - (Date.now() % 60_000));
}

tick();
