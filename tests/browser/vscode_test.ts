import { assert, assertEquals } from "@std/assert";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { listNotebooks, readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { ROOT } from "../../tools/root.ts";
import { compareOutputs } from "../notebooks/compare_outputs.ts";
import type { Page } from "./chromium.ts";
import { inExplorer, VSCODE_IN_CHROMIUM, withVscode } from "./vscode.ts";

const ALL = Deno.env.get("DIGITS_FRONT_ENDS") === "all";
const paths = (await listNotebooks()).filter((_, i) => ALL || i === 11);

/** Opens a notebook in VS Code's own notebook editor. */
async function openNotebook(page: Page, path: string): Promise<void> {
  const name = path.split("/").at(-1)!;
  await inExplorer(page, name).dblclick();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".notebook-toolbar-container", { hasText: "Deno for tests" }).waitFor();
}

const button = (page: Page, name: string) =>
  page.locator(".notebook-toolbar-container").getByRole("button", { name, exact: true });

/** Runs all cells and saves the notebook with their outputs. */
async function runAll(page: Page): Promise<void> {
  await button(page, "Run All").click();
  await button(page, "Interrupt").waitFor();
  await button(page, "Interrupt").waitFor({ state: "hidden", timeout: 180_000 });
  await page.locator(".tab.active.dirty").waitFor();
  await page.keyboard.press("Control+s");
  await page.locator(".tab.active:not(.dirty)").waitFor();
}

/** What the outputs' own frame shows as text. */
const outputs = (page: Page) => page.frameLocator("iframe.webview.ready").frameLocator("#active-frame").locator("body");

Deno.test({
  name: "VS Code: notebooks open as saved, run whole in its notebook editor, and no output is lost",
  ignore: !VSCODE_IN_CHROMIUM,
}, () =>
  withVscode(async (page, folder) => {
    for (const path of paths) {
      const recorded = await readNotebook(new URL(path, ROOT)), file = pathToFileURL(`${folder}/${path}`);
      await openNotebook(page, path);
      await outputs(page).locator("img").first().waitFor(); // the map of the course, saved as a picture
      await Deno.utime(file, 1, 1); // whatever is read below was saved by VS Code
      await runAll(page);
      assert((await Deno.stat(file)).mtime!.getFullYear() > 1970);
      assertEquals(compareOutputs(recorded, await readNotebook(file)), [], path);
      assertEquals(await page.locator(".unicode-highlight").count(), 0, `${path}: characters are boxed`);
      await page.keyboard.press("Control+k");
      await page.keyboard.press("w");
    }
  }));

Deno.test({
  name: "VS Code: an exercise is typed and judged, training is watched and stopped, and goes on",
  ignore: !VSCODE_IN_CHROMIUM,
}, () =>
  withVscode(async (page) => {
    const path = "notebooks/00_start_here.ipynb";
    await openNotebook(page, path);
    await runAll(page);
    const sources = (await readNotebook(new URL(path, ROOT))).cells.map(sourceOf);
    const goTo = async (cell: number) => { // the status bar tells where one is; a key pressed in an output's frame may come late
      const at = page.locator(".statusbar-item", { hasText: /^Cell \d+ of/ });
      for (let tries = 300; tries > 0; tries--) {
        await page.keyboard.press("Escape"); // out of the cell, to its list
        const away = cell + 1 - Number((await at.innerText()).match(/\d+/)?.[0]);
        if (away === 0) return;
        await page.keyboard.press(away > 0 ? "ArrowDown" : "ArrowUp");
        await wait(50);
      }
      throw new Error(`cell ${cell + 1} is not reached: ${await at.innerText()}`);
    };
    const type = async (words: string, code: string) => {
      await button(page, "Interrupt").waitFor({ state: "hidden" }); // or the cell's button would stop what still runs
      await goTo(sources.findIndex((text) => text.includes(words)));
      await page.keyboard.press("Enter");
      const editor = page.locator(".monaco-list-row.focused .monaco-editor.focused");
      await editor.waitFor();
      const lines = async () =>
        (await editor.locator(".view-line").allInnerTexts()).map((line) => line.replaceAll("\u00a0", " "));
      const wanted = code.split("\n").sort().join("\n"); // the lines stand in the page in any order
      for (let tries = 20; (await lines()).sort().join("\n") !== wanted; tries--) {
        assert(tries > 0, `not typed: ${code}`); // keys go elsewhere where the editor is not yet listening
        await editor.locator(".view-lines").click({ position: { x: 5, y: 5 } });
        await page.keyboard.press("Control+Home");
        await page.keyboard.press("Control+Shift+End"); // Control-A may still mean an output's text, after a click into one
        await page.keyboard.insertText(code);
        await wait(100);
      }
      await page.locator(".monaco-list-row.focused .run-button-container .action-label").first().click();
    };
    await goTo(0); // the pictures' script is in the first code's output, which must have been in sight
    for (let tries = 100; !await outputs(page).evaluate("globalThis.digitsViews"); tries--) {
      assert(tries > 0, "the script has not run");
      await wait(100);
    }
    await goTo(sources.findIndex((text) => text.includes("padView(")) + 1);
    const pad = outputs(page).locator('.digits-view[data-view="pad"] .digits-live');
    await pad.locator(".panel").first().click({ position: { x: 140, y: 100 } });
    await pad.locator(".say", { hasText: /^It says \d/ }).waitFor();
    await type("your turn", 'function sum(a, b) { return a - b; }\nawait lib.check("00a", sum);');
    await outputs(page).getByText("✗").first().waitFor({ state: "attached" });
    await type("your turn", 'function sum(a, b) { return a + b; }\nawait lib.check("00a", sum);');
    await outputs(page).getByText("✓").first().waitFor({ state: "attached" }); // perhaps below the window
    await type(
      "A first network learns",
      'const long = await lib.train(start, lib.examplesOf(train), { live: "Long", iterations: 100_000, learningRate: 0.1 });',
    );
    const progress = outputs(page).locator("progress").first();
    await progress.waitFor();
    const value = await progress.getAttribute("value");
    for (let tries = 100; await progress.getAttribute("value") === value; tries--) {
      assert(tries > 0, "the progress bar stands still");
      await wait(100);
    }
    await button(page, "Interrupt").click();
    await progress.waitFor({ state: "detached" });
    await type("your turn", "await lib.log(`kept ${long.stopped} ${long.iterations > 0}`);");
    await outputs(page).getByText("kept true true").waitFor();
  }));
