/**
 * Rows of experiments: what came of a training; and files of them, one JSON object a line, added one by one, never half.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "../files/read_file.ts";
import { projectFile } from "../files/sources.ts";
import { writeFault } from "../files/write_file.ts";
import type { Settings } from "./settings.ts";

/** Which digits a row is of: by what they are, not by where they lay. */
export interface DataNote {
  /** Their name. */
  readonly name: string;
  /** How many. */
  readonly digits: number;
  /** The first 12 digits of the SHA-256 of pixels and labels. */
  readonly sha256: string;
}

/** A training that came to nothing. */
export interface FailedRow {
  /** As in {@linkcode ExperimentRow}. */
  readonly id: string;
  /** As there. */
  readonly settings: Settings;
  /** As there. */
  readonly data: DataNote;
  /** Why: mostly a loss that is no longer a number, because the rate is too large. */
  readonly error: string;
  /** True if that is the reason: then the same settings would end the same way again. */
  readonly diverged: boolean;
}

/** The way of a training, as columns: the k-th numbers belong together. */
export interface Curve {
  /** After how many epochs; with full batches, after how many evaluations of all it learned from. */
  readonly after: readonly number[];
  /** Loss as the method counts it; with mini-batches, the mean over the epoch. */
  readonly loss: readonly number[];
  /** Share of what it learned from that is read correctly, measured the same way. */
  readonly accuracy?: readonly number[];
  /** Loss on the validation part, where there is one. */
  readonly validationLoss?: readonly number[];
  /** Share of it read correctly. */
  readonly validationAccuracy?: readonly number[];
}

/** What came of one training. */
export interface ExperimentRow {
  /** A name made from settings and digits: the same of both, the same name. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** The digits. */
  readonly data: DataNote;
  /** Loss at the end as the method counts it: on all it learned from, with the penalty; with mini-batches, the mean over the last epoch. */
  readonly loss: number;
  /** Share of what it learned from that is read correctly. */
  readonly trainAccuracy: number;
  /** Share of the validation part read correctly, where there is one: what to choose by. */
  readonly validationAccuracy?: number;
  /** How many those are. */
  readonly validationExamples?: number;
  /** Share of the test part read correctly: for what was chosen, once. */
  readonly testAccuracy: number;
  /** How many of those there were. */
  readonly testExamples: number;
  /** How many numbers the network has. */
  readonly parameters: number;
  /** How many hidden units with ReLU never wake for a thousand of the digits learned from. */
  readonly deadUnits?: number;
  /** With `patience`: after which epoch the network was taken. */
  readonly bestEpoch?: number;
  /** The way there. */
  readonly history: Curve;
  /** SHA-256 of the trained weights. */
  readonly weights: string;
  /** How long it took. */
  readonly seconds: number;
}

/** When, by which code and where a row came to be. */
export interface Provenance {
  /** The form of the row; {@linkcode FORMAT} now. */
  readonly format: number;
  /** When it was done, as ISO 8601 in UTC. */
  readonly date: string;
  /** The commit, where there is one; with a plus where files were changed since. */
  readonly commit?: string;
  /** Deno's version. */
  readonly deno: string;
  /** System, processor, cores. */
  readonly machine: string;
}

/** A row as it stands in a file. */
export type Row = (ExperimentRow | FailedRow) & Partial<Provenance>;

/** The form of rows that this version writes, and the only one that it reads. */
export const FORMAT = 2;

/** How a row begins, whatever its settings. */
const BEGINNING = /^\{"id":"[0-9a-f]{12}","settings":\{/;

/**
 * The rows in a text; a last one that was cut off in the middle is left out.
 *
 * @param text Whole lines, and maybe the beginning of one, or one that lacks only the end of its line.
 * @param path What the text is called in errors.
 * @returns The rows, and how many characters at the end belong to none: nothing that could be somebody else's.
 * @throws {SyntaxError} If a line is no row, or a row of another version.
 */
export function parseRows(text: string, path: string): { rows: Row[]; torn: number } {
  const lines = text.split("\n"), rest = lines.pop()!, where = (i: number) => `Cannot read "${path}": line ${i + 1}`;
  const rows = lines.map((line, i) => parseRow(line, where(i)));
  if (!rest) return { rows, torn: 0 };
  try {
    return { rows: [...rows, parseRow(rest, where(lines.length))], torn: 0 };
  } catch (error) {
    const begun = rest.startsWith('{"id":') || '{"id":'.startsWith(rest);
    if ((error as Error).cause && (rows.length && begun || BEGINNING.test(rest))) return { rows, torn: rest.length };
    throw error; // a file that is not ours is left alone
  }
}

function parseRow(line: string, where: string): Row {
  let row: Partial<Row> | null = null, cause: unknown; // of what is no JSON
  try {
    row = JSON.parse(line);
  } catch (error) {
    cause = error;
  }
  if (typeof row?.id !== "string" || typeof row.settings !== "object") {
    throw new SyntaxError(`${where} is no row of an experiment`, { cause });
  }
  if (row.format !== FORMAT) {
    throw new SyntaxError(
      `${where} was written by another version (format ${row.format ?? 1}, this one has ${FORMAT}): name another file`,
    );
  }
  return row as Row;
}

/** The rows of a file; none where there is no file. Throws as {@linkcode parseRows}. */
export async function readRows(path: string): Promise<Row[]> {
  return parseRows(await textOf(path), path).rows;
}

async function textOf(path: string): Promise<string> {
  return await readText(path).catch((error) => {
    if (error.cause instanceof Deno.errors.NotFound) return "";
    throw error;
  });
}

/** A file that rows are added to. Nobody else can add to it meanwhile. Close it when done. */
export class RowFile implements AsyncDisposable {
  private constructor(
    /** The rows that were there. */
    readonly rows: readonly Row[],
    private readonly path: string,
    private readonly file: Deno.FsFile,
  ) {}

  /**
   * Opens a file, or makes it; what was cut off in the middle of a row is taken away.
   *
   * @throws {SyntaxError} As {@linkcode parseRows}; the file stays as it was.
   * @throws {Error} If it cannot be written, or somebody else is adding to it.
   */
  static async open(path: string): Promise<RowFile> {
    const file = await Deno.open(path, { append: true, create: true, read: true })
      .catch((cause) => cannotWrite(path, cause));
    try {
      if (!await file.tryLock(true)) {
        throw new Error(
          `Cannot write "${path}": another experiment is adding to it; wait, or name another file (--out)`,
        );
      }
      const text = await textOf(path),
        { rows, torn } = parseRows(text, path),
        size = (part: string) => new TextEncoder().encode(part).length;
      if (torn) await file.truncate(size(text) - size(text.slice(-torn))).catch((cause) => cannotWrite(path, cause));
      else if (text && !text.endsWith("\n")) {
        await file.write(Uint8Array.of(10)).catch((cause) => cannotWrite(path, cause));
      }
      return new RowFile(rows, path, file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Adds a row at the end, whole or not at all: a full disk may take the beginning of it. */
  add(row: Row): void {
    const bytes = new TextEncoder().encode(JSON.stringify(row) + "\n"), end = this.file.statSync().size;
    try {
      for (let done = 0; done < bytes.length;) done += this.file.writeSync(bytes.subarray(done));
    } catch (cause) {
      this.file.truncateSync(end);
      cannotWrite(this.path, cause);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.unlock();
    this.file.close();
  }
}

function cannotWrite(path: string, cause: unknown): never {
  throw new Error(`Cannot write "${path}": ${writeFault(cause)}`, { cause });
}

/** Whether a row need not be made again: it was done, or ran away and would do so again. */
export function isSettled(row: Row): boolean {
  return !("error" in row) || row.diverged;
}

/** Rows of several files as one: of each training the first that is settled, else the last try. */
export function mergeRows(files: readonly (readonly Row[])[]): Row[] {
  const merged = new Map<string, Row>();
  for (const row of files.flat()) {
    const before = merged.get(row.id);
    if (!before || !isSettled(before)) merged.set(row.id, row);
  }
  return [...merged.values()];
}

/**
 * Rows that were recorded before, to be drawn and compared without waiting; trainings that came to nothing are left out.
 *
 * @param name A grid of `data/recorded/`, such as `rates`; or the path of a file, such as `runs/mine.jsonl`.
 * @throws {Error} If there is no such file.
 */
export async function recordedRows(name: string): Promise<ExperimentRow[]> {
  const path = resolve(fileURLToPath(projectFile("")), name.endsWith(".jsonl") ? name : `data/recorded/${name}.jsonl`);
  const text = await Deno.readTextFile(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Cannot read rows "${name}": there is no such file; make it by "deno task experiment GRID.json", or name one of data/recorded/`,
    );
  });
  return parseRows(text, name).rows.filter((row): row is ExperimentRow => !("error" in row));
}
