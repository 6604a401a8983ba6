import type { Hall } from "./hall.ts";

/** What a control copies or shares: the field beside it, or where it leads. */
const address = (control: HTMLElement): string =>
  (control as HTMLAnchorElement).href ?? control.parentElement!.querySelector("input")!.value;

/** Copies an address and says so, on the control as well as in the status line. */
export async function copy(hall: Hall, control: HTMLElement): Promise<void> {
  const words = control.textContent;
  const done = hall.words("copied");
  await navigator.clipboard.writeText(address(control));
  hall.tell.say(done);
  if (words === done) return;
  control.textContent = done;
  setTimeout(() => (control.textContent = words), 2_000);
}

/** The device's own share sheet; where there is none, the address is copied. */
export function share(hall: Hall, control: HTMLElement): Promise<void> {
  if (!("share" in navigator)) return copy(hall, control);
  // A reader who closes the sheet has changed their mind; that is no error.
  return navigator.share({ title: control.dataset.mhTitle, url: address(control) } as ShareData).catch(() => undefined);
}
