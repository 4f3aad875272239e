/**
 * What a cell that runs in the page shows, as elements.
 *
 * @module
 */
/// <reference lib="dom" />
import { escapeText } from "../../../lib/plots/figure.ts";
import { drawPlot } from "./plots.ts";
import { load, type Plot } from "./load.ts";

/** An output in several forms, by media type. */
export type Bundle = Readonly<Record<string, unknown>>;

/** More characters than these make a page slow, and nobody reads them. */
export const LONGEST_TEXT = 100_000;

/** A text, or as much of it as a page shows. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)} … (${text.length.toLocaleString("en")} characters in all)\n`;
}

/** As much of Markdown as the library's outputs have: paragraphs, code, bold and italic words. */
export function markdownAsHtml(text: string): string {
  return escapeText(text).split(/```\w*\n([^]*?)\n```/).map((part, i) =>
    i % 2
      ? `<pre class="code"><code>${part}</code></pre>`
      : part.trim().split(/\n{2,}/).filter(Boolean).map((paragraph) =>
        `<p>${
          paragraph.replace(/`([^`]+)`/g, "<code>$1</code>").replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
            .replace(/(?<!\w)_(.+?)_(?!\w)/g, "<em>$1</em>")
        }</p>`
      ).join("")
  ).join("");
}

/** The best form of an output that a page can show. */
export function outputElement(data: Bundle): HTMLElement {
  const caption = String(data["text/plain"] ?? ""), plot = data["application/vnd.plotly.v1+json"] as Plot | undefined;
  if (plot) {
    const figure = document.createElement("figure"),
      box = document.createElement("div"),
      words = document.createElement("figcaption");
    words.textContent = caption;
    figure.append(box, words);
    drawPlot(box, plot, caption).catch(() => box.textContent = "The plot could not be drawn.");
    return figure;
  }
  const image = data["image/png"];
  if (typeof image === "string") { // in a page that is the drawing itself
    const figure = document.createElement("figure"), drawn = new Image(), words = document.createElement("figcaption");
    drawn.src = `data:image/svg+xml;base64,${image}`;
    drawn.alt = words.textContent = caption;
    figure.append(drawn, words);
    return figure;
  }
  if (data["text/markdown"] !== undefined) {
    const box = document.createElement("div");
    box.className = "prose";
    box.innerHTML = markdownAsHtml(String(data["text/markdown"]));
    return box;
  }
  if (data["application/javascript"] !== undefined) return document.createElement("div"); // the book's own script does that
  if (data["text/html"] !== undefined) {
    const box = Object.assign(document.createElement("div"), { className: "wide", tabIndex: 0 });
    box.innerHTML = String(data["text/html"]);
    const view = box.querySelector(".digits-view");
    if (view) { // the script that brings it to life says all there is to say
      view.textContent = "";
      load("views.js").catch(() => view.textContent = caption);
    }
    return box;
  }
  const text = document.createElement("pre");
  text.textContent = shortened(caption);
  return text;
}
