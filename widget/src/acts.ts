import type { Hall } from "./hall.ts";
import { more } from "./menu.ts";
import { more as unfold, turn } from "./navigate.ts";
import { copy, share } from "./share.ts";
import { showNew } from "./show.ts";
import type { Writer } from "./types.ts";
import { nextNew } from "./unread.ts";

type Act = (hall: Hall, control: HTMLElement) => unknown;

const HERE: Record<string, Act> = {
  sort: turn,
  page: turn,
  replies: unfold,
  more,
  "show-new": showNew,
  "next-new": nextNew,
  copy,
  share,
  "copy-field": copy,
};

/** With a modifier a click or a key means the browser's own way: a new tab, a download. */
export const isModified = (event: MouseEvent | KeyboardEvent): boolean => event.metaKey || event.ctrlKey || event.altKey;

export function act(hall: Hall, event: MouseEvent): void {
  const control = (event.target as Element).closest<HTMLElement>("[data-mh-act]");
  const name = control?.dataset.mhAct;
  // Moderators decide on a page of their own.
  if (!name || name === "decide" || hall.plain || event.button || event.shiftKey || isModified(event)) return;
  const here = HERE[name];
  if (!here) return hand(hall, event, (writer) => writer.act(name, control), () => control.click());
  event.preventDefault();
  void hall.attempt(here(hall, control));
}

export function submit(hall: Hall, event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  if (form.dataset.mhForm && !hall.plain) hand(hall, event, (writer) => writer.submit(form, button), () => form.requestSubmit(button));
}

/** Lets the writer do it; where that can't be loaded, the plain link or form still works. */
function hand(hall: Hall, event: Event, first: (writer: Writer) => unknown, otherwise: () => void): void {
  event.preventDefault();
  hall.write().then(first, () => hall.plainly(otherwise));
}
