import type { Hall } from "../hall.ts";

const openers = new WeakMap<Element, HTMLElement>();

/** Remembers what opened a form, so that closing it leads back there. */
export function opened(form: HTMLElement, by: HTMLElement): void {
  openers.set(form, by);
  by.ariaExpanded = "true";
}

/** Takes a form away that was opened here; gives back what opened it, or nothing for one of the page's own. */
export function close(form: HTMLElement): HTMLElement | undefined {
  const by = openers.get(form);
  if (!by) return undefined;
  by.ariaExpanded = null;
  const text = form.parentElement!.querySelector<HTMLElement>(".mh-body");
  if (text) text.hidden = false;
  form.remove();
  return by;
}

/** Goes where a link leads: what works without us works when we can't.  Host pages stay open. */
export function goPlain(hall: Hall, link: HTMLElement): void {
  const { href } = link as HTMLAnchorElement;
  if (hall.base) open(href, "_blank", "noopener");
  else location.assign(href);
}
