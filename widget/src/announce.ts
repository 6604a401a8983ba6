/** At most one message that nobody asked for in this time (WCAG 4.1.3 without chatter). */
export const QUIET_MS = 30_000;

export interface Announcer {
  /** The answer to something that the reader just did: at once. */
  say(text: string): void;
  /** Something that happened by itself.  `text` is asked when it is due; an empty one is not told. */
  news(text: () => string): void;
}

/** The one status line. */
export function announcer(put: (text: string) => void): Announcer {
  let told = -QUIET_MS;
  let latest: (() => string) | undefined;
  const tell = (): void => {
    const text = latest!();
    latest = undefined;
    if (!text) return;
    told = performance.now();
    put(text);
  };
  return {
    say: put,
    news(text) {
      if (!latest) setTimeout(tell, told + QUIET_MS - performance.now());
      latest = text;
    },
  };
}
