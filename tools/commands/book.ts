/**
 * The notebooks as HTML pages that read well, with pictures, rendered maths and highlighted code, for reading offline.
 *
 * @module
 */
import { basename } from "node:path";
import { gzipSync } from "fflate";
import "@fontsource/source-serif-4/package.json" with { type: "json" }; // makes Deno fetch the packages whose fonts are copied
import "katex/package.json" with { type: "json" };
import { CHAPTERS } from "../../lib/course/chapters/mod.ts";
import { escapeText } from "../../lib/plots/figure.ts";
import { writeFault, writeWhole } from "../../lib/files/write_file.ts";
import { parseCommand, run, wholeNumber } from "../command.ts";
import { buildFront } from "../pages/book/front.ts";
import { type Page, placesOf, prose, render } from "../pages/book/render.ts";
import { buildPad } from "../pages/pad/page.ts";
import { liveFiles, liveKernel } from "../pages/live/build.ts";
import { bundle } from "../pages/page.ts";
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
  const pages = await Promise.all(
    Array.from(notebooks, ([path, notebook]) => render(basename(path, ".ipynb"), notebook)),
  );
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

/** Cells are code that may have come from anywhere: it runs in its worker, and no request leaves the page. */
const POLICY =
  "default-src 'self' file: data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'none'; form-action 'none'; " +
  "base-uri 'none'";

/** A 7 of eight by eight pixels. */
const ICON = `data:image/svg+xml,${
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#fff"/>' +
      '<path d="M1 1h6v1h-1v2h-1v1h-1v2h-1v-2h1v-2h1v-1h-4z" fill="#1f5fa8"/></svg>',
  )
}`;

/** What the page is divided into. */
function sections(places: Page["places"]): string {
  const links = places.filter(({ level }) => level === 2)
    .map(({ heading, anchor }) => `<li><a href="${anchor}">${escapeText(heading)}</a></li>`);
  return links.length > 1 ? `<ul>${links.join("")}</ul>` : "";
}

function frame({ title, body, file, places }: Page, contents: string, before?: Page, after?: Page): string {
  const link = (page: Page | undefined, rel: string, arrow: (title: string) => string) =>
    page ? `<a rel="${rel}" href="${page.file}">${arrow(escapeText(page.title.split(":")[0]!))}</a>` : "<span></span>";
  const turn = `<nav class="turn" aria-label="Previous and next chapter">${link(before, "prev", (t) => `← ${t}`)}${
    link(after, "next", (t) => `${t} →`)
  }</nav>`;
  const here = contents.replace(
    new RegExp(`<a href="${file}"(.*?</a>)`),
    (_, rest) => `<a aria-current="page" href="${file}"${rest}${sections(places)}`,
  );
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeText(title)}${title === "Digits from Scratch" ? "" : " – Digits from Scratch"}</title>
<meta name="description" content="How a neural network reads handwritten digits, from nothing but arithmetic: a course whose every cell runs in the page.">
<meta property="og:title" content="${escapeText(title)}">
<meta property="og:image" content="assets/hero.png">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="assets/katex.min.css">
<link rel="stylesheet" href="assets/book.css">
</head>
<body data-chapter="${file.replace(/\.html$/, "")}">
<a class="skip" href="#main">To the text</a>
<nav class="side" aria-label="Chapters"><p><a href="index.html">Digits from Scratch</a></p>
<details open><summary>Chapters and search</summary>
<input type="search" id="search" placeholder="Search (/)" aria-label="Search the book" hidden>
<ul id="found" aria-live="polite" hidden></ul>
<ol start="0">
${here}
</ol></details></nav>
<main id="main" tabindex="-1">
${body}
${/^\d/.test(file) ? workbench(file) : ""}
${file === `${CHAPTERS.at(-1)!.name}.html` ? '<section id="guesses" hidden></section>' : ""}
${turn}
</main>
<script src="assets/book.js" defer></script>
</body>
</html>
`;
}

/** What can be done with the chapter as a whole; filled by the page's script. */
function workbench(file: string): string {
  const name = file.replace(/\.html$/, ""), repository = Deno.env.get("GITHUB_REPOSITORY"); // where a workflow publishes it
  const doors = repository
    ? `<a href="https://codespaces.new/${repository}">Open in Codespaces</a>` +
      `<a href="https://mybinder.org/v2/gh/${repository}/HEAD?labpath=notebooks/${name}.ipynb">Open in Binder</a>`
    : "";
  return `<aside class="workbench" aria-label="This chapter" hidden><div class="own-data"></div>` +
    `<button type="button" class="download">Download this notebook, with your changes</button>${doors}</aside>`;
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
  const [script, judge, plotly, editor, hero, offline] = await Promise.all(
    ["book_script.ts", "judge_worker.ts", "plotly.ts", "editor.ts", "hero.ts", "offline.ts"].map((entry) =>
      bundle(new URL(`tools/pages/book/${entry}`, ROOT))
    ),
  );
  await writeWhole(new URL("assets/book.js", folder), `globalThis.DIGITS_JUDGE = ${JSON.stringify(judge)};\n${script}`);
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
    const packed = JSON.stringify(gzipSync(bytes, { mtime: 0, level: 9 }).toBase64());
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
    await writeBook(await savedNotebooks());
    console.log("Read the book: open book/index.html in a browser.");
    if (port !== undefined) await serveBook(new URL("book/", ROOT), port);
    return 0;
  });
}
