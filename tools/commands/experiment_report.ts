/**
 * The report of an experiment as files: one HTML page that needs nothing else, and Markdown with its pictures beside it.
 *
 * @module
 */
import { basename } from "node:path";
import { escapeText } from "../../lib/plots/figure.ts";
import { toSvg } from "../../lib/plots/static.ts";
import type { Report } from "../../lib/experiments/report.ts";
import { writeTogether } from "../../lib/files/write_file.ts";

const STYLE = `main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); }
figure { margin: 2rem 0; } figure svg { max-width: 100%; height: auto; background: #fff; } figcaption { color: var(--quiet); }`;

/**
 * Writes `NAME.html`, `NAME.md` and `NAME-1.svg` … beside each other.
 *
 * @param path Where, without an ending.
 * @returns The page's path.
 */
export async function writeReport(path: string, report: Report): Promise<string> {
  const name = basename(path), title = `Experiment ${name}`;
  const pictures = await Promise.all(report.figures.map((figure) => toSvg(figure)));
  const names = pictures.map((_, i) => `${name}-${i + 1}.svg`);
  const shared = await Deno.readTextFile(new URL("../pages/page.css", import.meta.url));
  const row = (tag: string, cells: readonly unknown[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(String(cell))}</${tag}>`).join("")}</tr>`;
  const heads = Object.keys(report.table[0] ?? {});
  const html = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)} – Digits from Scratch</title>
<link rel="icon" href="data:,">
<style>${shared}${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
${report.sentences.map((sentence) => `<p>${escapeText(sentence)}</p>`).join("\n")}
<table><thead>${row("th", heads)}</thead>
<tbody>${report.table.map((cells) => row("td", Object.values(cells))).join("\n")}</tbody></table>
${
    report.figures.map(({ caption }, i) =>
      `<figure>${pictures[i]}<figcaption>${escapeText(caption)}</figcaption></figure>`
    ).join("\n")
  }
</main>
</body>
</html>
`;
  await writeTogether([
    ...pictures.map((svg, i) => [path.slice(0, -name.length) + names[i], svg] as const),
    [`${path}.md`, reportMarkdown(title, report, names)],
    [`${path}.html`, html],
  ]);
  return `${path}.html`;
}

/** A report as lines for a terminal. */
export function reportText({ table, sentences }: Report): string {
  const heads = Object.keys(table[0] ?? {}), rows = [heads, ...table.map((cells) => Object.values(cells).map(String))];
  const widths = heads.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const lines = rows.map((row) => row.map((cell, c) => cell.padEnd(widths[c]!)).join("  ").trimEnd());
  return [...heads.length ? [...lines, ""] : [], ...sentences].join("\n");
}

/** A report as Markdown; `pictures` are the names of its figures' files. */
export function reportMarkdown(
  title: string,
  { table, sentences, figures }: Report,
  pictures: readonly string[],
): string {
  const names = Object.keys(table[0] ?? {}), line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const safe = (cell: string | number) => String(cell).replaceAll("|", "\\|");
  return [
    `# ${title}`,
    ...sentences,
    ...names.length
      ? [
        [line(names), line(names.map(() => "---")), ...table.map((row) => line(names.map((name) => safe(row[name]!))))]
          .join("\n"),
      ]
      : [],
    ...figures.map(({ caption }, i) => `![${caption}](${pictures[i]})\n\n${caption}`),
  ].join("\n\n") + "\n";
}
