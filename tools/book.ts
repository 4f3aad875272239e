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
import { escapeText } from "../lib/plots/figure.ts";
import { parseCommand, run } from "./command.ts";
import type { Output } from "./kernel/client.ts";
import { buildPad } from "./pad/page.ts";
import { readers } from "./readers.ts";
import { buildWalk } from "./walk/page.ts";
import { type Cell, listNotebooks, type Notebook, readNotebook, ROOT, sourceOf, writeWhole } from "./notebook_file.ts";

hljs.registerLanguage("typescript", typescript);
const highlight = (code: string) => hljs.highlight(code, { language: "typescript" }).value;
const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false, highlight }).use(katex, {
  throwOnError: true,
});

const PLACE = /* tells Markdown's links to other notebooks where the pages are */ /href="(\d\d_\w+)\.ipynb"/g;

const APPENDICES = ["NOTATION", "DRAWN_DIGITS", "SPEED", "WEIGHTS"];

/** A page of the book. */
interface Page {
  file: string;
  title: string;
  body: string;
}

/**
 * Writes book/: one page per notebook, the drawing pad, a contents page, style sheet and fonts. No page asks the network for anything.
 *
 * @param notebooks By path, in reading order, with their outputs.
 * @throws {Error} If book/ cannot be written.
 */
export async function writeBook(notebooks: ReadonlyMap<string, Notebook>): Promise<void> {
  const pages = [...notebooks].map(([path, notebook]) => render(basename(path, ".ipynb"), notebook));
  for (const name of APPENDICES) {
    const text = await Deno.readTextFile(new URL(`notebooks/${name}.md`, ROOT)), title = /^# (.+)$/m.exec(text)![1]!;
    pages.push({ file: `${name}.html`, title, body: `<section class="prose">${prose(text)}</section>` });
  }
  const contents = [
    ...pages,
    { file: "walk.html", title: "Follow a digit" },
    { file: "draw.html", title: "Draw a digit" },
  ].map(({ file, title }) =>
    `<li${/^\d/.test(file) ? "" : ' class="appendix"'}><a href="${file}">${escapeText(title.split(":")[0]!)}</a></li>`
  ).join("\n");
  await Deno.mkdir(new URL("book/assets/fonts/", ROOT), { recursive: true }).catch((cause) => {
    throw new Error(`Cannot write to book/: ${cause.message}`, { cause });
  });
  await copyAssets();
  for (const [i, page] of pages.entries()) {
    await writeWhole(new URL(`book/${page.file}`, ROOT), frame(page, contents, pages[i - 1], pages[i + 1]));
  }
  await writeWhole(new URL("book/draw.html", ROOT), (await buildPad(await readers(), true)).html);
  await writeWhole(new URL("book/walk.html", ROOT), (await buildWalk()).html);
  const front: Page = { file: "index.html", title: "Digits from Scratch", body: frontMatter(contents) };
  await writeWhole(new URL("book/index.html", ROOT), frame(front, contents, undefined, pages[0]));
}

function frontMatter(contents: string): string {
  return `<section class="prose"><h1>Digits from Scratch</h1>
<p>How a neural network reads a handwritten digit, step by step, from nothing but arithmetic. Each chapter is a notebook: these pages show
what it prints; to change, guess and try, open the notebook itself. Or begin at the end: <a href="draw.html">draw a digit</a>,
and watch five networks read it, or <a href="walk.html">follow one</a> through a network, number by number.</p><p><img src="assets/walk_through.png" width="760" alt="One digit on its way through a network: its pixels, ten sums, ReLU, ten probabilities."></p><ol start="0" class="contents">${contents}</ol></section>`;
}

function render(name: string, notebook: Notebook): Page {
  const title = sourceOf(notebook.cells[0]!).match(/^# (.+)$/m)?.[1] ?? name;
  return { file: `${name}.html`, title, body: notebook.cells.map(renderCell).join("\n") };
}

function renderCell(cell: Cell): string {
  if (cell.cell_type === "markdown") return `<section class="prose">${prose(sourceOf(cell))}</section>`;
  const tags = (cell.metadata.tags ?? []).join(" ");
  const outputs = (cell.outputs ?? []).map(renderOutput).join("\n");
  const code = `<pre class="code"><code>${highlight(sourceOf(cell))}</code></pre>`;
  const folded = /(^|\s)setup(\s|$)/.test(tags)
    ? `<details><summary>What this chapter imports</summary>${code}</details>`
    : code;
  return `<section class="cell ${tags}">${folded}` +
    `${outputs ? `<div class="outputs">${outputs}</div>` : ""}</section>`;
}

function prose(text: string): string {
  return markdown.render(text).replace(PLACE, 'href="$1.html"').replace(/href="([A-Z_]+)\.md"/g, 'href="$1.html"')
    .replace(/src="(\w+\.png)"/g, 'src="assets/$1"')
    .replaceAll("<table>", '<div class="wide"><table>').replaceAll("</table>", "</table></div>");
}

function renderOutput({ data, text, ename, evalue }: Output): string {
  const join = (value: unknown) => Array.isArray(value) ? value.join("") : String(value ?? "");
  if (!data) return `<pre>${escapeText(ename ? `${ename}: ${evalue}` : join(text))}</pre>`;
  if (data["image/png"]) {
    const caption = escapeText(join(data["text/plain"])), image = join(data["image/png"]).trim();
    const width = new DataView(Uint8Array.fromBase64(image.slice(0, 64)).buffer).getUint32(16); // of the PNG's header
    return `<figure><img alt="${caption}" width="${width}" src="data:image/png;base64,${image}"><figcaption>${caption}</figcaption></figure>`;
  }
  if (data["text/markdown"]) return `<div class="prose">${markdown.render(join(data["text/markdown"]))}</div>`;
  if (data["text/html"]) return `<div class="wide">${join(data["text/html"])}</div>`;
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
<nav class="side" aria-label="Chapters"><p><a href="index.html">Digits from Scratch</a></p><ol start="0">
${here}
</ol></nav>
<main>
${body}
${turn}
</main>
</body>
</html>
`;
}

async function copyAssets(): Promise<void> {
  const katexFolder = new URL("./", import.meta.resolve("katex/dist/katex.min.css"));
  const style = await Deno.readTextFile(new URL("katex.min.css", katexFolder));
  await writeWhole(new URL("book/assets/katex.min.css", ROOT), style);
  for await (const { name } of Deno.readDir(new URL("fonts/", katexFolder))) {
    if (!name.endsWith(".woff2")) continue; // every browser of the last ten years reads these
    await writeWhole(
      new URL(`book/assets/fonts/${name}`, ROOT),
      await Deno.readFile(new URL(`fonts/${name}`, katexFolder)),
    );
  }
  for (const picture of ["walk_through.png", "drawn_digits.png", "speed.png"]) {
    await writeWhole(
      new URL(`book/assets/${picture}`, ROOT),
      await Deno.readFile(new URL(`notebooks/${picture}`, ROOT)),
    );
  }
  await writeWhole(new URL("book/assets/book.css", ROOT), await Deno.readTextFile(new URL("tools/book.css", ROOT)));
}

if (import.meta.main) {
  parseCommand({
    name: "book",
    summary: "Writes the notebooks, with the outputs saved in them, as HTML pages to book/.",
    options: {},
    notes: ['"deno task learn" runs the notebooks first and writes the same pages with fresh outputs.'],
  });
  await run(async () => {
    const paths = await listNotebooks();
    await writeBook(
      new Map(await Promise.all(paths.map(async (path) => [path, await readNotebook(new URL(path, ROOT))] as const))),
    );
    console.log("Read the book: open book/index.html in a browser.");
    return 0;
  });
}
