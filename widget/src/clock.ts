import { latin } from "./strings.ts";

/** Sets the site's clock at each full minute, in the newsroom's zone: pages come from caches and stay open. */
export function keepTime(): void {
  const clock = document.querySelector<HTMLTimeElement>("[data-mh-clock]");
  if (!clock) return;
  const { lang } = document.documentElement;
  const print = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : latin(lang), {
    dateStyle: "full",
    timeStyle: "long",
    timeZone: clock.dataset.mhZone,
  });
  const wait = (): unknown => setTimeout(tick, 60_000 - (Date.now() % 60_000));
  const tick = (): void => {
    const now = new Date();
    clock.dateTime = now.toISOString();
    // The style that names the zone has seconds too, which a clock that is set by the minute must not show.
    clock.textContent = print.format(now).replace(/(\d\D\d\d)\D\d\d/, "$1");
    wait();
  };
  wait();
}
