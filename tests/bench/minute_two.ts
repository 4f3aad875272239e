// How long until a reader sees something, and has a digit of their own read: chapter 00 in JupyterLab, cell by cell, from a copy of the
// project with packages at hand. Needs Chromium and the Python of tests/README.md.
import { sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { notebookIn, withJupyter } from "../browser/jupyter.ts";

await withJupyter("lab", async ({ open }) => {
  const opening = performance.now(), page = await open("notebooks/00_start_here.ipynb"), ready = performance.now();
  const sources = (await notebookIn(page)).cells.map(sourceOf),
    since = () => ((performance.now() - ready) / 1000).toFixed(1);
  const board = sources.findIndex((source) => source.includes("padView("));
  await page.evaluate("globalThis.jupyterapp.shell.currentWidget.content.activeCellIndex = 0");
  await page.evaluate("globalThis.jupyterapp.shell.currentWidget.content.activate()");
  await page.locator(".jp-OutputArea-output img").first().evaluate((image) =>
    (image as unknown as { remove(): void }).remove()
  );
  const outputs = (i: number) => page.locator(`.jp-Cell[data-windowed-list-index="${i}"] .jp-OutputArea-output img`);
  let first = "";
  for (let i = 0; i <= board; i++) {
    await page.keyboard.press("Shift+Enter");
    if (first || !/show\(/.test(sources[i]!)) continue;
    await outputs(i).first().waitFor();
    first = since();
  }
  const pad = page.locator('.digits-view[data-view="pad"] .digits-live .panel').first();
  await pad.waitFor();
  await pad.scrollIntoViewIfNeeded();
  const there = since(), box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 150, box.y + 50);
  await page.mouse.down();
  for (let y = 50; y <= 230; y += 15) await page.mouse.move(box.x + 150, box.y + y);
  await page.mouse.up();
  await page.locator('.digits-view[data-view="pad"] .say', { hasText: /^It says \d/ }).waitFor();
  console.log(`opened in ${((ready - opening) / 1000).toFixed(1)} s; from the first Shift-Enter, in seconds:`);
  console.log(`first picture ${first}, the board is there ${there}, a digit of one's own is read ${since()}`);
}, { settings: { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } } });
