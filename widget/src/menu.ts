import { make, rebase } from "./dom.ts";
import type { Hall } from "./hall.ts";

/** What anybody may do to a comment of another; a comment for which that is not so names its acts. */
const USUAL = "copy report block decide";

/** Opens or closes what else can be done to a comment; without us the link leads to a page that shows it all. */
export function more(hall: Hall, link: HTMLElement): void {
  const open = link.ariaExpanded !== "true";
  const shown = link.nextElementSibling as HTMLElement | null;
  if (shown) shown.hidden = !open;
  else link.after(menu(hall, link));
  link.ariaExpanded = `${open}`;
}

function menu(hall: Hall, link: HTMLElement): HTMLElement {
  const { mhComment: id, mhAuthor: author } = link.closest<HTMLElement>("[data-mh-comment]")!.dataset;
  const acts = (link.dataset.mhMay ?? USUAL).split(" ");
  const all = hall.first<HTMLTemplateElement>("template[data-mh=menu]")!.content;
  const links = [...all.querySelectorAll<HTMLElement>("a")].filter((one) => acts.includes(one.dataset.mhAct!));
  const copies = links.map((one) => {
    const copy = one.cloneNode(true) as HTMLElement;
    copy.setAttribute("href", one.getAttribute("href")!.replace("~c", id!).replace("~a", author!));
    return copy;
  });
  return rebase(make("span", {}, ...copies), hall.base);
}
