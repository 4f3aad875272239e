// Cells that run in the book's pages: every chapter from disk, without a network, and what readers do to a cell.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import { CHAPTERS } from "../../lib/course/chapters/mod.ts";
import { slice } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { respondWithFile } from "../../tools/pages/serve.ts";
import { parseNotebook, readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { withBook } from "./book.ts";
import { CHROMIUM, type Locator, type Page } from "./chromium.ts";

const all = Deno.env.get("DIGITS_FRONT_ENDS") === "all";
const SOME = ["04_forward", "13_your_own_digit"];

/** Runs all cells of the page, one after the other; says what failed. */
async function runAll(page: Page): Promise<string[]> {
  const cells = page.locator("section.cell"), count = await cells.count();
  await cells.nth(count - 1).getByRole("button", { name: "Run above" }).click();
  await page.waitForFunction(
    `document.querySelector('[data-state="failed"]') || document.querySelectorAll('[data-state="done"]').length === ${count}`,
    undefined,
    { timeout: 240_000 },
  );
  return await page.locator('[data-state="failed"]').evaluateAll((sections) =>
    sections.map((one) => `${one.id}: ${one.textContent}`)
  );
}

Deno.test({
  name:
    "book: chapters run in the page from top to bottom, from disk, every assertion passes (all with DIGITS_FRONT_ENDS=all)",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.context().setOffline(true);
    for (const name of all ? CHAPTERS.map(({ name }) => name) : SOME) {
      await page.goto(`${book}${name}.html`);
      const key = page.locator(".outputs", { has: page.locator("strong") }).last(), before = await key.innerText();
      assertEquals(await runAll(page), [], name);
      if (name !== "09w_workshop") assertEquals(await key.innerText(), before, `${name}: the key number`);
    }
  }));

Deno.test({
  name: "book: a cell is changed, run, stopped, breaks, and is put back; what was typed stays",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}08_update_and_train.html`);
    const cell = (n: number) => page.locator("section.cell").nth(n),
      said = (one: Locator) => one.locator(".outputs").innerText();
    const type = async (one: Locator, text: string) => {
      if (await one.getByRole("button", { name: "Edit" }).isVisible()) {
        await one.getByRole("button", { name: "Edit" }).click();
      }
      await one.locator(".cm-content").fill(text);
    };
    const ended = async (one: Locator) =>
      await one.and(page.locator(':is([data-state="done"], [data-state="failed"])')).waitFor();
    const first = cell(1);
    await type(first, "const answer: number = 6 * 7;\nlet steps = 0;\nanswer");
    await first.locator(".cm-content").press("Shift+Enter"); // the set-up cell runs before it, by itself
    await ended(first);
    assertMatch(await said(first), /^42$/);
    const second = cell(3);
    await type(
      second,
      "const dataset = lib.drawDigits(3, 1);\nawait log(dataset.labels.length, answer);\nthrow new RangeError('no further');",
    );
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertStringIncludes(await said(second), "3 42");
    assertStringIncludes(await said(second), "RangeError in line 3: no further");
    await type(second, "const broken = ;");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertMatch(await said(second), /SyntaxError: line 1: /);
    await type(second, "await Deno.writeTextFile('x', 'y');");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertStringIncludes(await said(second), "Deno.writeTextFile is not here: this runs only in the notebook");
    await type(
      second,
      "for (const act of [() => Deno.remove('x'), () => Deno.rename('x', 'y'), () => Deno.mkdir('z')]) await log(await act().catch(String));",
    );
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    for (const name of ["remove", "rename", "mkdir"]) {
      assertStringIncludes(await said(second), `Deno.${name} is not here`);
    }
    await type(second, "fetch('https://example.org/')");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertStringIncludes(await said(second), "no request leaves this page");
    await type(second, "console.log('x'.repeat(5e7)); for (let i = 0; i < 3000; i++) console.log('y'.repeat(1000));");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertMatch(await said(second), /x … \(50,000,001 characters in all\)/);
    assert((await said(second)).length < 250_000);
    await type(second, "for (;;) steps++;");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await ended(second);
    assertStringIncludes(await said(second), "It did not stop by itself");
    await type(second, "answer");
    await second.getByRole("button", { name: "Run", exact: true }).click();
    await ended(second);
    assertStringIncludes(await said(second), "answer is not defined"); // the kernel is new
    await second.getByRole("button", { name: "Run the cells above, and this" }).click();
    await page.waitForFunction("document.querySelectorAll('section.cell')[3].dataset.state === 'done'");
    assertEquals(await said(second), "42");
    await page.reload();
    await cell(1).locator(".cm-content").waitFor();
    assertStringIncludes(await cell(1).locator(".cm-content").innerText(), "6 * 7");
    await cell(1).getByRole("button", { name: "Reset" }).click();
    assertEquals(await cell(1).getByRole("button", { name: "Edit" }).isVisible(), true);
  }));

Deno.test(
  { name: "book: a training in the page is watched, and stopped with nothing lost", ignore: !CHROMIUM },
  () =>
    withBook({}, async (page, book) => {
      await page.goto(`${book}00_start_here.html`);
      const one = page.locator("section.cell").nth(1);
      await one.getByRole("button", { name: "Edit" }).click();
      await one.locator(".cm-content").fill(
        "const set = lib.drawDigits(1000, 1);\n" +
          "const result = await lib.train(lib.initialise([784, 30, 10], lib.seededRandom(1)), lib.examplesOf(set), {\n" +
          "  iterations: 4000, learningRate: 0.1, live: 'in the page',\n});\nresult.stopped",
      );
      await one.getByRole("button", { name: "Run", exact: true }).click();
      await one.locator(".outputs progress + div svg").first().waitFor(); // a drawing of our own, until it is done
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      await one.and(page.locator('[data-state="done"]')).waitFor();
      await one.locator(".js-plotly-plot").waitFor();
      const said = await one.locator(".outputs").innerText();
      assertMatch(said, /Stopped after \d+ iterations\. Nothing is lost/);
      assert(said.trim().endsWith("true"), said);
    }),
);

Deno.test({
  name: "book: guesses are fields, what follows is veiled until one has guessed, and guesses are kept",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}04_forward.html`);
    const form = page.locator("form.guess").first(), veiled = page.locator(".veiled");
    const before = await veiled.count();
    assert(before >= 2);
    assertEquals(await page.getByText("No guess yet").first().isVisible(), false);
    await form.getByRole("button", { name: "That is my guess" }).click();
    assertStringIncludes(await form.locator("output").innerText(), "Put a number there");
    await form.locator("input").fill("0.27");
    await form.locator("input").press("Enter");
    assert(await veiled.count() < before);
    assertStringIncludes(await page.locator(".score").first().innerText(), "Well guessed: you said 0.27");
    await page.reload();
    assertStringIncludes(await page.locator(".score").first().innerText(), "Well guessed");
    await page.locator("form.guess").nth(1).getByRole("button", { name: "Show me" }).click();
    assertEquals(await veiled.count(), 0);
  }));

Deno.test({
  name: "book: the front page's pen writes by itself and is handed over; without movement where none is wanted",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}index.html`);
    const says = page.locator("#hero .says"),
      points = () => page.locator("#hero polyline").first().getAttribute("points");
    await page.waitForFunction("document.querySelector('#hero .says').textContent.startsWith('7,')", undefined, {
      timeout: 60_000,
    });
    assertMatch(await says.innerText(), /^7, \d+ % sure$/);
    const stands = async () => {
      const before = await points();
      await page.waitForTimeout(2500); // longer than it rests between two digits
      return await points() === before;
    };
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    let outOfSight = await stands();
    for (let tries = 4; tries > 0 && !outOfSight; tries--) outOfSight = await stands();
    assert(outOfSight, "it writes where nobody sees it");
    await page.evaluate("scrollTo(0, 0)");
    assert(!await stands(), "it goes on");
    await page.getByRole("button", { name: "Take the pen" }).click();
    await page.locator("#hero").getByRole("button", { name: "Clear" }).waitFor();
    await page.waitForFunction("document.activeElement.shadowRoot?.activeElement?.tabIndex === 0"); // the board has the keys
    assertEquals(await page.locator(".cards li").count(), CHAPTERS.length);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.reload();
    const still = await points();
    await page.waitForTimeout(500);
    assertEquals(await points(), still);
    assertMatch(await says.innerText(), /^7, /);
  }));

Deno.test({
  name: "book: a cell is changed and run by touch on a phone, and by keys alone, also where nothing may be kept",
  ignore: !CHROMIUM,
}, () =>
  withBook({ width: 390, height: 844, touch: true }, async (page, book) => {
    await page.addInitScript(
      "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })",
    );
    await page.goto(`${book}05_loss.html`);
    const cell = page.locator("section.cell").nth(1), said = cell.locator(".outputs");
    const done = cell.and(page.locator('[data-state="done"]'));
    await cell.getByRole("button", { name: "Edit" }).tap();
    await cell.locator(".cm-content").fill("6 * 7");
    await cell.getByRole("button", { name: "Run", exact: true }).tap();
    await done.waitFor();
    assertEquals(await said.innerText(), "42");
    assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
    await page.reload();
    await cell.getByRole("button", { name: "Run", exact: true }).focus();
    await page.keyboard.press("Tab"); // Run above
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // Edit
    await cell.locator(".cm-content:focus").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("7 * 8");
    await page.keyboard.press("Shift+Enter");
    await done.waitFor();
    assertEquals(await said.innerText(), "56");
    await page.keyboard.press("Tab"); // leaves the editor, as everywhere in a page
    assertEquals(await page.evaluate("document.activeElement.textContent"), "Run");
  }));

/** An IDX file of unsigned bytes. */
function idx(sizes: readonly number[], bytes: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  head.setUint32(0, 0x0800 + sizes.length);
  sizes.forEach((size, i) => head.setUint32(4 + 4 * i, size));
  return new Uint8Array([...new Uint8Array(head.buffer), ...bytes]);
}

Deno.test({
  name:
    "book: digits of one's own are tried, used by all chapters, kept, and given up again; no request leaves the page",
  ignore: !CHROMIUM,
}, () =>
  withBook({ meant: /Content Security Policy/ }, async (page, book) => {
    const said = page.locator(".digits output"), field = page.locator(".digits input");
    const says = (text: string) => page.locator(".digits output", { hasText: text }).waitFor();
    await page.goto(`${book}04_forward.html`);
    assertMatch(await said.innerText(), /digits that this program draws\.$/);
    await field.setInputFiles({ name: "diary.txt", mimeType: "text/plain", buffer: Buffer.from("no digits") });
    await says("found diary.txt");
    const { pixels, labels } = drawDigits(2500, 7), test = slice(drawDigits(100, 8), 0, 100);
    const files: [string, Uint8Array][] = [
      ["train-images-idx3-ubyte", idx([2500, 28, 28], pixels)],
      ["train-labels-idx1-ubyte", idx([2500], labels)],
      ["t10k-images-idx3-ubyte", idx([100, 28, 28], test.pixels)],
      ["t10k-labels-idx1-ubyte", idx([100], test.labels)],
    ];
    await field.setInputFiles(
      files.map(([name, bytes]) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) })),
    );
    await says("from your own: 2,500 pictures");
    await page.goto(`${book}05_loss.html`);
    await says("from your own: 2,500 pictures");
    const cell = page.locator("section.cell").nth(1);
    await cell.getByRole("button", { name: "Run", exact: true }).click();
    await cell.and(page.locator('[data-state="done"]')).waitFor();
    assertStringIncludes(await cell.locator(".outputs").innerText(), "2,500");
    await page.getByRole("button", { name: "Back to drawn digits" }).click();
    await says("digits that this program draws");
    await page.reload();
    await says("digits that this program draws");
    assertEquals(await page.evaluate("fetch('https://example.org/').then(() => 'left', () => 'stayed')"), "stayed");
  }));

Deno.test({
  name: "book: a chapter is downloaded as a notebook, with what was changed and written in it",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}04_forward.html`);
    const written = "function reluOf(z) {\n  return z.map((x) => Math.max(0, x));\n}";
    const exercise = page.locator("section.exercise", { hasText: 'check("04b"' });
    await exercise.scrollIntoViewIfNeeded();
    await exercise.locator(".cm-content").fill(`${written}\nawait check("04b", reluOf);`);
    const cell = page.locator("section.cell").nth(1);
    await cell.getByRole("button", { name: "Edit" }).click();
    await cell.locator(".cm-content").fill("const digits = slice(await loadDigits(), 0, 500);");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download this notebook" }).click(),
    ]);
    const notebook = parseNotebook(await Deno.readTextFile(await file.path()), "the download");
    const sources = notebook.cells.map(sourceOf);
    assertEquals(file.suggestedFilename(), "04_forward.ipynb");
    assert(sources.includes("const digits = slice(await loadDigits(), 0, 500);"));
    assert(sources.includes(`${written}\nawait check("04b", reluOf);`));
    assert(notebook.cells.every(({ outputs = [] }) => !outputs.length));
    const saved = await readNotebook(new URL("../../notebooks/04_forward.ipynb", import.meta.url));
    assertEquals(notebook.cells.map(({ id }) => id), saved.cells.map(({ id }) => id));
  }));

Deno.test({
  name: "book: what was written is saved as one file, and comes back from it",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}04_forward.html`);
    const written = page.locator(".written"), said = written.locator("output"), field = written.locator("input");
    const save = written.getByRole("button", { name: "Save all that you wrote" }),
      form = page.locator("form.guess input");
    await save.click();
    assertStringIncludes(await said.innerText(), "Nothing has been written");
    await form.first().fill("0.27");
    await form.first().press("Enter");
    const [file] = await Promise.all([page.waitForEvent("download"), save.click()]),
      text = await Deno.readTextFile(await file.path());
    await page.evaluate("localStorage.clear()");
    await page.reload();
    assertEquals(await form.first().inputValue(), "");
    const bring = (name: string, text: string) =>
      field.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
    for (const wrong of ["no JSON", "[1, 2]", "{}", '{"a": 1}']) {
      await bring("diary.json", wrong);
      await said.filter({ hasText: "diary.json is no file that was saved here." }).waitFor();
      await said.evaluate((output) => output.textContent = "");
    }
    await Promise.all([page.waitForEvent("load"), bring("digits-from-scratch.json", text)]);
    assertEquals(await form.first().inputValue(), "0.27");
  }));

Deno.test({
  name: "book: served, it may share memory; two tabs know of each other; a second visit needs no server, and cells run",
  ignore: !CHROMIUM,
}, () =>
  withBook({ meant: /127\.0\.0\.1|ERR_CONNECTION_REFUSED|Failed to fetch/ }, async (page, book) => {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    const server = Deno.serve(options, (request) => respondWithFile(request, new URL(book)));
    const cell = page.locator("section.cell").nth(1),
      run = async () => {
        await cell.getByRole("button", { name: "Run", exact: true }).click();
        await cell.and(page.locator('[data-state="done"]')).waitFor();
      };
    await page.goto(`http://127.0.0.1:${server.addr.port}/04_forward.html`);
    assertEquals(await page.evaluate("crossOriginIsolated"), true);
    await page.waitForFunction("navigator.serviceWorker.controller");
    await page.reload(); // the first visit's page came before the worker did
    await run();
    const opened = page.waitForEvent("popup");
    await page.evaluate("void open(location.href)");
    const other = await opened, same = other.locator("section.cell").nth(1);
    await same.getByRole("button", { name: "Edit" }).click();
    await same.locator(".cm-content").fill("1 + 1");
    await cell.getByText("Another tab changed this cell, too").waitFor();
    await same.getByRole("button", { name: "Reset" }).click();
    await other.close();
    await server.shutdown();
    await page.reload();
    await run();
    assertStringIncludes(await cell.locator(".outputs").innerText(), "digits drawn by this program");
  }));
