import { parse } from "../dom.ts";

import { inOurs } from "./words.ts";
/** A little after one stops at a comment: keys that follow each other closely fetch nothing. */
const REST_MS = 180;

/** Thread, author and likeness beside the comment that is read. */
export class Beside {
  private timer = 0;
  private known = new Map<string, Element[]>();
  private id = "";

  constructor(private readonly panel: HTMLElement) {}

  show(id: string | undefined): void {
    clearTimeout(this.timer);
    if (!id || id === this.id) return;
    this.timer = window.setTimeout(() => void this.load(id), this.known.has(id) ? 0 : REST_MS);
  }

  toggle(): void {
    this.panel.hidden = !this.panel.hidden;
  }

  private async load(id: string): Promise<void> {
    this.id = id;
    const found = this.known.get(id) ?? (await this.fetch(id));
    if (this.id !== id || !found) return;
    this.known.set(id, found);
    this.panel.replaceChildren(...found);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
  }

  private async fetch(id: string): Promise<Element[] | undefined> {
    try {
      const answer = await fetch(inOurs(`/console/context/${id}?part=1`), { headers: { "x-moothall": "1" } });
      return answer.ok ? [...parse(await answer.text()).children] : undefined;
    } catch {
      return undefined;
    }
  }
}
