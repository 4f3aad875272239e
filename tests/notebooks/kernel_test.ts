import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type Execution, KernelError } from "../../tools/notebooks/kernel/messages.ts";
import { Kernel } from "../../tools/notebooks/kernel/client.ts";
import { LEFT_TO_DRAW, PictureDrawer } from "../../tools/notebooks/pictures.ts";
import { CellError, ownKernelSpec, runNotebook } from "../../tools/notebooks/run_notebooks.ts";
import { projectPath } from "../../tools/root.ts";
import { withFolder } from "../with_folder.ts";

const spec = await ownKernelSpec(), folder = projectPath("notebooks");
const textOf = ({ outputs }: Execution) => outputs.map((o) => o.text ?? o.data?.["text/plain"]);

async function withKernel(action: (kernel: Kernel) => Promise<void>): Promise<void> {
  const kernel = await Kernel.start(spec, folder);
  try {
    await action(kernel);
  } finally {
    await kernel.shutdown();
  }
}

/** A notebook in a file of its own, beside the real ones so that ../lib/ is where it should be. */
async function withNotebook(sources: string[], action: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ dir: folder, prefix: "test_", suffix: ".ipynb" });
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `c${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  await Deno.writeTextFile(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  try {
    await action(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("no output is lost or lands in another cell: 200 one-line cells beside two busy processes", async () => {
  const runs = Number(Deno.env.get("DIGITS_KERNEL_RUNS") ?? 1);
  const busy = Array.from(
    { length: 2 },
    () => new Deno.Command(Deno.execPath(), { args: ["eval", "while (true) Math.sqrt(2)"], stdin: "null" }).spawn(),
  );
  try {
    for (let run = 0; run < runs; run++) {
      await withKernel(async (kernel) => {
        for (let i = 0; i < 200; i++) {
          const code = [
            `${i}`,
            `console.log("${i}")`,
            `await Deno.jupyter.display({ "text/plain": "${i}" }, { raw: true })`,
          ][i % 3]!;
          assertEquals(
            textOf(await kernel.execute(code, 10_000)).map((text) => text.trim()),
            [String(i)],
            `run ${run}, cell ${i}: ${code}`,
          );
        }
      });
    }
  } finally {
    for (const process of busy) {
      process.kill("SIGKILL");
      await process.status;
    }
  }
});

Deno.test("a display that is updated changes where it stands, also from a later cell", () =>
  withKernel(async (kernel) => {
    const send = (kind: string, text: string) =>
      `await Deno.jupyter.broadcast("${kind}", { data: { "text/plain": "${text}" }, metadata: {}, transient: { display_id: "d" } })`;
    const first = await kernel.execute(send("display_data", "running"), 10_000);
    const second = await kernel.execute(send("update_display_data", "done"), 10_000);
    assertEquals([textOf(first), textOf(second)], [["done"], []]);
  }));

Deno.test("a cell that leaves a talking timer behind ends all the same", () =>
  withKernel(async (kernel) => {
    assertEquals(
      (await kernel.execute("setInterval(() => console.log('x'), 20); console.log('done')", 5000)).status,
      "ok",
    );
  }));

Deno.test("a kernel that is killed in the middle of a cell is noticed within two seconds", () =>
  withKernel(async (kernel) => {
    const running = kernel.execute("while (true);", 60_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const killed = performance.now();
    Deno.kill(kernel.pid, "SIGKILL");
    await assertRejects(() => running, KernelError, "The kernel ended unexpectedly (SIGKILL)");
    assert(performance.now() - killed < 2000);
  }));

Deno.test("a kernel that does not come up, and a program that is none, end in one sentence", async () => {
  await assertRejects(
    () => Kernel.start({ argv: ["no-such-program", "x"] }, folder, 2000),
    KernelError,
    "Cannot start the kernel",
  );
  const quits = { argv: [Deno.execPath(), "eval", "1"] };
  await assertRejects(() => Kernel.start(quits, folder, 5000), KernelError, "ended at once");
  const silent = { argv: [Deno.execPath(), "eval", "setInterval(() => {}, 1000)"] };
  await assertRejects(() => Kernel.start(silent, folder, 1000), KernelError, "did not come up within 1 seconds");
});

Deno.test("a kernel that ends at once, as where another program took its port, is started again", () =>
  withFolder(async (folder) => {
    const second = ["sh", "-c", '[ -e "$0" ] || { touch "$0"; exit 1; }; exec "$@"', `${folder}/has been here`];
    const kernel = await Kernel.start({ ...spec, argv: [...second, ...spec.argv] }, folder);
    assertEquals((await kernel.execute("1", 10_000)).status, "ok");
    await kernel.shutdown();
  }));

Deno.test("runNotebook(): pictures that our own thread draws are, byte for byte, those that the kernel draws", () =>
  withNotebook([
    'import * as lib from "../lib/mod.ts";\nconst set = lib.drawDigits(4, 1);',
    'await lib.show(lib.barsFigure(["a", "b"], [{ name: "s", values: [0.2, NaN] }], { title: "T", x: "x", y: "y", caption: "Two." }));',
    'await lib.show(lib.digitGallery(set, [0, 1], { caption: "Two digits." }));\nawait lib.show(lib.networkView("product"));',
  ], async (path) => {
    using pictures = new PictureDrawer();
    const [theirs, ours] = [await runNotebook(path, { spec }), await runNotebook(path, { spec, pictures })];
    assertEquals(ours.notebook.cells, theirs.notebook.cells);
    const drawn = ours.notebook.cells.flatMap(({ outputs = [] }) => outputs.filter(({ data }) => data?.["image/png"]));
    assertEquals(drawn.length, 3);
    const unknown = { output_type: "display_data", data: { [LEFT_TO_DRAW]: { svg: "<svg" } } } as const;
    await assertRejects(() => pictures.finish(unknown), Error, "Cannot draw a picture: ");
  }));

const failures: [name: string, cells: string[], message: string][] = [
  [
    "an error that is thrown",
    ["const a = 1;", "// one\nconst b = a;\nthrow new RangeError('too far');"],
    "cell 2, line 3: RangeError: too far\n    throw new RangeError('too far');",
  ],
  [
    "an error inside lib/",
    ['import { matrix } from "../lib/mod.ts";\nmatrix(-1, 2);'],
    "cell 1, line 2: RangeError: Cannot make a matrix: rows must be a whole number from 0, got -1",
  ],
  ["a syntax error, which the kernel swallows", ["const x = 1;\nconst y = ;"], "cell 1: line 2: "],
  ["a package that does not exist", ['import "npm:no-such-package-of-digits@1";'], "no-such-package-of-digits"],
  ["a cell that ends the kernel", ["Deno.exit(3)"], "cell 1: The kernel ended unexpectedly (exit status 3)"],
  ["a cell that never ends", ["while (true);"], "cell 1: The cell took longer than 2 seconds"],
];
for (const [name, cells, message] of failures) {
  Deno.test(`runNotebook() says where and why: ${name}`, () =>
    withNotebook(cells, async (path) => {
      const error = await assertRejects(() => runNotebook(path, { spec, cellLimit: 2 }), CellError);
      assertStringIncludes(error.message, message);
      assert(/^test_\w+\.ipynb, cell \d/.test(error.message), error.message);
    }));
}

Deno.test("the stop button stops training and keeps everything; training can be resumed", () =>
  withKernel(async (kernel) => {
    const setUp = await kernel.execute(
      `import * as lib from "../lib/mod.ts";
       const set = lib.drawDigits(300, 1), examples = lib.examplesOf(set);
       const start = lib.initialise([784, 10, 10], lib.seededRandom(1));
       const options = { live: "long", iterations: 100000, learningRate: 0.1 };`,
      30_000,
    );
    assertEquals(setUp.status, "ok");
    const training = kernel.execute("const result = await lib.train(start, examples, options);", 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    kernel.interrupt();
    const stopped = await training;
    assertEquals(stopped.status, "ok");
    assertStringIncludes(textOf(stopped).join("\n"), "Nothing is lost");
    assert(stopped.outputs[0]!.data["image/png"], "the plot stays");
    assert(!stopped.outputs[0]!.data["text/html"], "the progress bar is gone");
    const after = await kernel.execute(
      "console.log(result.stopped, result.iterations > 10, result.network.layers.length)",
      10_000,
    );
    assertEquals(textOf(after), ["true true 2\n"]);
    const more =
      "const more = await lib.train(start, examples, { ...options, iterations: result.iterations + 5, resume: result }); console.log(more.iterations - result.iterations, more.stopped)";
    assertStringIncludes(textOf(await kernel.execute(more, 60_000)).join("\n"), "5 false");
  }));

Deno.test("a limit in seconds ends training in time; until then a drawing of our own below its bar, afterwards Plotly's", () =>
  withKernel(async (kernel) => {
    const code = `import * as lib from "../lib/mod.ts";
      const set = lib.drawDigits(300, 1), examples = lib.examplesOf(set);
      const began = performance.now();
      const result = await lib.train(lib.initialise([784, 10, 10], lib.seededRandom(1)), examples, { live: "t", iterations: 100000, learningRate: 0.1, seconds: 1, record: (k) => k % 10 === 0 });
      console.log(result.stopped, result.iterations > 0);`;
    const shown: string[] = [];
    const execution = await kernel.execute(code, 60_000, ({ outputs: [first] }) => {
      const html = String(first?.data?.["text/html"] ?? ""), plot = first?.data?.["application/vnd.plotly.v1+json"];
      const now = plot
        ? "Plotly"
        : `${html.includes("<progress") ? "bar" : ""}${html.includes("<svg") ? ", drawing" : ""}`;
      if (now && now !== shown.at(-1)) shown.push(now);
    });
    assertEquals(shown, ["bar", "bar, drawing", "Plotly"]);
    assertStringIncludes(textOf(execution).join("\n"), "true true");
    assertStringIncludes(textOf(execution).join("\n"), "(1 seconds)");
  }));

Deno.test("a kernel of Deno 2.8, which shows no error, shows that it is too old; older ones say it as an error", async () => {
  const first = (version: string) =>
    `Object.defineProperty(Deno, "version", { value: { deno: "${version}" } });
     const { log } = await import("../lib/notebook/show.ts");
     await log("shown");`;
  await withKernel(async (kernel) => {
    const [warning, shown] = textOf(await kernel.execute(first("2.8.3"), 10_000));
    assertStringIncludes(warning, "This is Deno 2.8.3, and 2.9 or newer is needed");
    assertEquals(shown, "shown");
    assertEquals(textOf(await kernel.execute('await log("again");', 10_000)), ["again"]);
  });
  await withKernel(async (kernel) => {
    const { outputs } = await kernel.execute(first("2.7.14"), 10_000);
    assertStringIncludes(outputs.at(-1)?.evalue ?? "", "This is Deno 2.7.14, and 2.9 or newer is needed");
  });
});
