interface HtmlPolicy {
  createHTML(html: string): string;
}
interface TrustedTypesWindow {
  trustedTypes?: { createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy };
}

let policy: HtmlPolicy | undefined;

/** The one door for markup: what our server drew and cleaned, or what is only read and thrown away. */
function trusted(html: string): string {
  const rules = { createHTML: (text: string) => text };
  policy ??= (self as TrustedTypesWindow).trustedTypes?.createPolicy("moothall", rules) ?? rules;
  return policy.createHTML(html);
}

/** Markup as inert nodes: in a document of their own nothing runs, loads or is reported. */
export const parse = (html: string): HTMLElement => new DOMParser().parseFromString(trusted(html), "text/html").body;

/** A new element with properties and children. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[T] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Writes a text where it is another one: the same again would cost a frame of a long page. */
export function write(at: Element | null | undefined, text: string): void {
  if (at && at.textContent !== text) at.textContent = text;
}

/** The article of a node, without those of its replies. */
export const article = (item: Element): HTMLElement | null => item.querySelector("article");

/** Opens what hides an element and focuses it; the browser scrolls, because its reader asked. */
export function focusOn(target: HTMLElement | null | undefined): void {
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  target?.focus();
}

export const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** What is being read: the comment, or whatever else, a third down the window. */
export function readHere(): Element {
  const at = document.elementFromPoint(innerWidth / 2, innerHeight / 3) ?? document.body;
  return at.closest("[data-mh-comment]") ?? at;
}

/** Changes the page so that what is being read stays where it is. */
export function keepStill(change: () => void): void {
  const held = readHere();
  const top = topOf(held);
  change();
  if (held.isConnected) scrollBy(0, topOf(held) - top);
}

/** Addresses on the server's own root lead to the server also from another site. */
export function rebase<T extends ParentNode>(root: T, base: string): T {
  for (const name of ["href", "src", "action", "data-mh-to"])
    for (const element of root.querySelectorAll(`[${name}^="/"]:not([${name}^="//"])`))
      element.setAttribute(name, base + element.getAttribute(name));
  return root;
}

/** Gives the ids in a copied or second piece of markup a suffix of their own; those of comments are nobody else's. */
export function uniquify(root: ParentNode, suffix: string): void {
  for (const name of ["id", "for", "aria-describedby", "aria-labelledby"])
    for (const element of root.querySelectorAll(`[${name}]`))
      element.setAttribute(name, element.getAttribute(name)!.replace(/(^| )(?!c-)\S+/g, (id) => `${id}-${suffix}`));
}
