/**
 * The notebooks as HTML pages that read well, with pictures, rendered maths and highlighted code, for reading offline.
 *
 * @module
 */
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import "@fontsource/source-serif-4/package.json" with { type: "json" }; // makes Deno fetch the packages whose fonts are copied
import "katex/package.json" with { type: "json" };
import { escapeText } from "../../lib/plots/figure.ts";
import { writeFault, writeWhole } from "../../lib/files/write_file.ts";
import { parseCommand, run, wholeNumber } from "../command.ts";
import { frame } from "../pages/book/frame.ts";
import { buildFront } from "../pages/book/front.ts";
import { type Page, placesOf, prose, render } from "../pages/book/render.ts";
import { buildPad } from "../pages/pad/page.ts";
import { liveFiles, liveKernel } from "../pages/live/build.ts";
import { keptBundle } from "../pages/bundle.ts";
import { serveBook } from "../pages/serve.ts";
import { trainedNetworks, withOwn } from "./trained_networks.ts";
import { buildWalk } from "../pages/walk/page.ts";
import { listNotebooks, type Notebook, readNotebook } from "../notebooks/notebook_file.ts";
import { VIEWS_SCRIPT } from "../maintain/views_script.ts";
import { ROOT } from "../root.ts";

/** The pages beside the chapters, in their order. */
export const APPENDICES: readonly string[] = [
  "TUTORIALS",
  "NOTATION",
  "DRAWN_DIGITS",
  "EXPERIMENTS",
  "SPEED",
  "WEIGHTS",
  "LANGUAGE_MODELS",
];

/** The pages that are no chapters. */
export const BESIDE_CHAPTERS = [
  { file: "walk.html", title: "Follow a digit" },
  { file: "draw.html", title: "Draw a digit" },
] as const;

/**
 * Writes book/: one page per notebook, the drawing pad, a contents page, style sheet and fonts. No page asks the network for anything.
 *
 * @param notebooks By path, in reading order, with their outputs.
 * @param folder Where it goes; book/ where nothing is said.
 * @throws {Error} If book/ cannot be written.
 */
export async function writeBook(
  notebooks: ReadonlyMap<string, Notebook>,
  folder = new URL("book/", ROOT),
): Promise<void> {
  const pages = Array.from(notebooks, ([path, notebook]) => render(basename(path, ".ipynb"), notebook));
  await Deno.mkdir(new URL("assets/notebooks/", folder), { recursive: true }).catch((cause) => {
    throw new Error(`Cannot write to book/: ${writeFault(cause)}`, { cause });
  });
  for (const [path, notebook] of notebooks) {
    const text = JSON.stringify(withoutOutputs(notebook));
    await writeWhole(
      new URL(`assets/notebooks/${basename(path, ".ipynb")}.js`, folder),
      `globalThis.DIGITS_NOTEBOOK = ${text};\n`,
    );
  }
  for (const name of APPENDICES) {
    const text = await Deno.readTextFile(new URL(`notebooks/${name}.md`, ROOT)), title = /^# (.+)$/m.exec(text)![1]!;
    const body = `<section class="prose">${prose(text)}</section>`;
    pages.push({ file: `${name}.html`, title, body, places: placesOf(text) });
  }
  const contents = [
    ...pages,
    ...BESIDE_CHAPTERS,
  ].map(({ file, title }) => `<li${placeInList(file)}><a href="${file}">${escapeText(title.split(":")[0]!)}</a></li>`)
    .join("\n");
  await Deno.mkdir(new URL("assets/fonts/", folder), { recursive: true });
  await copyAssets(folder);
  for (const [i, page] of pages.entries()) {
    await writeWhole(new URL(`${page.file}`, folder), frame(page, contents, pages[i - 1], pages[i + 1]));
  }
  await writeWhole(new URL("draw.html", folder), (await buildPad(await withOwn(await trainedNetworks()), true)).html);
  await writeWhole(new URL("walk.html", folder), (await buildWalk()).html);
  const index = pages.flatMap(({ file, title, places }) =>
    places.map((place) => ({ file, title: title.split(":")[0]!, ...place }))
  );
  await writeWhole(
    new URL("assets/search_index.js", folder),
    `globalThis.DIGITS_INDEX = ${JSON.stringify(index)};\n`,
  );
  const made = await buildFront(notebooks);
  for (const [name, bytes] of made.pictures) await writeWhole(new URL(`assets/${name}`, folder), bytes);
  const front: Page = {
    file: "index.html",
    title: "Digits from Scratch",
    body: made.body,
    places: [],
  };
  await writeWhole(new URL("index.html", folder), frame(front, contents, undefined, pages[0]));
}

/** All notebooks with the outputs saved in them. */
export async function savedNotebooks(): Promise<Map<string, Notebook>> {
  const paths = await listNotebooks();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readNotebook(new URL(path, ROOT))] as const)),
  );
}

/** Chapters bear their number; the workshop and the pages beside the chapters have none. */
function placeInList(file: string): string {
  const number = /^(\d\d)_/.exec(file)?.[1];
  return number ? ` value="${Number(number)}"` : ' class="appendix"';
}

/** A notebook as somebody else is to open it: what it prints, it prints there. */
function withoutOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
    ),
  };
}

async function copyAssets(folder: URL): Promise<void> {
  const katexFolder = new URL("./", import.meta.resolve("katex/dist/katex.min.css"));
  const mathStyle = await Deno.readTextFile(new URL("katex.min.css", katexFolder));
  await writeWhole(new URL("assets/katex.min.css", folder), mathStyle);
  for await (const { name } of Deno.readDir(new URL("fonts/", katexFolder))) {
    if (!name.endsWith(".woff2")) continue; // every browser of the last ten years reads these
    await writeWhole(
      new URL(`assets/fonts/${name}`, folder),
      await Deno.readFile(new URL(`fonts/${name}`, katexFolder)),
    );
  }
  for (const kind of ["latin-400-normal", "latin-400-italic", "latin-600-normal", "greek-400-normal"]) {
    const font = import.meta.resolve(`@fontsource/source-serif-4/files/source-serif-4-${kind}.woff2`);
    await writeWhole(new URL(`assets/fonts/serif-${kind}.woff2`, folder), await Deno.readFile(new URL(font)));
  }
  for (const picture of ["walk_through.png", "drawn_digits.png", "speed.png"]) {
    await writeWhole(
      new URL(`assets/${picture}`, folder),
      await Deno.readFile(new URL(`notebooks/${picture}`, ROOT)),
    );
  }
  const [script, plotly, editor, hero, offline] = await Promise.all(
    ["book_script.ts", "plotly.ts", "editor.ts", "hero.ts", "offline.ts"].map((entry) =>
      keptBundle(new URL(`tools/pages/book/${entry}`, ROOT))
    ),
  );
  await writeWhole(new URL("assets/book.js", folder), script!);
  await writeWhole(new URL("assets/plotly.min.js", folder), plotly!);
  await writeWhole(new URL("offline.js", folder), offline!); // beside the pages: it sees only what lies below it
  await writeWhole(new URL("assets/hero.js", folder), `(() => {${hero}})();\n`);
  await writeWhole(new URL("assets/editor.js", folder), `(() => {${editor}})();\n`);
  const files = await liveFiles(),
    kernel = JSON.stringify(await liveKernel()),
    names = JSON.stringify([...files.keys()]);
  await writeWhole(
    new URL("assets/kernel.js", folder),
    `globalThis.DIGITS_FILE_NAMES = ${names};\nglobalThis.DIGITS_KERNEL = ${kernel};\n`,
  );
  await Deno.mkdir(new URL("assets/files/", folder), { recursive: true });
  for (const [path, bytes] of files) {
    const packed = JSON.stringify(gzipSync(bytes, { level: 9 }).toString("base64"));
    const text = `(globalThis.DIGITS_FILES ??= {})[${JSON.stringify(path)}] = ${packed};\n`;
    await writeWhole(new URL(`assets/files/${path.replaceAll("/", "_")}.js`, folder), text);
  }
  await writeWhole(new URL("assets/views.js", folder), await Deno.readTextFile(new URL(VIEWS_SCRIPT, ROOT)));
  const style = await Deno.readTextFile(new URL("tools/pages/book/book.css", ROOT));
  await writeWhole(new URL("assets/book.css", folder), style);
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "book",
    summary: "Writes the notebooks, with the outputs saved in them, as HTML pages to book/.",
    options: {
      serve: {
        type: "string",
        value: "PORT",
        help: "then serve them on 127.0.0.1, with what shared memory needs; 0: any port",
      },
    },
    notes: ['"deno task learn" runs the notebooks first and writes the same pages with fresh outputs.'],
  });
  await run(async () => {
    const port = wholeNumber("serve", values.serve, 0, 65_535);
    const notebooks = await savedNotebooks();
    console.log(`Writing ${notebooks.size} notebooks as pages to book/ …`); // some seconds
    await writeBook(notebooks);
    console.log("Read the book: open book/index.html in a browser.");
    if (port !== undefined) await serveBook(new URL("book/", ROOT), port);
    return 0;
  });
}
