import type { Hall } from "../hall.ts";
import type { Problem } from "../types.ts";
import { calm, fault, field, forget, hidden, keep, newKey } from "./composer.ts";
import { LIMIT, counted, tooLong } from "./counter.ts";
import { graphemes } from "./graphemes.ts";
import { close } from "./openers.ts";
import { idOf } from "./send.ts";
import { leave, signInLink } from "./signin.ts";

/** Posts a comment, a reply or a change. */
export async function post(hall: Hall, form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  if (form.ariaBusy) return; // a second click
  if (!hall.signedIn) return leave(hall, form, button);
  const text = field(form).value;
  const over = graphemes(text) - LIMIT;
  if (over > 0) return fault(hall, form, tooLong(hall, over));
  calm(form);
  busy(form, true);
  let answer, html;
  try {
    answer = await send(hall, form, text);
    html = await answer.text();
  } catch {
    return unreachable(hall, form, text);
  } finally {
    busy(form, false);
  }
  if (answer.ok) accept(hall, form, html);
  else refuse(hall, form, answer.status, html);
}

function busy(form: HTMLFormElement, on: boolean): void {
  form.ariaBusy = on ? "true" : null;
  field(form).readOnly = on;
}

function send(hall: Hall, form: HTMLFormElement, body: string): Promise<Response> {
  const editing = form.dataset.mhForm === "edit";
  const parent = hidden(form, "parent").value;
  const headers = {
    Accept: "text/html",
    "Content-Type": "application/json",
    "Idempotency-Key": hidden(form, "key").value,
  };
  return hall.ask(
    editing ? `/api/v1/comments/${idOf(form)}` : `/api/v1/stories/${hall.story}/comments`,
    { method: editing ? "PATCH" : "POST", headers, body: JSON.stringify({ body, ...(!editing && parent && { parent_id: parent }) }) },
  );
}

/** The server has it: the draft has done its work, and its writer goes to the comment. */
function accept(hall: Hall, form: HTMLFormElement, html: string): void {
  const { article, focusOn, place, raise, swap } = hall.kit;
  const fresh = hall.items(hall.parse(html))[0]!;
  const id = fresh.dataset.mhComment!;
  const editing = form.dataset.mhForm === "edit";
  forget(hall, form);
  if (!close(form)) {
    form.reset();
    field(form).value = "";
    hidden(form, "key").value = newKey();
    counted(hall, field(form));
  }
  const item = hall.item(id);
  const held = fresh.dataset.mhState === "held";
  if (item) swap(hall, item, fresh);
  else place(hall, fresh, true);
  hall.pending.delete(id);
  raise(hall);
  focusOn(article(item ?? fresh));
  hall.tell.say(hall.words(held ? "held" : editing ? "edited" : "posted"));
}

function refuse(hall: Hall, form: HTMLFormElement, status: number, text: string): void {
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // A proxy's page in place of our answer; what we say ourselves is enough.
  }
  const words = problem.detail ?? hall.words("kept");
  if (status === 401) {
    keep(hall, form, true);
    fault(hall, form, words, signInLink(hall));
  } else if (problem.code === "idempotency_key_reused") {
    // An earlier try had arrived after all, with another text: this one is a comment of its own.
    hidden(form, "key").value = newKey();
    fault(hall, form, hall.words("twice"));
  } else fault(hall, form, words);
}

function unreachable(hall: Hall, form: HTMLFormElement, text: string): void {
  if (navigator.onLine) return fault(hall, form, hall.words("kept"));
  fault(hall, form, hall.words("offline"));
  const again = (): void => {
    if (form.isConnected && field(form).value === text) void post(hall, form, null);
  };
  addEventListener("online", again, { once: true, signal: hall.alive.signal });
}
