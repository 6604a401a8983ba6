import type { Draft } from "../drafts.ts";
import type { Hall } from "../hall.ts";
import { counted } from "./counter.ts";
import { readDrafts, writeDraft } from "./drafts.ts";
import { edit } from "./edit.ts";
import { reply } from "./reply.ts";

export const field = (form: HTMLFormElement): HTMLTextAreaElement => form.querySelector("textarea")!;
export const hidden = (form: HTMLFormElement, name: "key" | "parent"): HTMLInputElement =>
  form.querySelector(`[name=${name}]`)!;

/** Names one try to post: 128 random bits. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

const nameOf = (form: HTMLFormElement): string =>
  form.dataset.mhForm === "edit"
    ? "edit:" + form.closest<HTMLElement>("[data-mh-comment]")!.dataset.mhComment
    : hidden(form, "parent").value;

/** Makes a form of the server's ready: a key of its own, and what only works with script. */
export function dress(hall: Hall, form: HTMLFormElement): void {
  hidden(form, "key").value = newKey();
  form.querySelector<HTMLElement>("[data-mh-act=preview]")!.hidden = !hall.signedIn;
  // What was typed while this module was on its way.
  if (field(form).value) typed(hall, form);
}

/** After each change of a text. */
export function typed(hall: Hall, form: HTMLFormElement): void {
  keep(hall, form);
  counted(hall, field(form));
}

/**
 * Stores what is typed.  Without sign-in nothing is stored, unless the reader is about to be sent
 * to sign in, or it was stored before.
 */
export function keep(hall: Hall, form: HTMLFormElement, leaving = false): void {
  const name = nameOf(form);
  const body = field(form).value;
  if (!hall.signedIn && !leaving && !readDrafts(hall.story)[name]) return;
  const here = leaving && form.contains(document.activeElement);
  writeDraft(hall.story, name, body.trim() ? { body, key: hidden(form, "key").value, ...(here && { here }) } : undefined);
}

export const forget = (hall: Hall, form: HTMLFormElement): void => writeDraft(hall.story, nameOf(form));

/** Puts stored drafts back into their fields, opening those that are closed. */
export async function restore(hall: Hall): Promise<void> {
  for (const [name, draft] of Object.entries(readDrafts(hall.story))) {
    const form = await formFor(hall, name);
    if (form) fill(hall, form, draft);
  }
}

async function formFor(hall: Hall, name: string): Promise<HTMLFormElement | null | undefined> {
  for (const form of hall.querySelectorAll<HTMLFormElement>("form[data-mh-form=comment]"))
    if (hidden(form, "parent").value === name) return form;
  const [, act, id] = /^(edit:)?(\w+)$/.exec(name) ?? [];
  const link = id && hall.item(id)?.querySelector<HTMLAnchorElement>(`[data-mh-act=${act ? "edit" : "reply"}]`);
  return link ? (act ? edit : reply)(hall, link) : null;
}

function fill(hall: Hall, form: HTMLFormElement, draft: Draft): void {
  const at = field(form);
  if (!at.value || form.dataset.mhForm === "edit") {
    at.value = draft.body;
    hidden(form, "key").value = draft.key;
  }
  typed(hall, form);
  if (draft.here) hall.kit.focusOn(at);
}

/** Says at the field what is wrong, and puts its writer there. */
export function fault(hall: Hall, form: HTMLFormElement, text: string, ...more: Node[]): void {
  const line = form.querySelector<HTMLElement>("[data-mh=error]")!;
  line.replaceChildren(text + " ", ...more);
  line.hidden = false;
  field(form).ariaInvalid = "true";
  field(form).focus();
  hall.tell.say(text);
}

/** Takes back what was said to be wrong. */
export function calm(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[data-mh=error]")!.hidden = true;
  field(form).ariaInvalid = null;
  form.querySelector<HTMLElement>("[data-mh=preview]")!.hidden = true;
}
