import { define, Hall } from "./hall.ts";
import { keepTime } from "./clock.ts";

/** The hashed file name of the writer module, known when the core is built. */
declare const WRITER: string;

Hall.prototype.writerUrl = new URL(WRITER, import.meta.url).href;
define(Hall);
keepTime();
