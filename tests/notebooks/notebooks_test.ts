import { assert, assertEquals } from "@std/assert";
import { defaultSource } from "../../lib/data/sources.ts";
import { compareOutputs } from "../../tools/compare_outputs.ts";
import { EXERCISES } from "../../lib/course/exercises/mod.ts";
import { solutionNotebooks } from "../../tools/make_solutions.ts";
import { type Cell, listNotebooks, readNotebook, ROOT, sourceOf, writeNotebook } from "../../tools/notebook_file.ts";
import { formattedNotebooks } from "../../tools/sync_cells.ts";
import { type NotebookRun, projectPath, runNotebook } from "../../tools/run_notebooks.ts";

const paths = await listNotebooks();

Deno.test("the notebooks are in reading order, each linked to the next", async () => {
  assertEquals(paths.map((path) => Number(path.slice(10, 12))), [...paths.keys()]);
  assertEquals(paths.length, 15);
  for (const [i, path] of paths.slice(0, -1).entries()) {
    const last = sourceOf((await readNotebook(new URL(path, ROOT))).cells.at(-1)!);
    assert(last.includes(`](${paths[i + 1]!.slice(10)})`), `${path} must end with a link to ${paths[i + 1]}`);
  }
});

Deno.test("the notebooks are formatted", async () => {
  for (const [path, text] of await formattedNotebooks(paths)) {
    assert(text === await Deno.readTextFile(new URL(path, ROOT)), `${path} is not formatted: run "deno task sync"`);
  }
});

for (const path of paths) {
  Deno.test(`${path} is a notebook that one can read and trust`, async () => {
    const file = await Deno.readTextFile(new URL(path, ROOT)),
      { cells, metadata } = await readNotebook(new URL(path, ROOT));
    const code = cells.filter((cell) => cell.cell_type === "code"),
      outputs = code.flatMap((cell) => cell.outputs ?? []);
    assert(file.length < 500_000, `${file.length} bytes`);
    assert(
      !/(\/home\/|\/root\/|\/work\/|\/tmp\/|file:\/\/)/.test(file.replaceAll(/"image\/png": "[^"]*"/g, "")),
      "a path of one machine",
    );
    assertEquals((metadata.kernelspec as { name: string }).name, "deno");
    assertEquals(new Set(cells.map(({ id }) => id)).size, cells.length);
    assertEquals(code.map((cell) => cell.execution_count), code.map((_, i) => i + 1)); // run once, in order
    assert(
      outputs.every(({ output_type }) => output_type === "display_data"),
      "an output that is not awaited can be lost",
    );
    assert(!outputs.some(({ data }) => String(data?.["text/html"]).includes("<progress")), "a progress bar was saved");
    assert(outputs.some(({ data }) => data?.["image/png"]), "no picture");
    assert(outputs.filter(({ data }) => data?.["application/vnd.digits.key+json"]).length === 1, "one key number");
    for (const cell of code) {
      const tags = cell.metadata.tags ?? [], lines = sourceOf(cell).split("\n").length;
      assert(tags.includes("setup") || lines <= 40, `${cell.id} has ${lines} lines`);
      const texts = (cell.outputs ?? []).map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""));
      assert(texts.join("\n").split("\n").length <= 60, `${cell.id} prints more than 60 lines`);
    }
    for (const text of outputs.map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""))) { // an accuracy alone says nothing
      const bare = /\d %\s+of\s+([\d,]+(?!\S* *\(95 %)|unseen)|accuracy:? +\d[\d.]* %(?! of)/.exec(text);
      assert(
        !bare,
        `an accuracy without its interval: ${
          text.slice(Math.max(0, (bare?.index ?? 0) - 30), (bare?.index ?? 0) + 50)
        }`,
      );
    }
    for (const kind of ["guess", "check"]) {
      const wanted = kind === "guess" ? 2 : 1;
      const found = code.filter((cell) => new RegExp(`await (lib\\.)?${kind}\\(`).test(sourceOf(cell))).length;
      assert(found >= wanted, `${found} cells with ${kind}(), at least ${wanted} wanted`);
    }
  });
}

Deno.test("notebooks/solutions/ is what make_solutions.ts makes, and every solution is right on the real kernel", async () => {
  const wanted = await solutionNotebooks(), all: Cell[] = [];
  for (const [path, notebook] of wanted) {
    assertEquals(
      await readNotebook(new URL(path, ROOT)),
      notebook,
      `${path}: run "deno run -A tools/make_solutions.ts"`,
    );
    all.push(...notebook.cells.filter(({ cell_type }) => cell_type === "code"));
  }
  const [first] = wanted.values(), together = "notebooks/solutions/test_together.ipynb"; // one kernel in place of fifteen
  try {
    await writeNotebook(new URL(together, ROOT), { ...first!, cells: all });
    const { notebook } = await runNotebook(projectPath(together));
    const said = notebook.cells.flatMap(({ outputs }) => outputs ?? []).map(({ data }) => String(data?.["text/plain"]));
    assertEquals(said.filter((text) => text.startsWith("✓")).length, EXERCISES.length, said.join("\n"));
  } finally {
    await Deno.remove(new URL(together, ROOT));
  }
});

/** Two kernels at a time, in the order of the notebooks. */
const runs = new Map<string, Promise<NotebookRun>>();
const turns = [Promise.resolve(), Promise.resolve()];
for (const [i, path] of paths.entries()) {
  const run = turns[i % 2]!.then(() => runNotebook(projectPath(path)));
  runs.set(path, run);
  turns[i % 2] = run.then(() => {}, () => {});
}

for (const path of paths) {
  // the kernels of the other notebooks run meanwhile, hence no sanitizers
  Deno.test({
    name: `${path} runs on the real kernel and shows what is recorded`,
    sanitizeOps: false,
    sanitizeResources: false,
  }, async () => {
    const { notebook } = await runs.get(path)!;
    if (defaultSource() !== "drawn") return assert(notebook.cells.length > 0); // other digits, other outputs: its own checks have run
    assertEquals(compareOutputs(await readNotebook(new URL(path, ROOT)), notebook), []);
  });
}
