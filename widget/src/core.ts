import { define, Hall } from "./hall.ts";

/** The hashed file names of what is loaded later, known when the core is built. */
declare const WRITER: string;
declare const CLOCK: string;

Hall.prototype.writerUrl = new URL(WRITER, import.meta.url).href;
define(Hall);
// The site's clock is right until the minute is full; one that can't be moved on stands still, and harms nobody.
if (document.querySelector("[data-mh-clock]")) setTimeout(() => import(CLOCK).catch(() => 0), 60_000 - (Date.now() % 60_000));
