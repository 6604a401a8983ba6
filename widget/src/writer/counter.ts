import type { Hall } from "../hall.ts";
import type { Composer } from "./composer.ts";
import { graphemes } from "./graphemes.ts";

/** What the server accepts, in graphemes (its `COMMENT_BODY_GRAPHEMES`). */
export const LIMIT = 2_000;
/** From here on the writer is told what is left. */
const TOLD = 300;

/** Tells how much room is left, or how much is too much. */
export function counted(hall: Hall, form: Composer): void {
  form.querySelector("[data-mh=counter]")!.textContent = room(hall, form.body.value);
}

function room(hall: Hall, text: string): string {
  // A grapheme is at least one code unit, so short texts need no counting.
  if (text.length < LIMIT - TOLD) return "";
  const left = LIMIT - graphemes(text);
  if (left > TOLD) return "";
  return left < 0 ? tooLong(hall, -left) : hall.words("left", { n: left });
}

export const tooLong = (hall: Hall, n: number): string => hall.words("over", { n });
