import { post } from "./writer/post.ts";
import { preview } from "./writer/preview.ts";
import type { Hall } from "./hall.ts";
import { cancel, reply } from "./writer/reply.ts";
import { edit } from "./writer/edit.ts";
import { calm, dress, keep, restore, typed } from "./writer/composer.ts";
import { paste } from "./writer/paste.ts";
import { react } from "./writer/react.ts";
import { sheet } from "./writer/sheet.ts";
import { signIn } from "./writer/signin.ts";
import type { Writer } from "./types.ts";

const ACTS: Record<string, (hall: Hall, control: HTMLElement) => unknown> = {
  preview,
  reply,
  edit,
  cancel,
  report: sheet,
  withdraw: sheet,
  block: sheet,
  signin: signIn,
};

/** What is loaded when a reader first writes, reacts or reports. */
export function start(hall: Hall): Writer {
  const { signal } = hall.alive;
  const field = (event: Event): HTMLTextAreaElement | null => {
    const target = event.target as HTMLElement;
    return target.matches(".mh-composer textarea") ? (target as HTMLTextAreaElement) : null;
  };
  hall.addEventListener("input", (event) => {
    const at = field(event);
    if (!at) return;
    calm(at.form!);
    typed(hall, at.form!);
  }, { signal });
  hall.addEventListener("paste", (event) => field(event) && paste((html) => hall.parse(html), event as ClipboardEvent), { signal });
  hall.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field(event)?.form!.requestSubmit();
  }, { signal });
  // A link to sign-in anywhere on the page takes the reader away: what they typed waits for them.
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest('a[href*="/signin"]')) for (const form of composers(hall)) keep(hall, form, true);
  }, { signal, capture: true });
  for (const form of composers(hall)) dress(hall, form);
  hall.attempt(restore(hall));
  return {
    act: (name, control) => ACTS[name]?.(hall, control),
    submit: (form, button) => (form.dataset.mhForm === "reaction" ? react(hall, form, button!) : post(hall, form, button)),
  };
}

const composers = (hall: Hall): HTMLFormElement[] => [...hall.querySelectorAll<HTMLFormElement>("form.mh-composer")];
