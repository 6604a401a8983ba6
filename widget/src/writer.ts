import type { Hall } from "./hall.ts";
import type { Writer } from "./types.ts";
import { calm, COMPOSER, dress, keepAll, restore, typed, type Composer } from "./writer/composer.ts";
import { edit } from "./writer/edit.ts";
import { paste } from "./writer/paste.ts";
import { post } from "./writer/post.ts";
import { preview } from "./writer/preview.ts";
import { react } from "./writer/react.ts";
import { cancel, reply } from "./writer/reply.ts";
import { sheet } from "./writer/sheet.ts";
import { signIn } from "./writer/signin.ts";

const ACTS: Record<string, (hall: Hall, control: HTMLElement) => unknown> = {
  preview,
  reply,
  edit,
  cancel,
  report: sheet,
  withdraw: sheet,
  block: sheet,
  unblock: sheet,
  respect: react,
  disagree: react,
  signin: signIn,
};

/** The composer whose text an event is about. */
function composer(event: Event): Composer | undefined | null {
  const target = event.target as HTMLElement;
  return target.matches("textarea") ? target.closest<Composer>(COMPOSER) : null;
}

/** What is loaded when a reader first writes, reacts or reports. */
export function start(hall: Hall): Writer {
  hall.on("input", (event) => {
    const form = composer(event);
    if (!form) return;
    calm(form);
    typed(hall, form);
  });
  hall.on<ClipboardEvent>("paste", (event) => composer(event) && paste(hall, event));
  hall.on<KeyboardEvent>("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) composer(event)?.requestSubmit();
  });
  // A link to sign-in anywhere on the page takes the reader away: what they typed waits for them.
  hall.on("click", (event) => (event.target as Element).closest('a[href*="/signin"]') && keepAll(hall), document);
  for (const form of hall.querySelectorAll<Composer>(COMPOSER)) dress(hall, form);
  void hall.attempt(restore(hall));
  return {
    act: (name, control) => ACTS[name]?.(hall, control),
    submit: (form, button) => (hall.posting = hall.attempt(post(hall, form as Composer, button))),
  };
}
