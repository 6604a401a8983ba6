const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago in the largest whole unit; nothing past a week, where a date says more. */
export function age(seconds: number): [number, Intl.RelativeTimeFormatUnit] | undefined {
  // A reader's clock may run behind the server's: nothing is said to come from the future.
  if (seconds < MINUTE) return [0, "second"];
  if (seconds < HOUR) return [Math.floor(seconds / MINUTE), "minute"];
  if (seconds < DAY) return [Math.floor(seconds / HOUR), "hour"];
  return seconds < 7 * DAY ? [Math.floor(seconds / DAY), "day"] : undefined;
}
