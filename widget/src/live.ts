import { apply } from "./apply.ts";
import { afterPoll, backoff, FAILURES, pollDelay } from "./backoff.ts";
import type { Hall } from "./hall.ts";
import type { Changes } from "./types.ts";

/** A stream that lasted this long was a good one; its end is no failure. */
const STEADY_MS = 10_000;

/**
 * What to do with documents of changes, and with none: ask for one.
 *
 * One after the other, so that what comes while a gap is being filled is judged by what filled it.
 */
function taker(hall: Hall, path: string): (doc?: Changes) => Promise<unknown> {
  let queue: Promise<unknown> = Promise.resolve();
  const take = async (doc?: Changes): Promise<void> => {
    // One's own comment is first put into its place, lest it be told as a new one for a moment.
    await hall.posting;
    if (!doc || doc.from > hall.seq) doc = (await (await hall.ask(`${path}changes?since=${hall.seq}`)).json()) as Changes;
    if (doc.seq > hall.seq) apply(hall, doc);
  };
  // The next event, or the next poll, finds the same gap and asks again.
  return (doc) => (queue = queue.then(() => take(doc)).catch(() => 0));
}

/**
 * Follows a discussion while it can be seen: by its event stream, else by polling.
 *
 * A hidden tab holds no connection, so the browsers' limit of six a host is never used up by
 * tabs of one reader, and no tab needs to lead the others.
 */
export function follow(hall: Hall): void {
  const path = `/api/v1/stories/${hall.story}/`;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let near = false;
  const take = taker(hall, path);
  const stop = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const open = async (): Promise<void> => {
    stop();
    const began = performance.now();
    if (self.EventSource && failures < FAILURES) {
      source = new EventSource(`${hall.base}${path}events?since=${hall.seq}`);
      source.onmessage = ({ data }) => {
        failures = 0;
        void take(JSON.parse(data as string) as Changes);
      };
      source.onerror = () => {
        stop();
        failures = performance.now() - began > STEADY_MS ? 0 : failures + 1;
        timer = setTimeout(open, backoff(failures, Math.random()));
      };
    } else {
      timer = setTimeout(open, pollDelay(Math.random()));
      failures = afterPoll(failures);
      await take();
    }
  };
  const decide = (): unknown => (near && !document.hidden ? open() : stop());

  const look: IntersectionObserverCallback = (entries) => {
    near = entries.at(-1)!.isIntersecting;
    decide();
  };
  const sight = new IntersectionObserver(look, { rootMargin: "600px" });
  sight.observe(hall);
  hall.alive.signal.addEventListener("abort", () => {
    sight.disconnect();
    stop();
  });
  hall.on("visibilitychange", decide, document);
  hall.on("pagehide", stop, self);
  hall.on("pageshow", decide, self);
}
