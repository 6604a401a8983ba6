import type { Hall } from "../hall.ts";
import { block, report, withdraw, type Deed } from "./deeds.ts";
import { goPlain } from "./openers.ts";
import { reason } from "./send.ts";

const DEEDS: Record<string, Deed> = { report, withdraw, block, unblock: block };

/** Opens the page that a link leads to as a dialog: its heading and its form, as the server drew them. */
export async function sheet(hall: Hall, link: HTMLElement): Promise<void> {
  const { focusOn, make } = hall.kit;
  const page = await hall.fragment((link as HTMLAnchorElement).href).catch(() => null);
  const form = page?.querySelector<HTMLFormElement>("main form");
  if (!form) return goPlain(hall, link);
  const heading = make("h2", { id: "mh-dialog", textContent: page!.querySelector("h1")?.textContent ?? "" });
  const error = make("p", { className: "mh-error", hidden: true, role: "alert" });
  const dialog = make("dialog", { className: "mh-dialog" }, heading, error, form);
  dialog.setAttribute("aria-labelledby", heading.id);
  for (const away of form.querySelectorAll<HTMLElement>(".buttons a")) away.dataset.mhAct = "cancel";
  // Its submission is ours, not the discussion's.
  delete form.dataset.mhForm;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await DEEDS[link.dataset.mhAct!]!(hall, link.closest("li")!, form);
    if (typeof done === "function") {
      dialog.close();
      return done();
    }
    error.textContent = await reason(hall, done);
    error.hidden = false;
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    focusOn(link);
  });
  hall.append(dialog);
  dialog.showModal();
}
