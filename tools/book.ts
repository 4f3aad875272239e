/**
 * The notebooks as HTML pages that read well, with pictures, rendered maths and highlighted code, for reading offline.
 *
 * @module
 */
import { basename } from "node:path";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import "katex/package.json" with { type: "json" }; // makes Deno fetch the package whose style sheet and fonts are copied
import MarkdownIt from "markdown-it";
import { katex } from "@mdit/plugin-katex";
import { EXERCISES } from "../lib/course/exercises/mod.ts";
import { escapeText } from "../lib/plots/figure.ts";
import { parseCommand, run } from "./command.ts";
import type { Output } from "./kernel/client.ts";
import { buildPad } from "./pad/page.ts";
import { bundle } from "./page.ts";
import { readers } from "./readers.ts";
import { buildWalk } from "./walk/page.ts";
import { type Cell, listNotebooks, type Notebook, readNotebook, ROOT, sourceOf, writeWhole } from "./notebook_file.ts";

hljs.registerLanguage("typescript", typescript);
const highlight = (code: string) => hljs.highlight(code, { language: "typescript" }).value;
const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false, highlight }).use(katex, {
  throwOnError: true,
});

const PLACE = /* tells Markdown's links to other notebooks where the pages are */ /href="(\d\d_\w+)\.ipynb"/g;

/** The exercises' solutions in JavaScript: Deno takes the types away. */
const SOLUTIONS = new Map(
  await Promise.all(EXERCISES.map(async ({ id, solution }) => {
    const module = await import(`data:text/typescript,${encodeURIComponent(`export default ${solution}`)}`);
    return [id, String(module.default)] as const;
  })),
);

const APPENDICES = ["NOTATION", "DRAWN_DIGITS", "SPEED", "WEIGHTS"];

/** A page of the book. */
interface Page {
  file: string;
  title: string;
  body: string;
  /** What the search looks through: headings with the text below them. */
  places: { heading: string; anchor: string; text: string }[];
}

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
  const pages = [...notebooks].map(([path, notebook]) => render(basename(path, ".ipynb"), notebook));
  for (const name of APPENDICES) {
    const text = await Deno.readTextFile(new URL(`notebooks/${name}.md`, ROOT)), title = /^# (.+)$/m.exec(text)![1]!;
    const body = `<section class="prose">${prose(text)}</section>`;
    pages.push({ file: `${name}.html`, title, body, places: placesOf(text) });
  }
  const contents = [
    ...pages,
    { file: "walk.html", title: "Follow a digit" },
    { file: "draw.html", title: "Draw a digit" },
  ].map(({ file, title }) =>
    `<li${/^\d/.test(file) ? "" : ' class="appendix"'}><a href="${file}">${escapeText(title.split(":")[0]!)}</a></li>`
  ).join("\n");
  await Deno.mkdir(new URL("assets/fonts/", folder), { recursive: true }).catch((cause) => {
    throw new Error(`Cannot write to book/: ${cause.message}`, { cause });
  });
  await copyAssets(folder);
  for (const [i, page] of pages.entries()) {
    await writeWhole(new URL(`${page.file}`, folder), frame(page, contents, pages[i - 1], pages[i + 1]));
  }
  await writeWhole(new URL("draw.html", folder), (await buildPad(await readers(), true)).html);
  await writeWhole(new URL("walk.html", folder), (await buildWalk()).html);
  const index = pages.flatMap(({ file, title, places }) =>
    places.map((place) => ({ file, title: title.split(":")[0]!, ...place }))
  );
  await writeWhole(
    new URL("assets/search_index.js", folder),
    `globalThis.DIGITS_INDEX = ${JSON.stringify(index)};\n`,
  );
  const front: Page = { file: "index.html", title: "Digits from Scratch", body: frontMatter(contents), places: [] };
  await writeWhole(new URL("index.html", folder), frame(front, contents, undefined, pages[0]));
}

/** All notebooks with the outputs saved in them. */
export async function savedNotebooks(): Promise<Map<string, Notebook>> {
  const paths = await listNotebooks();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readNotebook(new URL(path, ROOT))] as const)),
  );
}

function frontMatter(contents: string): string {
  return `<section class="prose"><h1>Digits from Scratch</h1>
<p>How a neural network reads a handwritten digit, step by step, from nothing but arithmetic. Each chapter is a notebook: these pages show
what it prints, and its exercises can be tried right here; to guess and to change things, open the notebook itself. Or begin at the end: <a href="draw.html">draw a digit</a>,
and watch five networks read it, or <a href="walk.html">follow one</a> through a network, number by number.</p><p><img src="assets/walk_through.png" width="760" alt="One digit on its way through a network: its pixels, ten sums, ReLU, ten probabilities."></p><ol start="0" class="contents">${contents}</ol></section>`;
}

function render(name: string, notebook: Notebook): Page {
  const title = sourceOf(notebook.cells[0]!).match(/^# (.+)$/m)?.[1] ?? name;
  const text = notebook.cells.filter(({ cell_type }) => cell_type === "markdown").map(sourceOf).join("\n\n");
  return { file: `${name}.html`, title, body: notebook.cells.map(renderCell).join("\n"), places: placesOf(text) };
}

/** A heading as a link's target. */
function slug(heading: string): string {
  return heading.replace(/<[^>]*>|&\w+;|["'`*_]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** The text below each heading, without signs of Markdown. */
function placesOf(text: string): Page["places"] {
  return text.split(/^(?=#{1,3} )/m).map((part) => {
    const [, heading = "", rest = part] = /^#{1,3} (.+)\n([\s\S]*)$/.exec(part) ?? [];
    return {
      heading: heading.split(":")[0]!,
      anchor: heading && `#${slug(heading)}`,
      text: rest.replace(/[*_`|#]|\]\([^)]*\)|\[/g, "").replace(/\s+/g, " ").trim(),
    };
  });
}

function renderCell(cell: Cell): string {
  if (cell.cell_type === "markdown") return `<section class="prose">${prose(sourceOf(cell))}</section>`;
  const tags = (cell.metadata.tags ?? []).join(" ");
  const outputs = (cell.outputs ?? []).map(renderOutput).join("\n");
  const code = `<pre class="code" tabindex="0"><code>${highlight(sourceOf(cell))}</code></pre>`;
  const folded = /(^|\s)setup(\s|$)/.test(tags)
    ? `<details><summary>What this chapter imports</summary>${code}</details>`
    : code;
  const editor = /(^|\s)exercise(\s|$)/.test(tags) ? exerciseEditor(sourceOf(cell)) : "";
  return `<section class="cell ${tags}">${folded}${editor}` +
    `${outputs ? `<div class="outputs">${outputs}</div>` : ""}</section>`;
}

/** A place to write the exercise's function in the page; shown by the script that judges it. */
function exerciseEditor(source: string): string {
  const [, name, rest] = /function (\w+)\(([\s\S]*)$/.exec(source)!, id = /check\("(\w+)"/.exec(source)![1]!;
  const stub = `function ${name}(${parameterNames(rest!).join(", ")}) {\n  return null; // your turn\n}`;
  const solution = `<template>${escapeText(SOLUTIONS.get(id)!)}</template>`; // without types, as it is to be typed here
  const buttons = ["Check", "Hint", "Solution", "Start again"].map((label) =>
    `<button type="button">${label}</button>`
  );
  return `<div class="try" data-id="${id}" data-name="${name}" hidden><label for="try-${id}">Try it here (${id}), in JavaScript</label>` +
    `<textarea id="try-${id}" spellcheck="false" autocapitalize="off" rows="5">${stub}</textarea>` +
    `<div class="buttons">${buttons.join("")}</div><output for="try-${id}"></output>${solution}</div>`;
}

/** The names before the types, from what stands behind a function's opening bracket. */
function parameterNames(rest: string): string[] {
  const names: string[] = [];
  let depth = 0, word = "", typed = false;
  for (const sign of rest) {
    if (depth === 0 && (sign === "," || sign === ")")) {
      if (word.trim()) names.push(word.trim());
      [word, typed] = ["", false];
      if (sign === ")") break;
      continue;
    }
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign)) depth--;
    if (depth === 0 && sign === ":") typed = true;
    if (!typed) word += sign;
  }
  return names;
}

function prose(text: string): string {
  return markdown.render(text).replace(PLACE, 'href="$1.html"').replace(/href="([A-Z_]+)\.md"/g, 'href="$1.html"')
    .replace(/src="(\w+\.png)"/g, 'src="assets/$1"')
    .replace(/<h([123])>(.*?)<\/h\1>/g, (_, level, words) => `<h${level} id="${slug(words)}">${words}</h${level}>`)
    .replaceAll("<table>", '<div class="wide" tabindex="0"><table>').replaceAll("</table>", "</table></div>");
}

function renderOutput({ data, text, ename, evalue }: Output): string {
  const join = (value: unknown) => Array.isArray(value) ? value.join("") : String(value ?? "");
  if (!data) return `<pre>${escapeText(ename ? `${ename}: ${evalue}` : join(text))}</pre>`;
  if (data["image/png"]) {
    const caption = escapeText(join(data["text/plain"])), image = join(data["image/png"]).trim();
    const width = new DataView(Uint8Array.fromBase64(image.slice(0, 64)).buffer).getUint32(16); // of the PNG's header
    const plot = data["application/vnd.plotly.v1+json"] as unknown;
    const json = plot
      ? `<script type="application/json">${JSON.stringify(plot).replaceAll("<", "\\u003c")}</script>`
      : "";
    return `<figure${
      plot ? ' class="plotted"' : ""
    }><img alt="${caption}" width="${width}" src="data:image/png;base64,${image}">` +
      `${json}<figcaption>${caption}</figcaption></figure>`;
  }
  if (data["text/markdown"]) return `<div class="prose">${markdown.render(join(data["text/markdown"]))}</div>`;
  if (data["text/html"]) return `<div class="wide" tabindex="0">${join(data["text/html"])}</div>`;
  return `<pre>${escapeText(join(data["text/plain"]))}</pre>`;
}

function frame({ title, body, file }: Page, contents: string, before?: Page, after?: Page): string {
  const link = (page: Page | undefined, rel: string, arrow: (title: string) => string) =>
    page ? `<a rel="${rel}" href="${page.file}">${arrow(escapeText(page.title.split(":")[0]!))}</a>` : "<span></span>";
  const turn = `<nav class="turn" aria-label="Previous and next chapter">${link(before, "prev", (t) => `← ${t}`)}${
    link(after, "next", (t) => `${t} →`)
  }</nav>`;
  const here = contents.replace(`<a href="${file}"`, `<a aria-current="page" href="${file}"`);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}${title === "Digits from Scratch" ? "" : " – Digits from Scratch"}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/katex.min.css">
<link rel="stylesheet" href="assets/book.css">
</head>
<body>
<nav class="side" aria-label="Chapters"><p><a href="index.html">Digits from Scratch</a></p>
<input type="search" id="search" placeholder="Search" aria-label="Search the book" hidden>
<ul id="found" aria-live="polite" hidden></ul>
<ol start="0">
${here}
</ol></nav>
<main>
${body}
${turn}
</main>
<script src="assets/reader.js" defer></script>
</body>
</html>
`;
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
  for (const picture of ["walk_through.png", "drawn_digits.png", "speed.png"]) {
    await writeWhole(
      new URL(`assets/${picture}`, folder),
      await Deno.readFile(new URL(`notebooks/${picture}`, ROOT)),
    );
  }
  for (const [name, entry] of [["reader.js", "reader.ts"], ["plotly.min.js", "plotly.ts"]]) {
    await writeWhole(new URL(`assets/${name}`, folder), await bundle(new URL(`tools/book/${entry}`, ROOT)));
  }
  const style = await Deno.readTextFile(new URL("tools/book/book.css", ROOT));
  await writeWhole(new URL("assets/book.css", folder), style);
}

if (import.meta.main) {
  parseCommand({
    name: "book",
    summary: "Writes the notebooks, with the outputs saved in them, as HTML pages to book/.",
    options: {},
    notes: ['"deno task learn" runs the notebooks first and writes the same pages with fresh outputs.'],
  });
  await run(async () => {
    await writeBook(await savedNotebooks());
    console.log("Read the book: open book/index.html in a browser.");
    return 0;
  });
}
