import type { Hall } from "../hall.ts";
import { calm, fault, forget, isEdit, keep, newKey, type Composer } from "./composer.ts";
import { LIMIT, counted, tooLong } from "./counter.ts";
import { graphemes } from "./graphemes.ts";
import { close } from "./openers.ts";
import { idOf, problemOf, send } from "./send.ts";
import { leave, signInLink, signedIn } from "./signin.ts";

/** Posts a comment, a reply or a change. */
export async function post(hall: Hall, form: Composer, button: HTMLButtonElement | null): Promise<void> {
  if (form.ariaBusy) return; // a second click
  if (!signedIn(hall)) return leave(hall, form, button);
  const text = form.body.value;
  // A grapheme is at least one code unit, so short texts need no counting.
  const over = text.length > LIMIT ? graphemes(text) - LIMIT : 0;
  if (over > 0) return fault(hall, form, tooLong(hall, over));
  calm(form);
  busy(form, true);
  const answer = await submit(hall, form, text);
  // An answer that broke off is as good as none: the same try again gets it whole.
  const html = answer?.ok ? await answer.text().catch(() => "") : "";
  busy(form, false);
  if (html) accept(hall, form, html);
  else if (!answer || answer.ok) unreachable(hall, form, text);
  else await refuse(hall, form, answer);
}

function busy(form: Composer, on: boolean): void {
  form.ariaBusy = on ? "true" : null;
  form.body.readOnly = on;
}

function submit(hall: Hall, form: Composer, body: string): Promise<Response | undefined> {
  const parent_id = form.parent.value || undefined;
  const headers = { Accept: "text/html", "Idempotency-Key": form.key.value };
  if (isEdit(form)) return send(hall, "PATCH", `comments/${idOf(form)}`, { body }, headers);
  return send(hall, "POST", `stories/${hall.story}/comments`, { body, parent_id, nudge: form.dataset.nudge }, headers);
}

/** The server has it: the draft has done its work, and its writer goes to the comment. */
function accept(hall: Hall, form: Composer, html: string): void {
  const { article, focusOn, place, raise, swap } = hall.kit;
  const fresh = hall.items(hall.parse(html))[0]!;
  const id = fresh.dataset.mhComment!;
  const editing = isEdit(form);
  forget(hall, form);
  if (!close(form)) {
    form.body.value = "";
    delete form.dataset.nudge;
    form.key.value = newKey();
    counted(hall, form);
  }
  const item = hall.item(id);
  if (item) swap(hall, item, fresh);
  else place(hall, fresh, true);
  hall.pending.delete(id);
  raise(hall);
  focusOn(article(item ?? fresh));
  hall.tell.say(hall.words(fresh.dataset.mhState === "held" ? "held" : editing ? "edited" : "posted"));
}

async function refuse(hall: Hall, form: Composer, answer: Response): Promise<void> {
  const { code, detail, nudge } = await problemOf(answer);
  const words = detail ?? hall.words("kept");
  // Asked once: whatever is sent next is sent.
  if (nudge) form.dataset.nudge = nudge.id;
  if (answer.status === 401) {
    keep(hall, form, true);
    fault(hall, form, words, signInLink(hall));
  } else if (code === "idempotency_key_reused") {
    // An earlier try had arrived after all, with another text: this one is a comment of its own.
    form.key.value = newKey();
    fault(hall, form, hall.words("twice"));
  } else fault(hall, form, words);
}

function unreachable(hall: Hall, form: Composer, text: string): void {
  if (navigator.onLine) return fault(hall, form, hall.words("kept"));
  fault(hall, form, hall.words("offline"));
  const again = (): void => {
    if (form.isConnected && form.body.value === text) void post(hall, form, null);
  };
  addEventListener("online", again, { once: true, signal: hall.alive.signal });
}
