// Pictures that answer, driven as people do, where people see them: in the book and in JupyterLab.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import axe from "npm:axe-core@4.14.1";
import { VIEWS } from "../../lib/plots/views/mod.ts";
import { savedNotebooks } from "../../tools/commands/book.ts";
import { sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { withBook } from "./book.ts";
import { CHROMIUM, type Locator, type Page, watch } from "./chromium.ts";
import { command, JUPYTER_IN_CHROMIUM, notebookIn, withJupyter } from "./jupyter.ts";

/** With DIGITS_FRONT_ENDS=all, every chapter in JupyterLab. */
const ALL = Deno.env.get("DIGITS_FRONT_ENDS") === "all";

interface Shown {
  readonly view: string;
  readonly values: unknown;
  readonly state: unknown;
  readonly answer: unknown;
}

/** What a view in the page shows, exactly; brought into view first. */
async function shown(frame: Locator): Promise<Shown> {
  await frame.scrollIntoViewIfNeeded();
  await frame.locator(".digits-live .panel svg").first().waitFor();
  await frame.page().waitForTimeout(60); // what was pushed is drawn with the next frame
  return await frame.evaluate((element) => {
    // deno-lint-ignore no-explicit-any -- in the page
    const { dataset, querySelector } = element as any, live = querySelector.call(element, ".digits-live");
    const values = JSON.parse(dataset.values);
    const plain = (_: string, value: unknown) => ArrayBuffer.isView(value) ? [...value as Uint8Array] : value;
    return { view: dataset.view, values, ...JSON.parse(JSON.stringify(live.answers, plain)) };
  });
}

/** Every number of an answer must be what this library computes, to 1e-12. */
function assertSame(found: Shown): void {
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (_, v) => ArrayBuffer.isView(v) ? [...v as Uint8Array] : v));
  const compare = (a: unknown, b: unknown, path: string): void => {
    if (typeof a === "number" && typeof b === "number") {
      return assertAlmostEquals(a, b, 1e-12 * Math.max(1, Math.abs(b)), path);
    }
    if (a && b && typeof a === "object" && typeof b === "object") {
      assertEquals(Object.keys(a), Object.keys(b), path);
      for (const key of Object.keys(a)) compare((a as never)[key], (b as never)[key], `${path}.${key}`);
    } else assertEquals(a, b, path);
  };
  const view = VIEWS[found.view]!(found.values);
  compare(found.answer, plain(view.answer(found.state)), found.view);
}

/** Whether the answer can be computed again from a state that went through JSON: not that of a training, whose state holds functions. */
const CHECKED = (view: string) => view !== "training";

/** Waits until something is so. */
async function until(so: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (let tries = 100; !await so(); tries--) {
    assert(tries > 0, otherwise);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What has the focus inside a view. */
function focused(frame: Locator): Promise<string | null> {
  return frame.locator(".digits-live").evaluate((host) =>
    // deno-lint-ignore no-explicit-any -- in the page
    (host as any).shadowRoot.activeElement?.textContent ?? null
  );
}

/** What axe finds in the views of a page. */
async function seriousIn(page: Page, path: string): Promise<string[]> {
  if (!await page.locator(".digits-view").count()) return [];
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    "axe.run({ include: ['.digits-view'] }, { preload: false })",
  ) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]!.html.slice(0, 200)}`);
}

/** Drives every control of a view by keyboard, and its pictures by the mouse, and checks each answer against the library's. */
async function driven(frame: Locator): Promise<string> {
  const page = frame.page(), { view } = await shown(frame);
  for (const slider of await frame.locator('input[type="range"]').all()) {
    await slider.focus();
    const before = await slider.inputValue();
    await page.keyboard.press(
      await slider.evaluate((input) => {
        const { value, max } = input as unknown as { value: string; max: string };
        return Number(value) < Number(max) ? "ArrowRight" : "ArrowLeft";
      }),
    );
    await page.waitForTimeout(40);
    assert(await slider.getAttribute("aria-label"), `${view}: a slider without a label`);
    if (await slider.isVisible()) {
      assert(before !== await slider.inputValue(), `${view}: ${await slider.getAttribute("aria-label")} does not move`);
    }
    if (CHECKED(view)) assertSame(await shown(frame));
  }
  const spot = frame.locator(".spot").first();
  if (await spot.count()) { // a number in the picture, dragged
    const box = (await spot.boundingBox())!, before = JSON.stringify((await shown(frame)).state);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await until(
      async () => JSON.stringify((await shown(frame)).state) !== before,
      `${view}: the number does not follow the mouse`,
    );
    assertSame(await shown(frame));
  }
  const pointed = frame.locator(".panel.pointed").first();
  if (await pointed.count()) {
    const box = (await pointed.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7, { steps: 5 });
    await page.mouse.up();
    assertSame(await shown(frame));
  }
  for (const select of await frame.locator("select").all()) {
    await select.focus();
    const before = await select.inputValue();
    await page.keyboard.press(
      await select.evaluate((list) => {
        const { selectedIndex, options } = list as unknown as { selectedIndex: number; options: { length: number } };
        return selectedIndex + 1 < options.length ? "ArrowDown" : "ArrowUp";
      }),
    );
    assert(await select.inputValue() !== before, `${view}: another one can be chosen`);
    if (CHECKED(view)) assertSame(await shown(frame));
  }
  const play = frame.getByRole("button", { name: "Play" });
  if (await play.count()) {
    const said = frame.locator(".say"), pause = frame.getByRole("button", { name: "Pause" });
    const steps = frame.locator('input[aria-label="steps"]'); // the valley stands at its last step
    if (await steps.count()) await steps.fill("0");
    const before = await said.textContent();
    await frame.getByRole("button", { name: /^(One step|\d steps)$/ }).press("Enter");
    await until(async () => await said.textContent() !== before, `${view}: a step changes nothing`);
    await play.press("Enter");
    await pause.waitFor();
    assertEquals(await focused(frame), "Pause", `${view}: the button keeps the focus`);
    const playing = await said.textContent();
    await until(async () => await said.textContent() !== playing, `${view}: it does not play`);
    await pause.press("Enter");
    await play.waitFor();
    await page.waitForTimeout(300);
    const stopped = await said.textContent();
    await page.waitForTimeout(500);
    assertEquals(await said.textContent(), stopped, `${view}: paused, it stands still`);
  }
  return view;
}

Deno.test({
  name: "views in the book: each is driven by keyboard and mouse, and its numbers are the library's to 1e-12",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    const seen = new Set<string>();
    for (const path of (await savedNotebooks()).keys()) {
      await page.goto(book + path.replace(/^notebooks\/(.*)\.ipynb$/, "$1.html"));
      const show = page.getByRole("button", { name: "Show me" }); // guesses veil
      while (await show.count()) await show.first().click();
      for (const frame of await page.locator(".digits-view").all()) {
        const kind = await frame.evaluate((element) => {
          const { view, values } = (element as unknown as { dataset: Record<string, string> }).dataset;
          return `${view} ${JSON.parse(values!).stage ?? ""}`.trim();
        });
        if (ALL || !seen.has(kind)) await driven(frame); // one of each, and of the small network one in each stage
        seen.add(kind);
      }
      assertEquals(await seriousIn(page, path), []);
    }
    assertEquals(new Set([...seen].map((kind) => kind.split(" ")[0]!)), new Set(Object.keys(VIEWS)));
  }));

Deno.test({
  name: "views on a phone: drawn on with a finger, the page still scrolls, nothing sticks out, in the dark, too",
  ignore: !CHROMIUM,
}, () =>
  withBook({ width: 390, height: 844, touch: true }, async (page, book) => {
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.goto(`${book}00_start_here.html`);
    const pad = page.locator('.digits-view[data-view="pad"]');
    await shown(pad);
    assertEquals(await pad.locator(".view.dark").count(), 1);
    const box = (await pad.locator(".panel").first().boundingBox())!, touch = await page.context().newCDPSession(page);
    const finger = (type: string, x: number, y: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type: type as "touchStart",
        touchPoints: type === "touchEnd" ? [] : [{ x, y }],
      });
    const scrolled = () => page.evaluate("scrollY") as Promise<number>, top = await scrolled();
    await finger("touchStart", box.x + box.width * 0.4, box.y + box.height * 0.2);
    for (let k = 1; k <= 12; k++) {
      await finger("touchMove", box.x + box.width * 0.4, box.y + box.height * (0.2 + 0.05 * k));
    }
    await finger("touchEnd", 0, 0);
    assertEquals(await scrolled(), top, "a board that is drawn on does not scroll the page");
    await pad.locator(".say", { hasText: /^It says \d, with / }).waitFor();
    assertSame(await shown(pad));

    for (
      const name of [
        "00_start_here",
        "03_shapes_and_starting_weights",
        "06_backprop_by_hand",
        "11_a_smarter_step_lbfgs",
        "walk",
      ]
    ) {
      await page.goto(`${book}${name}.html`);
      for (const frame of await page.locator(".digits-view").all()) {
        await shown(frame);
      }
      assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0, name);
    }
    await page.setViewportSize({ width: 320, height: 400 }); // a screen of 1280 at 400 %
    for (const name of ["00_start_here", "06_backprop_by_hand"]) {
      await page.goto(`${book}${name}.html`);
      for (const frame of await page.locator(".digits-view").all()) await shown(frame);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0, `${name} at 400 %`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${book}06_backprop_by_hand.html`);
    const slope = page.locator('.digits-view[data-view="slope"]');
    await shown(slope);
    const chart = (await slope.locator(".panel").first().boundingBox())!, before = await scrolled();
    await finger("touchStart", chart.x + 200, chart.y + 200);
    for (let k = 1; k <= 10; k++) await finger("touchMove", chart.x + 200, chart.y + 200 - 20 * k);
    await finger("touchEnd", 0, 0);
    await until(
      async () => await scrolled() > before + 50,
      "a finger that moves up over a chart does not scroll the page",
    );
  }));

Deno.test({
  name: "views without scripts and on paper: the picture stands there, with its sentence",
  ignore: !CHROMIUM,
}, async () => {
  await withBook({ script: false }, async (page, book) => {
    for (const path of (await savedNotebooks()).keys()) {
      await page.goto(book + path.replace(/^notebooks\/(.*)\.ipynb$/, "$1.html"));
      for (const frame of await page.locator(".digits-view").all()) {
        const figure = frame.locator("xpath=preceding-sibling::figure[1]");
        assert(await figure.locator("img").isVisible());
        assert((await figure.locator("figcaption").textContent())!.length > 30);
      }
    }
  });
  await withBook({}, async (page, book) => {
    await page.goto(`${book}06_backprop_by_hand.html`);
    const frame = page.locator(".digits-view").first(), still = frame.locator("xpath=preceding-sibling::figure[1]");
    await shown(frame);
    assertEquals([await still.isVisible(), await frame.locator(".digits-live").isVisible()], [false, true]);
    await page.emulateMedia({ media: "print" });
    assertEquals([await still.isVisible(), await frame.locator(".digits-live").isVisible()], [true, false]);
  });
});

Deno.test({
  name:
    "JupyterLab: pictures answer when the notebook was run, and a still one stands there before; without a kernel they go on",
  ignore: !JUPYTER_IN_CHROMIUM,
}, () =>
  withJupyter("lab", async ({ open }) => {
    const page = await open("notebooks/00_start_here.ipynb"), { errors } = watch(page);
    const pad = page.locator('.digits-view[data-view="pad"]'),
      cellOf = async (words: string) => {
        const index = (await notebookIn(page)).cells.findIndex((cell) => sourceOf(cell).includes(words));
        await page.evaluate(`(async () => {
        const { content } = globalThis.jupyterapp.shell.currentWidget;
        content.activeCellIndex = ${index};
        await content.scrollToItem(${index});
      })()`);
      };
    await cellOf("lib.padView(");
    const hint = page.locator(".jp-OutputArea-output", { hasText: "This picture answers, where scripts may run" });
    await hint.first().waitFor(); // not trusted, since it was never run here: the picture and this sentence
    assertEquals(await page.locator(".digits-live").count(), 0);
    const pictures = page.locator(".jp-OutputArea-output img:visible"), before = await pictures.count();

    await command(page, "notebook:run-all-cells");
    await cellOf("lib.padView(");
    await shown(pad);
    const board = (await pad.locator(".panel").first().boundingBox())!;
    await page.mouse.move(board.x + 150, board.y + 50);
    await page.mouse.down();
    for (let y = 50; y <= 230; y += 20) await page.mouse.move(board.x + 150, board.y + y);
    await page.mouse.up();
    await pad.locator(".say", { hasText: /^It says \d, with / }).waitFor();
    assertSame(await shown(pad));

    assert(await pictures.count() < before, "the still picture makes room");

    await page.evaluate("globalThis.jupyterapp.shell.currentWidget.sessionContext.shutdown()"); // the kernel is dead
    await cellOf("lib.trainingView(");
    const training = page.locator('.digits-view[data-view="training"]');
    await shown(training);
    await training.getByRole("button", { name: "One step" }).press("Enter");
    await training.locator(".say", { hasText: /^Step 1: loss/ }).waitFor();
    assertEquals(errors.filter((error) => !/kernel|WebSocket|404|Failed to load resource/i.test(error)), []);
    await page.close();

    const again = await open("notebooks/06_backprop_by_hand.ipynb");
    await command(again, "notebook:run-all-cells");
    await command(again, "notebook:run-all-cells"); // once more: every view is new
    const first = again.locator(".digits-view").first();
    await shown(first);
    const count = (await notebookIn(again)).cells.length;
    await first.getByRole("button", { name: "Fill in the numbers" }).press("Enter");
    await first.locator(".blank input").focus();
    await again.keyboard.type("xxdd00.4"); // as commands of the notebook these would cut, delete and restart
    await again.keyboard.press("Enter");
    await first.locator(".blank output", { hasText: "is no number" }).waitFor();
    await first.locator(".blank input").fill("0.4");
    await again.keyboard.press("Enter");
    await first.locator(".blank", { hasText: "z¹₂" }).waitFor();
    await again.keyboard.type("0.5"); // the field of the next number has the focus
    assertEquals(await first.locator(".blank input").inputValue(), "0.5");
    assertEquals((await notebookIn(again)).cells.length, count);
    assertEquals(await again.locator(".jp-Dialog").count(), 0);
    await again.close();
  }, { settings: { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } } }));

Deno.test({
  name:
    "JupyterLab: in a trusted notebook each picture answers as it was saved, and its numbers are the library's to 1e-12",
  ignore: !JUPYTER_IN_CHROMIUM,
}, () =>
  withJupyter("lab", async ({ open }) => {
    const paths = (await savedNotebooks()).keys().toArray().filter((_, i) => ALL || [6, 13].includes(i));
    for (const path of paths) {
      const page = await open(path), { errors, requests } = watch(page);
      const trusting = command(page, "notebook:trust");
      await page.locator(".jp-Dialog .jp-mod-accept").click();
      await trusting;
      for (const frame of await page.locator(".digits-view").all()) await driven(frame);
      assertEquals(await seriousIn(page, path), []);
      assertEquals(errors, [], path);
      assertEquals(requests.filter((url) => !/^(data|blob):|^http:\/\/127\.0\.0\.1:/.test(url)), []);
      await page.close();
    }
  }, { settings: { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } } }));
