/** One request asks for the counts of this many pages. */
const MOST = 100;
const home = (document.currentScript as HTMLScriptElement).src.replace(/(\/static\/built)?\/count[^/]*$/, "");

/** Fills every `<… data-moothall-count="URL">` with the number of comments on that page. */
async function fill(): Promise<void> {
  const spots = [...document.querySelectorAll<HTMLElement>("[data-moothall-count]")];
  const address = (spot: HTMLElement): string => new URL(spot.dataset.moothallCount || location.href, document.baseURI).href;
  const urls = [...new Set(spots.map(address))].slice(0, MOST);
  if (!urls.length) return;
  const answer = await fetch(`${home}/api/v1/counts?${new URLSearchParams(urls.map((url) => ["url", url]))}`);
  if (!answer.ok) return;
  const counts = (await answer.json()) as Record<string, number>;
  for (const spot of spots) {
    const count = counts[address(spot)];
    const lang = spot.closest<HTMLElement>("[lang]")?.lang || navigator.language;
    if (count !== undefined) spot.textContent = new Intl.NumberFormat(lang).format(count);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => void fill());
else void fill();
