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

/** Markup as inert nodes. */
export function parse(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = trusted(html);
  return template.content;
}

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

/** The article of a node, without those of its replies. */
export const article = (item: Element): HTMLElement | null => item.querySelector("article");

/** Opens what hides an element and focuses it; the browser scrolls, because its reader asked. */
export function focusOn(target: HTMLElement | null | undefined): void {
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  target?.focus();
}

/** Changes the page so that what is being read stays where it is. */
export function keepStill(change: () => void): void {
  const anchor = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
  const held = anchor?.closest("article") ?? anchor;
  const top = held?.getBoundingClientRect().top;
  change();
  if (held?.isConnected && top !== undefined) scrollBy(0, held.getBoundingClientRect().top - top);
}

/** Addresses on the server's own root lead to the server also from another site. */
export function rebase(root: DocumentFragment, base: string): DocumentFragment {
  for (const name of ["href", "src", "action", "data-mh-to"])
    for (const element of root.querySelectorAll(`[${name}^="/"]:not([${name}^="//"])`))
      element.setAttribute(name, base + element.getAttribute(name));
  return root;
}

/** Gives the ids in a copied or second piece of markup a suffix of their own. */
export function uniquify(root: ParentNode, suffix: string): void {
  for (const name of ["id", "for", "aria-describedby", "aria-labelledby"])
    for (const element of root.querySelectorAll(`[${name}]`))
      element.setAttribute(name, element.getAttribute(name)!.replace(/\S+/g, (id) => `${id}-${suffix}`));
}
