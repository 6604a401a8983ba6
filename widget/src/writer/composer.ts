import type { Draft } from "../drafts.ts";
import type { Hall } from "../hall.ts";
import { counted } from "./counter.ts";
import { readDrafts, writeDraft } from "./drafts.ts";
import { edit } from "./edit.ts";
import { reply } from "./reply.ts";
import { idOf } from "./send.ts";
import { signedIn } from "./signin.ts";

/** A form to write in, with its fields by their names. */
export interface Composer extends HTMLFormElement {
  body: HTMLTextAreaElement;
  key: HTMLInputElement;
  parent: HTMLInputElement;
}

export const COMPOSER = "form.mh-composer";
export const isEdit = (form: Composer): boolean => form.dataset.mhForm === "edit";

/** Names one try to post: 128 random bits. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

const nameOf = (form: Composer): string => (isEdit(form) ? "edit:" + idOf(form) : form.parent.value);

/** Makes a form of the server's ready: a key of its own, and what only works with script. */
export function dress(hall: Hall, form: Composer): void {
  form.key.value = newKey();
  form.querySelector<HTMLElement>("[data-mh-act=preview]")!.hidden = !signedIn(hall);
  // What was typed while this module was on its way.
  if (form.body.value) typed(hall, form);
}

/** After each change of a text. */
export function typed(hall: Hall, form: Composer): void {
  keep(hall, form);
  counted(hall, form);
}

/**
 * Stores what is typed.  Without sign-in nothing is stored, unless the reader is about to be sent
 * to sign in, or it was stored before.
 */
export function keep(hall: Hall, form: Composer, leaving = false): void {
  const name = nameOf(form);
  const body = form.body.value;
  if (!signedIn(hall) && !leaving && !readDrafts(hall.story)[name]) return;
  const here = leaving && form.contains(document.activeElement);
  writeDraft(hall.story, name, body.trim() ? { body, key: form.key.value, me: hall.dataset.mhMe, here } : undefined);
}

/** Before the reader leaves to sign in. */
export function keepAll(hall: Hall): void {
  for (const form of hall.querySelectorAll<Composer>(COMPOSER)) keep(hall, form, true);
}

export const forget = (hall: Hall, form: Composer): void => writeDraft(hall.story, nameOf(form));

/** Puts stored drafts back into their fields, opening those that are closed. */
export async function restore(hall: Hall): Promise<void> {
  for (const [name, draft] of Object.entries(readDrafts(hall.story))) {
    const form = (!draft.me || draft.me === hall.dataset.mhMe) && (await formFor(hall, name));
    if (form) fill(hall, form, draft);
  }
}

async function formFor(hall: Hall, name: string): Promise<Composer | null | undefined> {
  for (const form of hall.querySelectorAll<Composer>(COMPOSER))
    if (form.parent.value === name) return form;
  const [, act, id] = /(edit:)?(.*)/.exec(name)!;
  const link = id && hall.item(id)?.querySelector<HTMLAnchorElement>(`[data-mh-act=${act ? "edit" : "reply"}]`);
  return link ? (act ? edit : reply)(hall, link) : null;
}

function fill(hall: Hall, form: Composer, draft: Draft): void {
  const at = form.body;
  if (!at.value || isEdit(form)) {
    at.value = draft.body;
    form.key.value = draft.key;
  }
  typed(hall, form);
  if (draft.here) hall.kit.focusOn(at);
}

/** Says at the field what is wrong, and puts its writer there. */
export function fault(hall: Hall, form: Composer, text: string, ...more: Node[]): void {
  const line = form.querySelector<HTMLElement>("[data-mh=error]")!;
  line.replaceChildren(text + " ", ...more);
  line.hidden = false;
  form.body.ariaInvalid = "true";
  form.body.focus();
  hall.tell.say(text);
}

/** Takes back what was said to be wrong. */
export function calm(form: Composer): void {
  form.querySelector<HTMLElement>("[data-mh=error]")!.hidden = true;
  form.body.ariaInvalid = null;
  form.querySelector<HTMLElement>("[data-mh=preview]")!.hidden = true;
}
