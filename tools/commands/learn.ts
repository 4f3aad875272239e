/**
 * Runs the course: every notebook in order on the real kernel, executed copies and a book, one table at the end.
 *
 * @module
 */
import { basename } from "node:path";
import { defaultSource } from "../../lib/files/sources.ts";
import { writeFault } from "../../lib/files/write_file.ts";
import { writeBook } from "./book.ts";
import { parseCommand, run, wholeNumber } from "../command.ts";
import { inOrder } from "../in_order.ts";
import { killKernels } from "../notebooks/kernel/launch.ts";
import { listNotebooks, writeNotebook } from "../notebooks/notebook_file.ts";
import { projectPath, ROOT } from "../root.ts";
import { PictureDrawer } from "../notebooks/pictures.ts";
import { CELL_LIMIT, type NotebookRun, ownKernelSpec, runNotebook } from "../notebooks/run_notebooks.ts";

/** How many kernels work at once at most, and the bytes that each may take. */
const MOST_KERNELS = 4, KERNEL_BYTES = 7e8;

if (import.meta.main) {
  const { values } = parseCommand({
    name: "learn",
    summary: "Runs every notebook in order, writes the executed copies and an HTML book to book/, and prints a table.",
    options: {
      "commit-outputs": { type: "boolean", help: "also write the outputs into notebooks/ (drawn digits only)" },
      "cell-limit": { type: "string", value: "SECONDS", help: `how long one cell may take (${CELL_LIMIT})` },
    },
    notes: ["The notebooks run on real digits once MNIST is here (deno task data, or DIGITS_DATA names its folder)."],
  });
  await run(async () => {
    const cellLimit = wholeNumber("cell-limit", values["cell-limit"], 1, 100_000);
    if (values["commit-outputs"] && defaultSource() !== "drawn") {
      throw new Error(
        "Cannot commit outputs made with MNIST: they must be those that every machine can reproduce; set DIGITS_DATA=drawn",
      );
    }
    const spec = await ownKernelSpec(), runs = new Map<string, NotebookRun>(), paths = await listNotebooks();
    await Deno.mkdir(new URL("book/notebooks/", ROOT), { recursive: true }).catch((cause) => {
      throw new Error(`Cannot write to book/: ${writeFault(cause)}`, { cause });
    });
    Deno.addSignalListener("SIGINT", () => {
      killKernels();
      progress("");
      Deno.exit(130); // as a shell says: ended by Ctrl-C
    });
    const started = performance.now();
    using pictures = new PictureDrawer();
    const running = new Map<string, string>();
    const runOne = async (path: string) => {
      const name = basename(path, ".ipynb");
      return await runNotebook(projectPath(path), {
        spec,
        pictures,
        cellLimit,
        onCell: (done, of) => {
          running.set(name, `${name}: cell ${done + 1} of ${of}`);
          progress([...running.values()].join("; "));
        },
      }).finally(() => running.delete(name));
    };
    const room = Math.floor(Deno.systemMemoryInfo().available / KERNEL_BYTES);
    const atOnce = Math.max(1, Math.min(MOST_KERNELS, room, navigator.hardwareConcurrency + 1)); // cells wait for outputs, too
    console.log(`${paths.length} notebooks, ${atOnce} at a time; of each its key number:\n`);
    try {
      for await (const [path, result] of inOrder(paths, atOnce, runOne)) {
        const { seconds, keyNumber } = result, key = keyNumber ? `${keyNumber.what}: ${keyNumber.value}` : "";
        progress("");
        console.log(`${basename(path, ".ipynb").padEnd(34)} ${seconds.toFixed(1).padStart(5)} s   ${key}`);
        runs.set(path, result);
      }
    } finally {
      killKernels(); // where one notebook has failed, the others need not go on
    }
    progress("writing the pages to book/");
    for (const [path, { notebook }] of runs) { // only now that all have run: no mixture of old and new
      await writeNotebook(new URL(`book/${path}`, ROOT), notebook);
      if (values["commit-outputs"]) await writeNotebook(new URL(path, ROOT), notebook);
    }
    await writeBook(new Map([...runs].map(([path, { notebook }]) => [path, notebook])));
    progress("");
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`\n${runs.size} notebooks in ${seconds} seconds. Read the book: open book/index.html in a browser;`);
    console.log("draw a digit, and six networks read it: book/draw.html.");
    console.log(
      'To step through the notebooks yourself: "deno task kernel" once, then open notebooks/00_start_here.ipynb in VS Code',
    );
    console.log('(with the Jupyter extension) or in Jupyter, and choose the kernel "Deno". README.md has the details.');
    return 0;
  });
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
}
