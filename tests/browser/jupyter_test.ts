import { assert, assertEquals } from "@std/assert";
import { listNotebooks, type Notebook, readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { ROOT } from "../../tools/root.ts";
import { compareOutputs } from "../notebooks/compare_outputs.ts";
import type { Locator, Page } from "./chromium.ts";
import { command, type FrontEnd, JUPYTER_IN_CHROMIUM, notebookIn, type Session, withJupyter } from "./jupyter.ts";

const NAMES: Readonly<Record<FrontEnd, string>> = { lab: "JupyterLab", notebook: "Jupyter Notebook" };
/** With DIGITS_FRONT_ENDS=all, every notebook in every front end; otherwise they take turns, and VS Code with them. */
const ALL = Deno.env.get("DIGITS_FRONT_ENDS") === "all";
const paths = await listNotebooks();

const saved = (path: string) => readNotebook(new URL(path, ROOT));

/** Two readers at a time, each with the next notebook: the kernels get in each other's way, as in a course. */
async function twoAtATime(todo: readonly string[], action: (path: string) => Promise<void>): Promise<void> {
  const left = [...todo];
  const reader = async () => {
    for (let path = left.shift(); path; path = left.shift()) await action(path);
  };
  await Promise.all([reader(), reader()]);
}

for (const kind of ["lab", "notebook"] as const) {
  Deno.test({
    name: `${NAMES[kind]}: notebooks look as saved, saving them changes nothing, and all cells run`,
    ignore: !JUPYTER_IN_CHROMIUM,
  }, () =>
    withJupyter(kind, async ({ open, folder }) => {
      const todo = ALL ? paths : paths.filter((_, i) => kind === "lab" ? i % 8 === 0 : i === 3);
      await twoAtATime(todo, async (path) => {
        const page = await open(path), before = await saved(path);
        await assertShown(page, before, `${path}, as saved`); // not trusted: it was never run here
        await Deno.utime(`${folder}/${path}`, 1, 1);
        await command(page, "docmanager:save");
        assert((await Deno.stat(`${folder}/${path}`)).mtime!.getFullYear() > 1970, "it was saved");
        assertEquals(
          await Deno.readTextFile(`${folder}/${path}`) === await Deno.readTextFile(new URL(path, ROOT)),
          true,
          `${path}: saved as opened, it must stay as it is`,
        );
        await command(page, "notebook:run-all-cells");
        assertEquals(compareOutputs(before, await notebookIn(page)), [], path);
        await assertShown(page, before, `${path}, as run`);
        await page.close();
      });
    }, { settings: { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } } })); // all cells in the page at once
}

/** Waits until the page shows as many outputs and pictures as the notebook holds, or says what it shows instead. */
async function assertShown(page: Page, { cells }: Notebook, where: string): Promise<void> {
  const held = cells.flatMap(({ outputs = [] }) => outputs);
  const wanted = { outputs: held.length, pictures: held.filter(({ data }) => data?.["image/png"]).length };
  let shown = { outputs: -1, pictures: -1 };
  for (let tries = 40; tries > 0 && JSON.stringify(shown) !== JSON.stringify(wanted); tries--) {
    await page.waitForTimeout(250);
    const pictures = await page.locator(".jp-OutputArea-output img").evaluateAll((images) =>
      images.filter((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0).length
    );
    shown = { outputs: await page.locator(".jp-OutputArea-child").count(), pictures };
  }
  assertEquals(shown, wanted, where);
}

/** The cells of a page's notebook by words in their code as it was opened; a cell that is asked for comes into view. */
async function cellsOf(page: Page): Promise<(words: string) => Promise<Locator>> {
  const sources = (await notebookIn(page)).cells.map(sourceOf);
  return async (words) => {
    const index = sources.findIndex((source) => source.includes(words));
    await page.evaluate(`(async () => {
      const { content } = globalThis.jupyterapp.shell.currentWidget;
      content.activeCellIndex = ${index};
      await content.scrollToItem(${index});
    })()`);
    return page.locator(`.jp-Cell[data-windowed-list-index="${index}"]`);
  };
}

/** Types code into a cell in place of what is there, and runs it as people do. */
async function type(page: Page, cell: Locator, code: string): Promise<void> {
  await cell.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
  await page.keyboard.press("Shift+Enter");
}

const output = (cell: Locator, text: string | RegExp) => cell.locator(".jp-OutputArea-output", { hasText: text });

/** What a reader does in chapter 00 and 13. */
async function readersWay({ open }: Session): Promise<void> {
  const page = await open("notebooks/00_start_here.ipynb"), cell = await cellsOf(page);
  assert(await page.locator(".jp-Cell .jp-Placeholder").first().isVisible(), "the set-up cell is folded");
  await command(page, "notebook:run-all-cells");

  const exercise = await cell("your turn");
  await type(page, exercise, 'function sum(a, b) { return a - b; }\nawait lib.check("00a", sum);');
  await output(exercise, /✗/).waitFor();
  await type(page, exercise, 'function sum(a, b) { return a + b; }\nawait lib.check("00a", sum);');
  await output(exercise, /✓/).waitFor();

  const plot = (await cell("A first network learns")).locator(".jp-RenderedPlotly");
  await plot.hover(); // with Python's plotly installed, the picture becomes the plot
  await plot.locator(".main-svg").first().waitFor();

  const training = await cell("A first network learns");
  await type(
    page,
    training,
    `await lib.log("begun");
const options = { live: "Long", iterations: 100_000, learningRate: 0.1, record: (k) => k % 10 === 0 };
const long = await lib.train(start, lib.examplesOf(train), options);`,
  );
  await output(training, "begun").waitFor(); // what is shown from here on is this training's, not the one's before
  await training.locator(".jp-RenderedHTMLCommon svg").first().waitFor(); // a drawing below the bar, until it is done
  await page.locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt"]').first().click();
  await training.locator(".jp-InputPrompt", { hasText: /\[\d+\]/ }).waitFor();
  const after = await cell("your turn");
  await type(page, after, "await lib.log(`kept ${long.stopped} ${long.iterations > 0}`);");
  await output(after, "kept true true").waitFor();
  await page.close();

  const own = await open("notebooks/13_your_own_digit.ipynb"), ownCell = await cellsOf(own);
  const opener = await ownCell("openPad();");
  await type(own, opener, 'await (await import("../lib/mod.ts")).openPad();');
  const pad = opener.frameLocator("iframe"), canvas = pad.locator("canvas").first();
  await canvas.waitFor({ timeout: 180_000 }); // five networks are trained for it first
  assertEquals(await pad.locator("#digit").innerText(), "–");
  const box = (await canvas.boundingBox())!;
  await own.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await own.mouse.down();
  await own.mouse.move(box.x + box.width / 2, box.y + box.height * 3 / 4, { steps: 20 });
  await own.mouse.up();
  await pad.locator("#digit", { hasText: /^1$/ }).waitFor();
}

for (const kind of ["lab", "notebook"] as const) {
  Deno.test({
    name: `${
      NAMES[kind]
    }: exercises are typed and judged, plots answer, training is watched and stopped, the pad reads`,
    ignore: !JUPYTER_IN_CHROMIUM,
  }, () => withJupyter(kind, readersWay));
}

Deno.test({
  name: "JupyterLab: started inside notebooks/, in the dark theme, the same notebook runs the same",
  ignore: !JUPYTER_IN_CHROMIUM,
}, () =>
  withJupyter("lab", async ({ open }) => {
    const page = await open("09_evaluate_honestly.ipynb"), path = "notebooks/09_evaluate_honestly.ipynb";
    assertEquals(await page.locator("body").getAttribute("data-jp-theme-light"), "false");
    await command(page, "notebook:run-all-cells");
    assertEquals(compareOutputs(await saved(path), await notebookIn(page)), []);
  }, { root: "notebooks", settings: { "@jupyterlab/apputils-extension:themes": { theme: "JupyterLab Dark" } } }));
