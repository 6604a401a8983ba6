import { define, Hall } from "./hall.ts";
import { enhancePage } from "./page.ts";

/** The hashed file name of the writer module, known when the core is built. */
declare const WRITER: string;

define(
  class extends Hall {
    override writerUrl = new URL(WRITER, import.meta.url).href;
  },
);
enhancePage();
