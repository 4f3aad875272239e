/**
 * Runs notebooks on a real kernel, cell by cell, and keeps every output.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { type Execution, KernelError, type KernelSpec, type Output } from "./kernel/messages.ts";
import { Kernel } from "./kernel/client.ts";
import { type Notebook, readNotebook, sourceOf, toLines } from "./notebook_file.ts";
import type { PictureDrawer } from "./pictures.ts";
import { runDeno } from "../run_deno.ts";
import { JUPYTER_PATH } from "../setup.ts";

/** A notebook that was run to its end. */
export interface NotebookRun {
  /** The notebook with the new outputs. */
  readonly notebook: Notebook;
  /** How long it took, with the kernel's start. */
  readonly seconds: number;
  /** What it calls its key number, if it has one. */
  readonly keyNumber: { readonly what: string; readonly value: string } | null;
}

/** Seconds: a cell that never ends is to be told from one that learns for minutes beside others on a slow machine. */
export const CELL_LIMIT = 900;

/** How to run a notebook. */
export interface RunOptions {
  /** Seconds each cell may take; {@linkcode CELL_LIMIT} where nothing is said. */
  readonly cellLimit?: number;
  /** Called before each code cell. */
  readonly onCell?: (done: number, of: number) => void;
  /** The kernel to start; the one that set-up wrote where nothing is said. */
  readonly spec?: KernelSpec;
  /** Who draws the pictures; the kernel itself where nothing is said. */
  readonly pictures?: PictureDrawer;
}

/** A cell failed; the message says where and why. */
export class CellError extends Error {
  /** Made by {@linkcode runNotebook}. */
  constructor(message: string) {
    super(message);
    this.name = "CellError";
  }
}

/** The kernelspec that set-up wrote for our own use. */
export async function ownKernelSpec(): Promise<KernelSpec> {
  const file = new URL("kernels/deno/kernel.json", JUPYTER_PATH);
  try {
    const spec: KernelSpec = JSON.parse(await Deno.readTextFile(file));
    return { ...spec, env: { ...spec.env, DIGITS_PROGRESS: "off" } }; // a run of ours is nobody's progress
  } catch {
    throw new KernelError('Cannot find the kernel: run "deno task learn" or "deno run -A tools/setup.ts" first');
  }
}

/**
 * Runs one notebook from the first cell to the last, in its own folder, in a fresh kernel.
 *
 * @param path The notebook.
 * @param options Limits and progress.
 * @throws {CellError} If a cell fails, takes too long or ends the kernel: notebook, cell, line, source line and reason.
 * @throws {KernelError} If the kernel does not come up.
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<NotebookRun> {
  const { cellLimit = CELL_LIMIT, onCell, spec = await ownKernelSpec(), pictures } = options;
  const started = performance.now(), notebook = await readNotebook(path), drawn: Promise<void>[] = [];
  const env = { ...spec.env, ...pictures && { DIGITS_PICTURES: "later" } };
  const kernel = await Kernel.start({ ...spec, env }, dirname(path) || ".");
  try {
    const cells = notebook.cells.map((cell, index) => ({ cell, index })).filter(({ cell }) =>
      cell.cell_type === "code"
    );
    for (const [done, { cell, index }] of cells.entries()) {
      onCell?.(done, cells.length);
      const code = sourceOf(cell), where = `${basename(path)}, cell ${index + 1}`;
      let execution: Execution;
      try {
        execution = await kernel.execute(code, cellLimit * 1000);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        throw new CellError(`${where}: ${error.message}`);
      }
      if (execution.status === "error") throw new CellError(await explain(where, code, execution, dirname(path)));
      cell.execution_count = execution.count;
      const finish = async (output: Output) => {
        const drawing = pictures?.finish(output).catch((error) =>
          Promise.reject(new CellError(`${where}: ${error.message}`))
        );
        return stored(await drawing ?? output);
      };
      drawn.push(Promise.all(execution.outputs.map(finish)).then((outputs) => void (cell.outputs = outputs)));
      drawn.at(-1)!.catch(() => {}); // said below
    }
    await Promise.all(drawn);
  } finally {
    await kernel.shutdown();
  }
  return { notebook, seconds: (performance.now() - started) / 1000, keyNumber: keyNumberOf(notebook) };
}

/** An output in the form Jupyter saves: long texts line by line. */
function stored(output: Output): Output {
  const lines = (value: unknown, type: string) =>
    typeof value === "string" && !type.endsWith("png") && !type.endsWith("json") ? toLines(value) : value;
  if (output.output_type === "stream") return { ...output, text: toLines(output.text) };
  if (!output.data) return output;
  const data = Object.entries(output.data).sort(([a], [b]) => a < b ? -1 : 1).map((
    [type, value],
  ) => [type, lines(value, type)]);
  return { ...output, data: Object.fromEntries(data) };
}

function keyNumberOf(notebook: Notebook): NotebookRun["keyNumber"] {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.map((output) => output.data?.["application/vnd.digits.key+json"]).findLast((key) => key) ?? null;
}

/** Where a cell failed and why, with the line it happened on. */
async function explain(where: string, code: string, { outputs }: Execution, folder: string): Promise<string> {
  const error = outputs.find((output) => output.output_type === "error");
  if (!error) { // the kernel swallows syntax errors and packages it cannot find: ask the compiler
    const reason = await compilerSays(code, folder);
    return `${where}${reason ? `: ${reason}` : ": failed without a message"}`;
  }
  const lines = code.split("\n"),
    frames = [...(error.traceback as string[]).join("\n").matchAll(/<anonymous>:(\d+):\d+/g)];
  const last = Number(frames.at(-1)?.[1]), line = last <= lines.length ? last : undefined; // the outermost: this cell's own
  const source = line && lines[line - 1];
  return `${where}${line ? `, line ${line}` : ""}: ${error.ename}: ${error.evalue}${
    source ? `\n    ${source.trim()}` : ""
  }`;
}

async function compilerSays(code: string, folder: string): Promise<string> {
  const file = await Deno.makeTempFile({ dir: resolve(folder), prefix: "cell_", suffix: ".nbcheck.ts" });
  try {
    await Deno.writeTextFile(file, code);
    const { text } = await runDeno(["cache", file]);
    const line = text.match(/\.nbcheck\.ts:(\d+)/)?.[1];
    const [message = ""] = text.match(/^error: [\s\S]*?(?=\n\s*at |\n\nStack|$)/m) ?? [];
    const clean = message.replace("error: ", "").replace(/ at file:\S+/g, "").trim();
    return clean && `${line ? `line ${line}: ` : ""}${clean}`;
  } finally {
    await Deno.remove(file);
  }
}
