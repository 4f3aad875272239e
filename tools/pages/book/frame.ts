/**
 * What stands around the text of each of the book's pages.
 *
 * @module
 */
import { CHAPTERS } from "../../../lib/course/chapters/mod.ts";
import { escapeText } from "../../../lib/plots/figure.ts";
import type { Page } from "./render.ts";

/**
 * Cells are code that may have come from anywhere: it runs in its worker, and no request leaves the page. What stands in a
 * notebook's text or outputs does not run at all: scripts are files of the book. (Plotly and the kernel make functions of texts.)
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' file: blob: 'unsafe-eval'",
  "worker-src 'self' file: blob:",
  "style-src 'self' file: 'unsafe-inline'",
  "img-src 'self' file: data: blob:",
  "font-src 'self' file: data:",
  "media-src 'self' file: data: blob:",
  "frame-src 'self' file:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

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

/** A page with what stands around its text: navigation, policy, scripts. */
export function frame({ title, body, file, places }: Page, contents: string, before?: Page, after?: Page): string {
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
  return `<aside class="workbench" aria-label="This chapter" hidden><div class="row digits"></div>` +
    `<button type="button" class="download">Download this notebook, with your changes</button>${doors}<div class="row written"></div></aside>`;
}
