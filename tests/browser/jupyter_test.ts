import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { compareOutputs } from "../../tools/maintain/compare_outputs.ts";
import { readNotebook } from "../../tools/notebooks/notebook_file.ts";
import { ROOT } from "../../tools/root.ts";
import { NOTEBOOK6, type NotebookPage, withJupyter } from "./jupyter.ts";

const ignore = !NOTEBOOK6;

/** Runs all cells; then the page must hold what is saved in the project, each output below its own cell, and show it. */
async function runsAsSaved(open: NotebookPage, name: string): Promise<void> {
  await open.runAll();
  await open.finished();
  const executed = await open.notebook();
  assertEquals(compareOutputs(await readNotebook(new URL(`notebooks/${name}`, ROOT)), executed), [], name);
  for (const { cell_type, id, outputs = [] } of executed.cells) {
    if (cell_type !== "code") continue;
    const seen = await open.seen(id), where = `${name}, cell ${id}`;
    assertEquals(seen.length, outputs.length, where);
    for (const [i, { text, source, visible, error }] of seen.entries()) {
      const { data } = outputs[i]!, png = data?.["image/png"];
      assert(visible && !error, `${where}, output ${i + 1}`);
      if (png) assertEquals(source, `data:image/png;base64,${png}`, where);
      else if (!data?.["text/html"]) assertEquals(text, [data?.["text/plain"]].flat().join("").trim(), where);
      else assert(text, where);
    }
  }
}

Deno.test({
  name: "jupyter, started in the project's folder: notebook 00 shows what is saved, and is fit to be saved",
  ignore,
}, () =>
  withJupyter(".", async ({ open, folder }) => {
    const path = "notebooks/00_start_here.ipynb", notebook = await open(path);
    await runsAsSaved(notebook, "00_start_here.ipynb");
    await notebook.save();
    const saved = await readNotebook(`${folder}/${path}`), live = saved.cells.find(({ id }) => id === "00-08")!;
    assertEquals(live.outputs!.map(({ data }) => Object.keys(data).sort()), [
      ["application/vnd.plotly.v1+json", "image/png", "text/plain"], // no progress bar; front ends with Plotly find it
    ]);
  }));

Deno.test(
  { name: "jupyter, started in notebooks/: notebook 03 shows what is saved", ignore },
  () =>
    withJupyter("notebooks", async ({ open }) => {
      const name = "03_shapes_and_starting_weights.ipynb";
      await runsAsSaved(await open(name), name);
    }),
);

Deno.test(
  { name: "jupyter, with the kernel in another folder than the notebook: 01 shows what is saved", ignore },
  () =>
    withJupyter(".", async ({ open }) => {
      await runsAsSaved(await open("notebooks/01_meet_the_data.ipynb", ""), "01_meet_the_data.ipynb");
    }),
);

Deno.test({
  name: "jupyter: one plot changes in place while training runs; the stop button ends it and keeps everything",
  ignore,
}, () =>
  withJupyter(".", async ({ open }) => {
    const notebook = await open("notebooks/00_start_here.ipynb"), training = "00-08";
    await notebook.write(training, (code) =>
      code.replace("iterations: 60", "iterations: 1e6, record: (k) => k % 20 === 0"));
    await notebook.recordChanges(training);
    await notebook.runAll();
    const states = await notebook.changes(training, 3);
    assert(
      states.some(({ bar }) =>
        bar
      ),
      "a progress bar until there is something to draw",
    );
    assertEquals(Math.max(...states.map(({ outputs }) => outputs)), 1, "one output, however often it changes");
    await notebook.stop();
    await notebook.finished();
    const [plot, said, ...others] = await notebook.seen(training);
    assert(plot!.source && plot!.visible && !others.length);
    assertMatch(said!.text, /^Stopped after \d+ of 1000000 iterations\. Nothing is lost/);
    assertMatch((await notebook.seen("00-17"))[0]!.text, /^Read after/); // the cells after it have run
    assertEquals(
      await notebook.ask("await lib.log(digits.labels.length, result.stopped, result.network.layers.length);"),
      "3000 true 2",
    );

    const quiet = await notebook.addCell();
    await notebook.write(
      quiet,
      `const more = await lib.train(result.network, { images: lib.normalise(train), labels: train.labels }, {
  iterations: 1e6,
  learningRate: 0.1,
  record: (k) => k === 5,
  onRecord: () => lib.log("under way"),
});
await lib.log(more.stopped);`,
    );
    await notebook.run();
    await (await notebook.cell(quiet)).locator(".output").getByText("under way").waitFor();
    await notebook.stop();
    await notebook.finished();
    assertEquals((await notebook.seen(quiet)).at(-1)!.text, "true");
    await notebook.stop(); // nothing runs: nothing happens
    assertEquals(await notebook.ask("await lib.log(digits.labels.length, more.stopped);"), "3000 true");
  }));

Deno.test(
  { name: "jupyter: an answer that is typed into its cell is judged, and kept with the notebook", ignore },
  () =>
    withJupyter("notebooks", async ({ open, folder }) => {
      const name = "00_start_here.ipynb", notebook = await open(name), exercise = "00-13";
      await notebook.answer("00-02", (code) => `${code} // run`);
      const attempt = (body: string) =>
        notebook.answer(exercise, (code) => code.replace(/return .*/, `return ${body};`));
      assertStringIncludes(await attempt("a - b"), "You subtract. Add.");
      assertStringIncludes(await attempt("c"), "c is not defined");
      assertStringIncludes(await attempt("a + b"), "✓ Exercise 00a");
      assertMatch(await notebook.ask("await lib.progress();"), /^00\s+00a\s[\s\S]*\n1 of \d+ exercises solved/m);
      assertStringIncludes(await notebook.ask("await lib.hint('00a');"), "Hint 1 of 3");
      await notebook.save();
      const { cells } = await readNotebook(`${folder}/notebooks/${name}`),
        saved = cells.find(({ id }) => id === exercise)!;
      assertStringIncludes([saved.source].flat().join(""), "return a + b;");
      assertStringIncludes(JSON.stringify(saved.outputs), "✓ Exercise 00a");
    }),
);

Deno.test(
  { name: "jupyter: the drawing pad opens below its cell, and the stop button leaves it alone", ignore },
  () =>
    withJupyter("notebooks", async ({ open }) => {
      const notebook = await open("00_start_here.ipynb");
      await notebook.answer("00-02", (code) => code.replace(/await.*/, "await lib.openPad();"));
      const frame = (await notebook.cell("00-02")).locator("iframe"), address = (await frame.getAttribute("src"))!;
      await frame.contentFrame().locator("#board").waitFor();
      await notebook.stop();
      assertEquals(await notebook.ask("await lib.log('here');"), "here");
      const { status, body } = await fetch(address);
      await body?.cancel();
      assertEquals(status, 200);
    }),
);
