import type { Hall } from "./hall.ts";
import { more, turn } from "./navigate.ts";
import { copy, share } from "./share.ts";
import { showNew } from "./show.ts";
import type { Writer } from "./types.ts";
import { nextNew } from "./unread.ts";

type Act = (hall: Hall, control: HTMLElement) => unknown;

const HERE: Record<string, Act> = {
  sort: turn,
  page: turn,
  replies: more,
  "show-new": showNew,
  "next-new": nextNew,
  copy,
  share,
  "copy-field": copy,
};

export function act(hall: Hall, event: Event): void {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event as MouseEvent;
  const control = (target as Element).closest<HTMLElement>("[data-mh-act]");
  // With a modifier or another button a click means the browser's own way: a new tab, a download.
  if (!control || hall.plain || button || metaKey || ctrlKey || shiftKey || altKey || defaultPrevented) return;
  const name = control.dataset.mhAct!;
  const here = HERE[name];
  // Moderators decide on a page of their own.
  if (name === "decide") return;
  if (!here) return hand(hall, event, (writer) => writer.act(name, control), () => control.click());
  event.preventDefault();
  hall.attempt(here(hall, control));
}

export function submit(hall: Hall, event: Event): void {
  const form = event.target as HTMLFormElement;
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  if (form.dataset.mhForm && !hall.plain) hand(hall, event, (writer) => writer.submit(form, button), () => form.requestSubmit(button));
}

/** Lets the writer do it; where that can't be loaded, the plain link or form still works. */
function hand(hall: Hall, event: Event, first: (writer: Writer) => unknown, otherwise: () => void): void {
  event.preventDefault();
  hall.write().then(first, () => hall.plainly(otherwise));
}
