/** After this many broken connections in a row the page polls. */
export const FAILURES = 4;
/** Polls until the stream is tried again. */
const POLLS = 10;

/** Full jitter: anything between nothing and an exponentially growing bound, in milliseconds. */
export const backoff = (failures: number, random: number): number => random * Math.min(60_000, 2_000 * 2 ** failures);

/** 10 to 30 seconds, spread so that pages do not ask together. */
export const pollDelay = (random: number): number => 10_000 + random * 20_000;

/** The failure count after one more poll: now and then it falls back, and the stream is tried again. */
export const afterPoll = (failures: number): number => (failures >= FAILURES + POLLS ? FAILURES - 1 : failures + 1);
