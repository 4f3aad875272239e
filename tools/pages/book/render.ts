/**
 * Cells, outputs and Markdown as HTML.
 *
 * @module
 */
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import { katex } from "@mdit/plugin-katex";
import { escapeText } from "../../../lib/plots/figure.ts";
import type { Output } from "../../notebooks/kernel/messages.ts";
import { type Cell, type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";

hljs.registerLanguage("typescript", typescript);
const highlight = (code: string) => hljs.highlight(code, { language: "typescript" }).value;
const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false, highlight })
  .use(katex, { throwOnError: true })
  .use(anchor, { slugify: slug, level: [1, 2, 3], tabIndex: false });
markdown.renderer.rules.link_open = (tokens, index, options, _, self) => {
  const link = tokens[index]!; // another notebook or page of ours is a page of the book here
  link.attrSet(
    "href",
    link.attrGet("href")!.replace(/^(\d\dw?_\w+)\.ipynb/, "$1.html").replace(/^([A-Z_]+)\.md/, "$1.html").replace(
      "../book/",
      "",
    ),
  );
  const words = tokens[index + 1]!; // LANGUAGE_MODELS.md is a page's file: in the book it has a name
  words.content = words.content.replace(
    /^([A-Z])([A-Z_]+)\.md$/,
    (_, first, rest) => first + rest.toLowerCase().replaceAll("_", " "),
  );
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table>';
markdown.renderer.rules.table_close = () => "</table></div>";

/** A page of the book. */
export interface Page {
  /** Its file name. */
  file: string;
  /** Its first heading. */
  title: string;
  /** What stands between the navigation at the side and that at the end. */
  body: string;
  /** What the search looks through: headings with the text and the code below them. */
  places: { heading: string; level: number; anchor: string; text: string }[];
}

/** A notebook as a page. */
export function render(name: string, notebook: Notebook): Page {
  const title = sourceOf(notebook.cells[0]!).match(/^# (.+)$/m)?.[1] ?? name;
  const text = notebook.cells.map((cell) => cell.cell_type === "markdown" ? sourceOf(cell) : inProse(sourceOf(cell)))
    .join("\n\n");
  const body = notebook.cells.map(renderCell).join("\n");
  return { file: `${name}.html`, title, body, places: placesOf(text) };
}

/** A heading as a link's target. */
function slug(heading: string): string {
  return heading.replace(/["'`*_]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** Code as text in which no line begins like a heading. */
const inProse = (code: string) => code.replace(/^(?=#)/gm, " ");

/** The text below each heading, without signs of Markdown. */
export function placesOf(text: string): Page["places"] {
  return text.split(/^(?=#{1,3} )/m).map((part) => {
    const [, signs = "", heading = "", rest = part] = /^(#{1,3}) (.+)\n([\s\S]*)$/.exec(part) ?? [];
    return {
      level: signs.length,
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
  const says = summaryOf(cell, tags), folded = says ? `<details><summary>${says}</summary>${code}</details>` : code;
  const id = (cell as { id?: string }).id ?? "";
  return `<section class="cell ${escapeText(tags)}" id="cell-${escapeText(id)}">${folded}` +
    `${outputs ? `<div class="outputs">${outputs}</div>` : ""}</section>`;
}

/** What code that is not the lesson is folded under; nothing for what is to be read. */
function summaryOf(cell: Cell, tags: string): string {
  const source = sourceOf(cell);
  if (/(^|\s)setup(\s|$)/.test(tags)) return "What this chapter imports";
  if ((cell.metadata.jupyter as { source_hidden?: boolean } | undefined)?.source_hidden) return "The code behind this";
  if (tags.trim()) return "";
  if (/^assert/.test(source)) return "The chapter checks itself";
  const drawn = (cell.outputs ?? []).some(({ data }) => data?.["image/png"]), lines = source.split("\n").length;
  return drawn && lines > 5 && /^await show\(\w+\(/.test(source) ? "The code of this picture" : "";
}

/** Markdown as HTML, with links that lead to the book's pages. */
export function prose(text: string): string {
  return markdown.render(text).replace(/src="(\w+\.png)"/g, 'src="assets/$1"');
}

function renderOutput({ data, metadata, text, ename, evalue }: Output): string {
  const join = (value: unknown) => Array.isArray(value) ? value.join("") : String(value ?? "");
  if (!data) return `<pre>${escapeText(ename ? `${ename}: ${evalue}` : join(text))}</pre>`;
  if (data["image/png"]) {
    const caption = escapeText(join(data["text/plain"])), image = join(data["image/png"]).trim();
    const dots = new DataView(Uint8Array.fromBase64(image.slice(0, 64)).buffer).getUint32(16); // of the PNG's header
    const width = (metadata?.["image/png"] as { width?: number } | undefined)?.width ?? dots;
    const plot = data["application/vnd.plotly.v1+json"] as unknown;
    const json = plot
      ? `<script type="application/json">${JSON.stringify(plot).replaceAll("<", "\\u003c")}</script>`
      : "";
    return `<figure${
      plot ? ' class="plotted"' : ""
    }><img alt="${caption}" width="${width}" src="data:image/png;base64,${escapeText(image)}">` +
      `${json}<figcaption>${caption}</figcaption></figure>`;
  }
  if (data["text/markdown"]) return `<div class="prose">${markdown.render(join(data["text/markdown"]))}</div>`;
  if (data["application/javascript"]) return ""; // as that of the views does
  const html = join(data["text/html"]);
  if (html.startsWith('<div class="digits-view"')) return html.replace(/>[^<]*</, "><"); // the script comes from the assets
  if (html) return `<div class="wide" tabindex="0">${html}</div>`;
  return `<pre>${escapeText(join(data["text/plain"]))}</pre>`;
}
