import type { Hall } from "../hall.ts";
import { keepAll } from "./composer.ts";

export const signedIn = (hall: Hall): boolean => hall.dataset.mhViewer === "signed-in";

/** The way to our sign-in and back to this discussion. */
export function signInLink(hall: Hall): HTMLAnchorElement {
  const back = location.pathname + location.search + "#discussion";
  const href = `${hall.base}/signin?next=${encodeURIComponent(back)}`;
  const link = hall.kit.make("a", { href, textContent: hall.words("signin") });
  link.dataset.mhAct = "signin";
  return link;
}

/** Lets the reader sign in; what they typed waits for them. */
export function signIn(hall: Hall, link: HTMLElement = signInLink(hall)): void {
  const { href } = link as HTMLAnchorElement;
  keepAll(hall);
  if (hall.signIn) hall.signIn(href);
  else location.assign(href);
}

/** A form of somebody signed out: our own page's goes to sign-in by itself, and takes its text along. */
export function leave(hall: Hall, form: HTMLFormElement, button: HTMLButtonElement | null): void {
  if (hall.signIn) return signIn(hall);
  keepAll(hall);
  hall.plainly(() => form.requestSubmit(button));
}
