import type { Hall } from "../hall.ts";
import { idOf, reason, send } from "./send.ts";
import { signedIn, signIn } from "./signin.ts";

/** The reaction that is wished for, by a comment's pair of buttons, while an earlier wish is on its way. */
const wishes = new WeakMap<Element, string>();

/** Reacts at once and takes it back if the server says no; the last of quick clicks wins. */
export async function react(hall: Hall, button: HTMLElement): Promise<void> {
  if (!signedIn(hall)) return signIn(hall);
  const pair = button.parentElement!;
  const kind = button.dataset.mhAct!;
  const before = mine(pair);
  const wish = before === kind ? "" : kind;
  const waiting = wishes.has(pair);
  wishes.set(pair, wish);
  paint(hall, pair, wish);
  if (waiting) return;
  let known = before;
  for (let next; (next = wishes.get(pair)!) !== known; known = next) {
    const path = `comments/${idOf(pair)}/reaction`;
    const answer = await (next ? send(hall, "PUT", path, { kind: next }) : send(hall, "DELETE", path));
    if (answer?.ok) {
      // Its name and its count.
      hall.tell.say(button.textContent!);
      continue;
    }
    paint(hall, pair, known);
    hall.tell.say(await reason(hall, answer));
    break;
  }
  wishes.delete(pair);
}

const mine = (pair: Element): string => pair.querySelector<HTMLElement>("[aria-pressed=true]")?.dataset.mhAct ?? "";

/** Presses the button of a reaction and moves the two counts accordingly. */
function paint(hall: Hall, pair: Element, wish: string): void {
  const was = mine(pair);
  const counts = [...pair.querySelectorAll<HTMLElement>("[aria-pressed]")].map((button) => {
    const kind = button.dataset.mhAct!;
    button.ariaPressed = `${kind === wish}`;
    const shown = Number(button.querySelector("b")!.textContent!.replace(/\D/g, ""));
    return shown + Number(kind === wish) - Number(kind === was);
  });
  hall.kit.setCounts(hall, pair.closest("li")!, counts[0]!, counts[1]!);
}
