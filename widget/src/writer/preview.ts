import type { Hall } from "../hall.ts";
import type { Composer } from "./composer.ts";
import { reason, send } from "./send.ts";

/** Shows what the text will look like, drawn by the server as the comment will be. */
export async function preview(hall: Hall, control: HTMLElement): Promise<void> {
  const form = control.closest<Composer>("form")!;
  const answer = await send(hall, "POST", "preview", { body: form.body.value });
  if (!answer?.ok) return hall.tell.say(await reason(hall, answer));
  const { html } = (await answer.json()) as { html: string };
  const place = form.querySelector<HTMLElement>("[data-mh=preview]")!;
  place.replaceChildren(...hall.parse(html).childNodes);
  place.hidden = false;
}
