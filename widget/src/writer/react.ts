import type { Hall } from "../hall.ts";
import { idOf, reason, send } from "./send.ts";
import { leave, signedIn } from "./signin.ts";

/** The reaction that is wished for, by form, while an earlier wish is on its way. */
const wishes = new WeakMap<HTMLFormElement, string>();

/** Reacts at once and takes it back if the server says no; the last of quick clicks wins. */
export async function react(hall: Hall, form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  if (!signedIn(hall)) return leave(hall, form, button);
  const before = mine(form);
  const wish = before === button.value ? "" : button.value;
  const waiting = wishes.has(form);
  wishes.set(form, wish);
  paint(hall, form, wish);
  if (waiting) return;
  let known = before;
  for (let next; (next = wishes.get(form)!) !== known; known = next) {
    const path = `comments/${idOf(form)}/reaction`;
    const answer = await (next ? send(hall, "PUT", path, { kind: next }) : send(hall, "DELETE", path));
    if (answer?.ok) continue;
    paint(hall, form, known);
    hall.tell.say(await reason(hall, answer));
    break;
  }
  wishes.delete(form);
}

const mine = (form: HTMLFormElement): string =>
  form.querySelector<HTMLButtonElement>("[aria-pressed=true]")?.value ?? "";

/** Presses the button of a reaction and moves the two counts accordingly. */
function paint(hall: Hall, form: HTMLFormElement, wish: string): void {
  const was = mine(form);
  const counts = [...form.querySelectorAll("button")].map((button) => {
    button.ariaPressed = `${button.value === wish}`;
    const shown = Number(button.querySelector("span")!.textContent!.replace(/\D/g, ""));
    return shown + Number(button.value === wish) - Number(button.value === was);
  });
  hall.kit.setCounts(hall, form.closest("li")!, counts[0]!, counts[1]!);
}
