const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago: a count and the message that tells it; nothing past a week, where a date says more. */
export function age(seconds: number): [number, "now" | "minute" | "hour" | "day1" | "day"] | undefined {
  // A reader's clock may run behind the server's: nothing is said to come from the future.
  if (seconds < MINUTE) return [0, "now"];
  if (seconds < HOUR) return [Math.floor(seconds / MINUTE), "minute"];
  if (seconds < DAY) return [Math.floor(seconds / HOUR), "hour"];
  if (seconds < 2 * DAY) return [1, "day1"];
  return seconds < 7 * DAY ? [Math.floor(seconds / DAY), "day"] : undefined;
}

/**
 * Whether a moment reads the same on the clock that wrote it down, as RFC 3339 with its offset, and
 * on one that is so many minutes behind UTC.
 */
export const sameClock = (written: string, behind: number): boolean =>
  new Date(Date.parse(written) - behind * 60_000).toISOString().startsWith(written.slice(0, 16));
