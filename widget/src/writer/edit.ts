import { uniquify } from "../dom.ts";
import type { Hall } from "../hall.ts";
import { COMPOSER, dress, type Composer } from "./composer.ts";
import { goPlain, opened } from "./openers.ts";

/** Opens the form to change one's own comment in the place of its text; the server's own form. */
export async function edit(hall: Hall, link: HTMLElement): Promise<Composer | undefined> {
  const item = link.closest<HTMLElement>("[data-mh-comment]")!;
  const id = item.dataset.mhComment!;
  let form = hall.first<Composer>(`#edit-${id}`);
  if (!form) {
    const page = await hall.fragment((link as HTMLAnchorElement).href).catch(() => null);
    form = page?.querySelector<Composer>(COMPOSER) ?? null;
    const text = item.querySelector<HTMLElement>(".mh-body");
    if (!form || !text) return void goPlain(hall, link);
    uniquify(form, id);
    form.id = "edit-" + id;
    text.hidden = true;
    text.after(form);
    dress(hall, form);
    opened(form, link);
  }
  form.body.focus();
  return form;
}
