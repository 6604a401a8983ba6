import { apply } from "./apply.ts";
import { afterPoll, backoff, FAILURES, pollDelay } from "./backoff.ts";
import type { Hall } from "./hall.ts";
import type { Changes } from "./types.ts";

/** A stream that lasted this long was a good one; its end is no failure. */
const STEADY_MS = 10_000;

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
  let wanted = 0;
  let catching = false;

  const catchUp = async (): Promise<void> => {
    if (catching) return;
    catching = true;
    try {
      for (let before = -1; hall.seq > before && (before < 0 || hall.seq < wanted); ) {
        before = hall.seq;
        apply(hall, (await (await hall.ask(`${path}changes?since=${before}`)).json()) as Changes);
      }
    } catch {
      // The next event, or the next poll, finds the same gap and asks again.
    }
    catching = false;
  };
  const take = (event: MessageEvent<string>): void => {
    const doc = JSON.parse(event.data) as Changes;
    failures = 0;
    wanted = doc.seq;
    if (doc.from > hall.seq) void catchUp();
    else if (doc.seq > hall.seq) apply(hall, doc);
  };
  const stop = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const poll = async (): Promise<void> => {
    await catchUp();
    failures = afterPoll(failures);
    if (!source && near) timer = setTimeout(open, pollDelay(Math.random()));
  };
  const open = (): void => {
    stop();
    if (!self.EventSource || failures >= FAILURES) return void poll();
    const began = performance.now();
    source = new EventSource(`${hall.base}${path}events?since=${hall.seq}`);
    source.onmessage = take;
    source.onerror = () => {
      stop();
      failures = performance.now() - began > STEADY_MS ? 0 : failures + 1;
      timer = setTimeout(open, backoff(failures, Math.random()));
    };
  };
  const decide = (): void => (near && !document.hidden ? open() : stop());

  const sight = new IntersectionObserver(
    (entries) => {
      near = entries.at(-1)!.isIntersecting;
      decide();
    },
    { rootMargin: "600px" },
  );
  sight.observe(hall);
  hall.alive.signal.addEventListener("abort", () => {
    near = false;
    sight.disconnect();
    stop();
  });
  hall.on("visibilitychange", decide, document);
  hall.on("pagehide", stop, self);
  hall.on("pageshow", decide, self);
}
