import { parse } from "../dom.ts";
import { inOurs } from "./words.ts";

/** So many comments ahead are asked for before one gets there. */
const AHEAD = 10;

/** The comments of a page, in their order; the one with the focus is what keys act on. */
export class Queue {
  current: HTMLElement | undefined;
  private loading = false;

  constructor(
    readonly list: HTMLElement,
    private readonly single: boolean,
    private readonly moved: (item: HTMLElement | undefined) => void,
  ) {
    list.addEventListener("focusin", (event) => {
      const item = (event.target as Element).closest<HTMLElement>(".item");
      if (item && item !== this.current) this.mark(item);
    });
  }

  get items(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".item")];
  }

  get ids(): string[] {
    return this.items.map((item) => item.dataset.id!);
  }

  find(id: string): HTMLElement | undefined {
    return this.items.find((item) => item.dataset.id === id);
  }

  focus(item: HTMLElement | undefined): void {
    this.mark(item);
    item?.focus({ preventScroll: this.single });
    // The page is drawn first; what is read later can wait for it.
    setTimeout(() => void this.ahead());
  }

  step(by: 1 | -1): void {
    this.focus(this.beside(this.current, by) ?? this.current ?? this.items[0]);
  }

  /** Takes an item out and goes on; returns what puts it back where it was. */
  take(item: HTMLElement): () => void {
    const next = this.beside(item, 1) ?? this.beside(item, -1);
    const after = item.nextSibling;
    item.remove();
    this.focus(next);
    return () => {
      this.list.insertBefore(item, after?.isConnected ? after : this.list.querySelector(".further"));
      this.focus(item);
    };
  }

  private mark(item: HTMLElement | undefined): void {
    if (this.single) {
      if (this.current && this.current !== item) this.current.hidden = true;
      if (item) item.hidden = false;
    }
    this.current = item;
    this.moved(item);
  }

  private beside(item: HTMLElement | undefined, by: 1 | -1): HTMLElement | undefined {
    let at = item as Element | null | undefined;
    do at = by > 0 ? at?.nextElementSibling : at?.previousElementSibling;
    while (at && !at.matches(".item"));
    return (at ?? undefined) as HTMLElement | undefined;
  }

  /** Fetches what follows while there is still something to read. */
  async ahead(): Promise<void> {
    const items = this.items;
    const left = items.length - (this.current ? items.indexOf(this.current) : 0);
    const further = this.list.querySelector<HTMLElement>(".further");
    if (!further || left > AHEAD || this.loading) return;
    this.loading = true;
    try {
      const answer = await fetch(inOurs(further.dataset.next!), { headers: { "x-moothall": "1" } });
      if (answer.ok) this.append(further, await answer.text());
    } catch {
      // Asked for again with the next step.
    } finally {
      this.loading = false;
    }
  }

  private append(further: HTMLElement, html: string): void {
    const known = new Set(this.ids);
    const fresh = [...parse(html).children] as HTMLElement[];
    further.replaceWith(...fresh.filter((item) => !known.has(item.dataset.id ?? "")));
    if (this.single) for (const item of this.items) item.hidden = item !== this.current;
    if (!this.current) this.focus(this.items[0]);
  }
}
