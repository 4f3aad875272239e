/**
 * What is written from the chapters' files: the list of them, README's table, notebook 00's table, the links at the ends.
 *
 * @module
 */
import type { Chapter } from "../../lib/course/chapter.ts";
import { citation, numberOf } from "../../lib/course/catalogue.ts";
import { type Notebook, sourceOf, toLines } from "../notebooks/notebook_file.ts";
import { ROOT } from "../root.ts";

/** The chapters as their files have them, in reading order; not by way of the list, which may be old. */
export async function readChapters(): Promise<Chapter[]> {
  const folder = new URL("lib/course/chapters/", ROOT);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).filter((name) =>
    /^\d/.test(name)
  );
  return await Promise.all(names.sort().map(async (name) => (await import(new URL(name, folder).href)).CHAPTER));
}

/** lib/course/chapters/mod.ts. */
export function chapterList(chapters: readonly Chapter[]): string {
  const constant = (chapter: Chapter) => `CHAPTER_${numberOf(chapter)}`;
  return [
    "/**",
    ' * All chapters, in reading order. Written by "deno task sync" from the files in this folder.',
    " *",
    " * @module",
    " */",
    'import type { Chapter } from "../chapter.ts";',
    ...chapters.map((chapter) => `import { CHAPTER as ${constant(chapter)} } from "./${chapter.name}.ts";`),
    "",
    "/** The chapters. */",
    "export const CHAPTERS: readonly Chapter[] = [",
    ...chapters.map((chapter) => `  ${constant(chapter)},`),
    "];",
    "",
  ].join("\n");
}

/** A table in Markdown, padded as the formatter pads it. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(rows[0]!), line(widths.map((width) => "-".repeat(width))), ...rows.slice(1).map(line)].join("\n");
}

/** README's table of chapters. */
export function readmeTable(chapters: readonly Chapter[]): string {
  const rows = chapters.map((chapter) => {
    const { name, title, idea, minutes } = chapter;
    return [numberOf(chapter), `[${title}](notebooks/${name}.ipynb)`, idea, String(minutes)];
  });
  return tableOf([["  ", "chapter", "one idea", "minutes"], ...rows]);
}

/** Notebook 00's table: what lies ahead. */
export function aheadTable(chapters: readonly Chapter[]): string {
  const rows = chapters.slice(1).map((chapter) => [`[${citation(chapter)}](${chapter.name}.ipynb)`, chapter.idea]);
  return tableOf([["chapter", "one idea"], ...rows]);
}

/**
 * Puts a table where a text has one that begins with a column of that name.
 *
 * @throws {Error} If it has none.
 */
export function withTable(text: string, column: string, table: string): string {
  const place = new RegExp(`^\\| +(?:\\| +)?${column} .*\\n(?:\\|.*(?:\\n|$))+`, "m");
  if (!place.test(text)) throw new Error(`Cannot put the chapters in: there is no table with a column "${column}"`);
  return text.replace(place, (old) => table + (old.endsWith("\n") ? "\n" : ""));
}

/**
 * Brings the end of a notebook in step: the link to the next chapter, or from the last one back to the beginning.
 *
 * @returns Whether it was another.
 */
export function syncLink(notebook: Notebook, chapters: readonly Chapter[], index: number): boolean {
  if (notebook.cells.at(-1)?.cell_type !== "markdown") {
    notebook.cells.push({ cell_type: "markdown", id: "next", metadata: {}, source: [] });
  }
  const next = chapters[index + 1], last = notebook.cells.at(-1)!, text = sourceOf(last);
  const target = next ?? chapters[0]!;
  const link = `${next ? "**Next:**" : "**Back to the beginning:**"} [${citation(target)}](${target.name}.ipynb)`;
  const wanted = text.replace(/\n*^\*\*(?:Next|Back to the beginning):\*\*.*$/m, "").trimEnd();
  const whole = wanted ? `${wanted}\n\n${link}` : link;
  if (whole === text) return false;
  last.source = toLines(whole);
  return true;
}
