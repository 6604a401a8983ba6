// Fails when readers would receive more than was promised them.  Counted as brotli 11, as it is sent.
import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

const KB = 1_000;
const root = new URL("../src/moothall/web/static/", import.meta.url);
const packed = (bytes) => brotliCompressSync(bytes).length;
const file = async (name) => packed(await readFile(new URL(name, root)));
const strings = JSON.parse(await readFile(new URL("strings.json", import.meta.url), "utf8"));
const words = (table) => packed(Buffer.from(JSON.stringify(table)));

const core = await file("built/core.js");
const writer = await file("built/writer.js");
const css = await file("moothall.css");
const reader = core + css + words(strings.core);
const all = reader + writer + words(strings.writer);

const budgets = [
  ["core", core, 5.1 * KB],
  ["writer", writer, 3.6 * KB],
  ["embed (core for host pages)", await file("built/embed.js"), 5.8 * KB],
  ["count", await file("built/count.js"), 0.5 * KB],
  ["console, for moderators", await file("built/console.js"), 10 * KB],
  ["paste, when formatting is pasted", await file("built/paste.js"), 1.3 * KB],
  ["signin, when an embed signs in", await file("built/signin.js"), 0.8 * KB],
  ["a reader who never writes: core, style, strings", reader, 9 * KB],
  ["everything with writing", all, 12 * KB],
];
for (const [name, bytes, limit] of budgets) console.log(`${bytes <= limit ? "ok  " : "OVER"} ${bytes} of ${limit}  ${name}`);
if (budgets.some(([, bytes, limit]) => bytes > limit)) process.exit(1);
