/**
 * Notebook files: reading, writing, and the names of all notebooks.
 *
 * @module
 */
import { writeWhole } from "../lib/data/write_file.ts";
import type { Output } from "./kernel/client.ts";

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

/** The project's folder. */
export const ROOT = new URL("../", import.meta.url);

/** Paths of all notebooks, in reading order, from the project's folder. */
export async function listNotebooks(): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(new URL("notebooks/", ROOT))) {
    if (entry.isFile && /^\d\d_.*\.ipynb$/.test(entry.name)) names.push(`notebooks/${entry.name}`);
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
  let notebook: Notebook;
  try {
    notebook = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "there is no such file" : (cause as Error).message;
    const Class = cause instanceof SyntaxError ? SyntaxError : Error;
    throw new Class(`Cannot read notebook "${path}": ${reason}`, { cause });
  }
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(`Cannot read notebook "${path}": needs nbformat 4 with a list of cells`);
  }
  return notebook;
}

/** Writes a notebook as Jupyter does: whole or not at all. */
export async function writeNotebook(path: string | URL, notebook: Notebook): Promise<void> {
  await writeWhole(path, JSON.stringify(notebook, null, 1) + "\n");
}

/** The text of a cell. */
export function sourceOf(cell: Cell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** Text as a notebook stores it: one string per line, each but the last with its line end. */
export function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
