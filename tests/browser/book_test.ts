import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import axe from "npm:axe-core@4.14.1";
import { withBook } from "./book.ts";
import { CHROMIUM, type Page } from "./chromium.ts";

Deno.test({
  name: "book: plots answer, search finds, on a phone nothing sticks out",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}09_evaluate_honestly.html`);
    const plots = await page.locator("figure.plotted").count();
    assert(plots >= 4);
    await page.locator("figure.plotted").first().scrollIntoViewIfNeeded();
    await page.locator("figure.plotted .main-svg").first().waitFor();
    assertEquals(await page.locator("figure.plotted").first().locator("img").isVisible(), false);

    await page.fill("#search", "softmax maximum");
    await page.locator("#found a").first().waitFor();
    const found = await page.locator("#found a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const [place] = found.filter((href) => href!.startsWith("04_forward.html#"));
    assert(place, String(found));
    await page.goto(book + place); // the heading that it names is there
    assertEquals(await page.locator(`[id="${place.split("#")[1]}"]`).count(), 1);
    await page.fill("#search", "xyzzy");
    await page.locator("#found", { hasText: "Nothing found" }).waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ["index", "04_forward", "14_five_networks_and_the_bug_museum", "walk", "draw"]) {
      await page.goto(`${book}${name}.html`);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0, name);
    }
  }));

/** An exercise of the page: its cell, what it says when its code has run, and how it is written. */
function exerciseIn(page: Page, id: string) {
  const cell = page.locator("section.exercise", { hasText: `check("${id}"` }), said = cell.locator(".outputs");
  const press = async (name: string) => {
    await cell.evaluate((section) => delete (section as HTMLElement).dataset.state);
    await cell.getByRole("button", { name, exact: true }).click();
    await cell.and(page.locator('[data-state="done"], [data-state="failed"]')).waitFor();
    return await said.innerText();
  };
  return { cell, said, press, editor: cell.locator(".cm-content") };
}

Deno.test({
  name:
    "book: an exercise is written in its cell, judged as in the notebook, hinted at and solved; what was written stays",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}07_backprop_in_matrices.html`);
    const { cell, said, press, editor } = exerciseIn(page, "07a");
    await cell.scrollIntoViewIfNeeded();
    assertStringIncludes(await editor.innerText(), "// your turn"); // it is open for writing
    assertStringIncludes(await press("Check"), "Not tried yet");
    const attempt = async (body: string) => {
      await editor.fill(
        `function biasGradient(dZ: number[][]): number[] {\n  ${body}\n}\nawait check("07a", biasGradient);`,
      );
      return await press("Check");
    };
    assertStringIncludes(await attempt("return dZ.map((r) => r.reduce((a, b) => a + b));"), "The 1/m is missing");
    assertStringIncludes(await attempt("return dZ.map(r => ;"), "SyntaxError: line 2");
    assertStringIncludes(await attempt("return dZ.map((r) => r.reduce((a, b) => a + b) / r.length);"), "Right");
    assertMatch(await press("Hint"), /^Hint 1 of 3/);
    const solution = await press("Solution");
    await editor.fill(`${solution}\nawait check("07a", biasGradient);`); // as it stands there, it is right
    assertStringIncludes(await press("Check"), "✓ Exercise 07a");
    await editor.fill('function biasGradient() { for (;;); }\nawait check("07a", biasGradient);');
    await cell.getByRole("button", { name: "Check" }).click();
    await cell.getByText("a loop that never ends? Press Stop").waitFor();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await said.getByText("It did not stop by itself").waitFor(); // and the page lives
    await page.reload();
    await cell.scrollIntoViewIfNeeded();
    assertStringIncludes(await editor.innerText(), "for (;;)"); // what was written is kept
    await page.goto(`${book}14_five_networks_and_the_bug_museum.html`);
    const progress = page.locator("section.cell", { hasText: "await progress();" });
    await progress.getByRole("button", { name: "Run", exact: true }).click();
    await progress.getByText(/^1 of \d+ exercises solved \(kept in this browser\)/).waitFor();
  }));

Deno.test({
  name: "book: the workshop is solved in the page, its network trains there, and the pad and chapter 14 know it",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}09w_workshop.html`);
    const ids = ["init", "forward", "loss", "backward", "update", "miniBatches", "train"];
    const training = page.locator("section.cell", { hasText: "await trainYours(" });
    assertEquals(await page.locator("section.exercise").count(), ids.length);
    for (const id of ids) {
      const { cell, press, editor } = exerciseIn(page, id);
      await cell.scrollIntoViewIfNeeded();
      const solution = await press("Solution"), code = `${solution}\nawait check("${id}", ${id});`;
      if (id === "backward") {
        await editor.fill(code.replace("z > 0", "z >= -9"));
        assertStringIncludes(await press("Check"), "dZ2 wrong: largest difference");
      }
      await editor.fill(code);
    }
    await training.getByRole("button", { name: "Run above" }).click();
    await training.getByText("Kept: chapter 14").waitFor({ timeout: 120_000 }); // the last that it says
    assertMatch(
      await training.locator(".outputs").innerText(),
      /yours: (\d\d\.\d %) of 1,000[^]*the library's: \1.*the same numbers/,
    );
    await training.locator(".js-plotly-plot").waitFor();
    assertEquals(await training.locator(".scatterlayer .trace").count(), 2);

    await page.goto(`${book}draw.html`);
    await page.locator(".network", { hasText: "your network" }).waitFor();
    assertMatch((await page.locator(".network").last().textContent())!, /784-16-10, written by you; reads \d\d/);
    await page.goto(`${book}14_five_networks_and_the_bug_museum.html`);
    const chart = page.locator("figure.plotted").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.locator(".ytick", { hasText: "your network" }).waitFor();
  }));

Deno.test(
  { name: "book: axe finds nothing serious, light and dark", ignore: !CHROMIUM },
  () =>
    withBook({}, async (page, book) => {
      for (const name of ["index", "04_forward", "09_evaluate_honestly", "NOTATION", "walk"]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.goto(`${book}${name}.html`);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate("axe.run({ preload: false })") as axe.AxeResults;
          const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
          assertEquals(
            serious.map(({ id, nodes }) =>
              `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 4).join("\n")}`
            ),
            [],
          );
        }
      }
    }),
);
