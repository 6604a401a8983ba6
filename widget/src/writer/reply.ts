import { uniquify } from "../dom.ts";
import type { Hall } from "../hall.ts";
import { calm, dress, forget, type Composer } from "./composer.ts";
import { close, goPlain, opened } from "./openers.ts";
import { signedIn } from "./signin.ts";

/** Opens a form beneath the comment that is answered: a copy of the page's own. */
export function reply(hall: Hall, link: HTMLElement): Composer | undefined {
  const item = link.closest<HTMLElement>("[data-mh-comment]")!;
  const id = item.dataset.mhComment!;
  const model = hall.first<Composer>("form[data-mh-form=comment]");
  if (!model) return void goPlain(hall, link);
  let form = hall.first<Composer>(`#reply-${id}`);
  if (!form) {
    form = model.cloneNode(true) as Composer;
    uniquify(form, id);
    form.id = "reply-" + id;
    form.parent.value = id;
    form.body.value = "";
    dress(hall, form);
    calm(form);
    const name = item.querySelector("h3")?.textContent ?? "";
    form.querySelector("label")!.textContent = hall.words("replying", { name });
    const send = form.querySelector<HTMLElement>("[type=submit]")!;
    if (signedIn(hall)) send.textContent = hall.words("post");
    form.querySelector(".mh-buttons a")?.remove();
    const stop = hall.kit.make("button", { type: "button", textContent: hall.words("cancel") });
    stop.dataset.mhAct = "cancel";
    send.parentElement!.append(" ", stop);
    hall.kit.article(item)!.after(form);
    opened(form, link);
  }
  form.body.focus();
  return form;
}

/** Gives up a reply, a change or a dialog; what is typed is thrown away with it. */
export function cancel(hall: Hall, control: HTMLElement): void {
  const dialog = control.closest("dialog");
  if (dialog) return dialog.close();
  const form = control.closest<Composer>("form")!;
  forget(hall, form);
  const by = close(form);
  if (by) hall.kit.focusOn(by);
  else goPlain(hall, control);
}
