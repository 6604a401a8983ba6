import type { Hall } from "../hall.ts";
import { idOf, reason, send } from "./send.ts";
import { leave, signedIn } from "./signin.ts";

/** The reaction that is wished for, by a comment's pair of buttons, while an earlier wish is on its way. */
const wishes = new WeakMap<Element, string>();

/** Reacts at once and takes it back if the server says no; the last of quick clicks wins. */
export async function react(hall: Hall, form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  if (!signedIn(hall)) return leave(hall, form, button);
  const pair = button.parentElement!;
  const before = mine(pair);
  const wish = before === button.value ? "" : button.value;
  const waiting = wishes.has(pair);
  wishes.set(pair, wish);
  paint(hall, pair, wish);
  if (waiting) return;
  let known = before;
  for (let next; (next = wishes.get(pair)!) !== known; known = next) {
    const path = `comments/${idOf(pair)}/reaction`;
    const answer = await (next ? send(hall, "PUT", path, { kind: next }) : send(hall, "DELETE", path));
    if (answer?.ok) continue;
    paint(hall, pair, known);
    hall.tell.say(await reason(hall, answer));
    break;
  }
  wishes.delete(pair);
}

const mine = (pair: Element): string =>
  pair.querySelector<HTMLButtonElement>("[aria-pressed=true]")?.value ?? "";

/** Presses the button of a reaction and moves the two counts accordingly. */
function paint(hall: Hall, pair: Element, wish: string): void {
  const was = mine(pair);
  const counts = [...pair.querySelectorAll("button")].map((button) => {
    button.ariaPressed = `${button.value === wish}`;
    const shown = Number(button.querySelector("span")!.textContent!.replace(/\D/g, ""));
    return shown + Number(button.value === wish) - Number(button.value === was);
  });
  hall.kit.setCounts(hall, pair.closest("li")!, counts[0]!, counts[1]!);
}
