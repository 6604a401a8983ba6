// Bundles the widget into the folder that the server serves, and writes down what it made.
import { createHash } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const OUT = new URL("../src/moothall/web/static/built/", import.meta.url);
const TARGET = ["chrome123", "edge123", "firefox128", "safari17.4"];

/** Our own names of properties, which no object of the DOM has: short in what is sent, the same in all bundles. */
const OURS =
  /^(article|ask|asked|attempt|calm|drawn|first|focusOn|fragment|item|items|kit|news|pending|place|plain|plainly|posting|raise|say|setCounts|stale|story|swap|tell|tongue|words|writer|writerUrl)$/;
const SHORT = {};

const digest = (kind, bytes, form) => createHash(kind).update(bytes).digest(form);
const packed = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

async function bundle(entry, format, define = {}) {
  const made = await build({
    entryPoints: [new URL(`src/${entry}.ts`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    charset: "utf8",
    format,
    define,
    target: TARGET,
    mangleProps: OURS,
    mangleCache: SHORT,
    write: false,
  });
  Object.assign(SHORT, made.mangleCache);
  // A second pass by terser saves 3 % of what is sent.
  const small = await minify(made.outputFiles[0].text, {
    module: format === "esm",
    compress: { passes: 2, inline: 1 },
  });
  return Buffer.from(small.code);
}

/** Writes a file under its plain name, for fixed addresses, and under a name that changes with it. */
async function write(name, bytes) {
  const [stem, ending] = name.split(".");
  const file = `${stem}-${digest("sha256", bytes, "hex").slice(0, 10)}.${ending}`;
  await Promise.all([name, file].map((at) => writeFile(new URL(at, OUT), bytes)));
  return { file, integrity: "sha384-" + digest("sha384", bytes, "base64"), bytes: bytes.length, brotli: packed(bytes).length };
}

async function tests() {
  const here = new URL("test/", import.meta.url);
  const names = (await readdir(here)).filter((name) => name.endsWith(".test.ts"));
  await rm(new URL("out/", import.meta.url), { recursive: true, force: true });
  await build({
    entryPoints: names.map((name) => new URL(name, here).pathname),
    outdir: new URL("out/", import.meta.url).pathname,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outExtension: { ".js": ".mjs" },
  });
}

async function widget() {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const manifest = {};
  // What is loaded later is built first, so that its loader can name it.
  const add = async (name, ...how) => {
    manifest[name + ".js"] = await write(name + ".js", await bundle(name, ...how));
    return JSON.stringify(manifest[name + ".js"].file);
  };
  const paste = await add("paste", "esm");
  const writer = await add("writer", "esm", { PASTE: paste.replace('"', '"./') });
  const signin = await add("signin", "esm");
  const clock = await add("clock", "esm");
  await add("core", "esm", { WRITER: writer, CLOCK: clock.replace('"', '"./') });
  await add("embed", "iife", { WRITER: writer, SIGNIN: signin });
  await add("count", "iife");
  await add("console", "esm");
  await add("passkey", "esm");
  await add("agree", "esm");
  await writeFile(new URL("manifest.json", OUT), JSON.stringify(manifest, null, 1) + "\n");
  for (const [name, { bytes, brotli }] of Object.entries(manifest)) console.log(`${name.padEnd(10)} ${bytes} bytes, ${brotli} as brotli`);
}

await (process.argv.includes("--tests") ? tests() : widget());
