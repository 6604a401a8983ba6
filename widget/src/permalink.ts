import { article, focusOn } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** Follows `#c-ID` in the address; a comment that is not on this page has a page of its own. */
export function openLinked(hall: Hall): void {
  const go = (): void => {
    const id = /^#c-(\w{13})$/.exec(location.hash)?.[1];
    if (!id) return;
    const item = hall.item(id);
    if (item) focusOn(article(item));
    else if (!document.getElementById("c-" + id)) location.replace(`${hall.base}/c/${id}`);
  };
  hall.on("hashchange", go, self);
  // Browsers follow the address themselves until the page has loaded, and take the focus with them.
  if (document.readyState === "complete") go();
  else hall.on("load", () => setTimeout(go), self);
}
