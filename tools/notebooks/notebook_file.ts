/**
 * Notebook files: reading, writing, and the names of all notebooks.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import type { Output } from "./kernel/messages.ts";
import { ROOT } from "../root.ts";

/** A cell as nbformat 4.5 stores it. */
export interface Cell {
  /** What it is. */
  cell_type: "code" | "markdown" | "raw";
  /** A name that stays when cells are moved. */
  id: string;
  /** Tags and the like. */
  metadata: { tags?: string[]; [key: string]: unknown };
  /** The text, line by line, each with its line end. */
  source: string[] | string;
  /** Outputs of a code cell. */
  outputs?: Output[];
  /** The kernel's counter when it ran. */
  execution_count?: number | null;
}

/** A notebook as nbformat 4.5 stores it. */
export interface Notebook {
  /** The cells in order. */
  cells: Cell[];
  /** Kernel and language. */
  metadata: Record<string, unknown>;
  /** 4. */
  nbformat: number;
  /** 5 or later: cells have ids. */
  nbformat_minor: number;
}

/** Paths of all notebooks, in reading order, from the project's folder. */
export async function listNotebooks(): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(new URL("notebooks/", ROOT))) {
    if (entry.isFile && /^\d\dw?_.*\.ipynb$/.test(entry.name)) names.push(`notebooks/${entry.name}`);
  }
  return names.sort();
}

/**
 * Reads a notebook.
 *
 * @throws {Error} If it cannot be read.
 * @throws {SyntaxError} If it is not a notebook of format 4.
 */
export async function readNotebook(path: string | URL): Promise<Notebook> {
  const text = await Deno.readTextFile(path).catch((cause) => {
    const reason = cause instanceof Deno.errors.NotFound ? "there is no such file" : (cause as Error).message;
    throw new Error(`Cannot read notebook "${path}": ${reason}`, { cause });
  });
  return parseNotebook(text, String(path));
}

/** A notebook from its text. Throws a SyntaxError if it is not one of format 4. */
export function parseNotebook(text: string, name: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read notebook "${name}": ${(cause as Error).message}`, { cause });
  }
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(`Cannot read notebook "${name}": needs nbformat 4 with a list of cells`);
  }
  return notebook;
}

/**
 * A notebook as Jupyter saves it, so that saving it again changes no line: keys in their order, one space to indent, numbers as
 * Python writes them.
 */
export function notebookText(notebook: Notebook): string {
  const text = JSON.stringify(sorted(notebook), null, 1);
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:e[+-]\d+)?/g, (part) => part[0] === '"' ? part : asPython(part)) +
    "\n";
}

/** 0.00001 is 1e-05 there, and 1e-7 is 1e-07. */
function asPython(number: string): string {
  const [digits, exponent] = Number(number).toExponential().split("e") as [string, string], power = Number(exponent);
  if (power >= -4 && !number.includes("e")) return number;
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Keys in alphabetical order, all the way down, as nbformat writes them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => [k, sorted(v)]),
  );
}

/** Writes a notebook: whole or not at all. */
export async function writeNotebook(path: string | URL, notebook: Notebook): Promise<void> {
  await writeWhole(path, notebookText(notebook));
}

/** The text of a cell. */
export function sourceOf(cell: Cell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** Text as a notebook stores it: one string per line, each but the last with its line end. */
export function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
