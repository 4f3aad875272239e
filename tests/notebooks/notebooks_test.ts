import { assert, assertEquals } from "@std/assert";
import { defaultSource } from "../../lib/files/sources.ts";
import { compareOutputs } from "./compare_outputs.ts";
import { EXERCISES, numberOf } from "../../lib/course/catalogue.ts";
import { CHAPTERS } from "../../lib/course/chapters/mod.ts";
import { solutionNotebooks } from "../../tools/maintain/make_solutions.ts";
import {
  type Cell,
  listNotebooks,
  readNotebook,
  sourceOf,
  writeNotebook,
} from "../../tools/notebooks/notebook_file.ts";
import { projectPath, ROOT } from "../../tools/root.ts";
import { PictureDrawer } from "../../tools/notebooks/pictures.ts";
import { type NotebookRun, runNotebook } from "../../tools/notebooks/run_notebooks.ts";

const paths = await listNotebooks();

/** Notebooks whose trained accuracies come from one seed, and why. */
const ONE_SEED: Readonly<Record<string, string>> = {
  "notebooks/09w_workshop.ipynb": "one seed, so that the reader's numbers can be the library's",
  "notebooks/13_your_own_digit.ipynb": "one network is asked; what its seeds do is in chapters 12 and 14",
};

Deno.test("every chapter has its notebook, in reading order, under its title and with its guesses and exercises", async () => {
  assertEquals(paths, CHAPTERS.map(({ name }) => `notebooks/${name}.ipynb`));
  const numbers = CHAPTERS.map(numberOf).filter((number) => number !== "09w");
  assertEquals(numbers, numbers.map((_, i) => String(i).padStart(2, "0")));
  for (const { name, title, guesses, exercises } of CHAPTERS) {
    const { cells } = await readNotebook(new URL(`notebooks/${name}.ipynb`, ROOT));
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(sourceOf).join("\n");
    const named = (word: string) =>
      Array.from(code.matchAll(new RegExp(`await (?:lib\\.)?${word}\\(\\s*"([\\w-]+)"`, "g")), ([, id]) => id!);
    assert(sourceOf(cells[0]!).startsWith(`# ${title.split(":")[0]}:`), `${name} must begin with its title, ${title}`);
    assertEquals(named("guess"), guesses, name);
    assertEquals(named("reveal").toSorted(), guesses.toSorted(), name);
    assertEquals(named("check").toSorted(), exercises.map(({ id }) => id).toSorted(), name);
  }
});

for (const path of paths) {
  Deno.test(`${path} is a notebook that one can read and trust`, async () => {
    const file = await Deno.readTextFile(new URL(path, ROOT)),
      { cells, metadata } = await readNotebook(new URL(path, ROOT));
    const code = cells.filter((cell) => cell.cell_type === "code"),
      outputs = code.flatMap((cell) => cell.outputs ?? []);
    const script = outputs.map(({ data }) => JSON.stringify(data?.["application/javascript"] ?? "").length); // all have it
    const bytes = file.length - script.reduce((a, b) => a + b, 0);
    assert(bytes < 500_000, `${bytes} bytes`);
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
      const most = tags.includes("setup") ? 12 : 20; // it is folded away
      assert(lines <= most, `${cell.id} has ${lines} lines, ${most} at most`);
      const texts = (cell.outputs ?? []).map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""));
      assert(texts.join("\n").split("\n").length <= 60, `${cell.id} prints more than 60 lines`);
    }
    for (const text of outputs.map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""))) { // an accuracy alone says nothing
      const bare = /\d %\s+of\s+([\d,]+(?!\S* *\((?:95 %|\d+ seeds?))|unseen)|accuracy:? +\d[\d.]* %(?! of)/.exec(text);
      assert(
        !bare,
        `an accuracy without its interval: ${
          text.slice(Math.max(0, (bare?.index ?? 0) - 30), (bare?.index ?? 0) + 50)
        }`,
      );
    }
    const said = outputs.map(({ data }) => [data?.["text/plain"] ?? ""].flat().join("")).join("\n");
    const trains = code.some((cell) => /\b(?:train|race|trainTutorial)\(/.test(sourceOf(cell)));
    if (trains && said.includes("(95 % interval") && !(path in ONE_SEED)) {
      assert(/\([2-9]\d* seeds, /.test(said), "an accuracy that a training produced, and nothing on other seeds");
    }
    for (const kind of ["guess", "check"]) {
      const wanted = kind === "check" ? 1 : path.includes("/09w_") ? 0 : 2; // the workshop asks for functions
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
      `${path}: run "deno run -A tools/maintain/make_solutions.ts"`,
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

/** All notebooks, two kernels at a time; they start when the first of these tests does, not when this file is loaded. */
let started: Map<string, Promise<NotebookRun>> | undefined;
function runs(): Map<string, Promise<NotebookRun>> {
  if (started) return started;
  started = new Map();
  const turns = [Promise.resolve(), Promise.resolve()], pictures = new PictureDrawer(); // it ends with the tests
  for (const [i, path] of paths.entries()) {
    const run = turns[i % 2]!.then(() => runNotebook(projectPath(path), { pictures }));
    started.set(path, run);
    turns[i % 2] = run.then(() => {}, () => {});
  }
  return started;
}

for (const path of paths) {
  // the kernels of the other notebooks run meanwhile, hence no sanitizers
  Deno.test({
    name: `${path} runs on the real kernel and shows what is recorded`,
    sanitizeOps: false,
    sanitizeResources: false,
  }, async () => {
    const { notebook } = await runs().get(path)!;
    if (defaultSource() !== "drawn") return assert(notebook.cells.length > 0); // other digits, other outputs: its own checks have run
    assertEquals(compareOutputs(await readNotebook(new URL(path, ROOT)), notebook), []);
  });
}
