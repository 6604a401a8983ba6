import type { Hall } from "../hall.ts";
import { send } from "./send.ts";

/** Does what a dialog asked; gives what follows once it is closed, or the answer that said no. */
export type Deed = (hall: Hall, item: HTMLElement, form: HTMLFormElement) => Promise<(() => unknown) | Response | undefined>;

export const report: Deed = async (hall, item, form) => {
  const { reason, text } = Object.fromEntries(new FormData(form));
  const answer = await send(hall, "POST", `comments/${item.dataset.mhComment}/reports`, { reason, text });
  return answer?.ok ? () => hall.tell.say(hall.words("reported")) : answer;
};

export const withdraw: Deed = async (hall, item) => {
  const answer = await send(hall, "DELETE", `comments/${item.dataset.mhComment}`);
  return answer?.ok ? () => takeAway(hall, item) : answer;
};

/** A comment that was answered leaves a stub; any other goes, and its neighbour takes the focus. */
async function takeAway(hall: Hall, item: HTMLElement): Promise<void> {
  const { article, focusOn, swap } = hall.kit;
  const near = [item.nextElementSibling, item.previousElementSibling].find((at) => at?.matches("[data-mh-comment]"));
  const next = near ?? item.parentElement?.closest("[data-mh-comment]");
  const answer = await redrawn(hall, item);
  focusOn(next ? article(next) : hall.first("h2"));
  if (answer) swap(hall, item, answer);
  else if (!hall.items(item).length) item.remove();
  hall.tell.say(hall.words("withdrawn"));
}

const redrawn = async (hall: Hall, item: HTMLElement): Promise<HTMLElement | undefined> => {
  const nodes = await hall.fragment(`/fragments/comments/${item.dataset.mhComment}?${hall.asked}`).catch(() => null);
  return nodes ? hall.items(nodes)[0] : undefined;
};

export const block: Deed = async (hall, item, form) => {
  const undo = form.action.endsWith("/unblock");
  const author = item.dataset.mhAuthor!;
  const answer = await send(hall, undo ? "DELETE" : "PUT", `blocks/${author}`);
  return answer?.ok ? () => redrawAuthor(hall, item, author, undo) : answer;
};

async function redrawAuthor(hall: Hall, item: HTMLElement, author: string, undo: boolean): Promise<void> {
  const { article, focusOn, swap } = hall.kit;
  const theirs = hall.items().filter((at) => at.dataset.mhAuthor === author);
  const fresh = await Promise.all(theirs.map((at) => redrawn(hall, at)));
  theirs.forEach((at, i) => fresh[i] && swap(hall, at, fresh[i]));
  if (undo) return focusOn(article(item));
  item.querySelector("summary")?.focus();
  hall.tell.say(hall.words("blocked"));
}
