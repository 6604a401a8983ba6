import type { Queue } from "./queue.ts";
import type { Words } from "./words.ts";

/** Half of half a lease: one lost answer loses no comment. */
const EVERY_MS = 30_000;

interface News {
  gone: string[];
  people: [string, number][];
  fresh: number;
}

/** Keeps what is on the page in hand, says who else is here and what is new.  Nothing moves by itself. */
export function watch(board: HTMLElement, queue: Queue, say: Words): void {
  const ask = async (): Promise<void> => {
    const query = Object.fromEntries([...new URLSearchParams(location.search)].filter(([key]) => ["sort", "section", "story", "of"].includes(key)));
    const body = JSON.stringify({ queue: board.dataset.queue, ids: queue.ids.slice(0, 200), newest: board.dataset.newest, query });
    const headers = { "content-type": "application/json", "x-moothall": "1" };
    const answer = await fetch("/console/claims", { method: "POST", headers, body }).catch(() => undefined);
    if (answer?.ok) draw(board, queue, say, (await answer.json()) as News);
  };
  setInterval(() => document.visibilityState === "visible" && void ask(), EVERY_MS);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && void ask());
}

function draw(board: HTMLElement, queue: Queue, say: Words, news: News): void {
  const people = news.people.map(([name, n]) => Object.assign(document.createElement("span"), { textContent: say("hand", { name, n }) }));
  board.querySelector(".people")!.replaceChildren(...people);
  for (const item of queue.items) {
    const gone = news.gone.includes(item.dataset.id!);
    item.classList.toggle("gone", gone);
    item.title = gone ? say("gone") : "";
  }
  const button = board.querySelector<HTMLElement>("[data-do=fresh]")!;
  button.hidden = !news.fresh || !["live", "new", "watched"].includes(board.dataset.queue!);
  button.textContent = say("fresh", { n: news.fresh });
}
