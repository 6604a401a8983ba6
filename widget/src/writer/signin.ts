import type { Hall } from "../hall.ts";
import { keep } from "./composer.ts";

/** The way to our sign-in and back to this discussion. */
export function signInLink(hall: Hall): HTMLAnchorElement {
  const back = location.pathname + location.search + "#discussion";
  const href = `${hall.base}/signin?next=${encodeURIComponent(back)}`;
  const link = hall.kit.make("a", { href, textContent: hall.words("signin") });
  link.dataset.mhAct = "signin";
  return link;
}

/** Lets the reader sign in; what they typed waits for them. */
export function signIn(hall: Hall): void {
  for (const form of hall.querySelectorAll<HTMLFormElement>("form.mh-composer")) keep(hall, form, true);
  if (hall.signIn) hall.signIn();
  else location.assign(signInLink(hall).href);
}
