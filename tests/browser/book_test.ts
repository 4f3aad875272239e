import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import axe from "npm:axe-core@4.14.1";
import { withBook } from "./book.ts";
import { CHROMIUM } from "./chromium.ts";

Deno.test({
  name: "book: plots answer, search finds, exercises are judged, on a phone nothing sticks out",
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

    await page.goto(`${book}07_backprop_in_matrices.html`);
    const box = page.locator('.try[data-id="07a"]'),
      say = async () => {
        await box.locator("output:not(.running)").waitFor();
        return await box.locator("output").textContent();
      };
    await box.getByRole("button", { name: "Check" }).click();
    assertStringIncludes((await say())!, "Not tried yet");
    const attempt = async (body: string) => {
      await box.locator("textarea").fill(`function biasGradient(dZ) {\n  ${body}\n}`);
      await box.getByRole("button", { name: "Check" }).click();
      return (await say())!;
    };
    assertStringIncludes(await attempt("return dZ.map((r) => r.reduce((a, b) => a + b));"), "The 1/m is missing");
    assertStringIncludes(await attempt("return dZ.map((r: number[]) => 0);"), "without the types");
    assertStringIncludes(await attempt("for (;;);"), "did not come to an end within five seconds"); // and the page lives:
    assertStringIncludes(await attempt("return dZ.map((r) => r.reduce((a, b) => a + b) / r.length);"), "✓ Right");
    await box.getByRole("button", { name: "Hint" }).click();
    assertMatch((await say())!, /^Hint 1 of 3/);
    await box.getByRole("button", { name: "Solution" }).click();
    await box.locator("textarea").fill((await say())!); // as it stands there, it is right
    await box.getByRole("button", { name: "Check" }).click();
    assertStringIncludes((await say())!, "✓ Right");
    await page.reload();
    assertStringIncludes(await page.locator("#try-07a").inputValue(), "unit.length"); // what was typed is kept

    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ["index", "04_forward", "14_five_networks_and_the_bug_museum", "walk", "draw"]) {
      await page.goto(`${book}${name}.html`);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0, name);
    }
  }));

Deno.test({
  name: "book: the workshop is solved in the page, its network trains there, and the pad and chapter 14 know it",
  ignore: !CHROMIUM,
}, () =>
  withBook({}, async (page, book) => {
    await page.goto(`${book}09w_workshop.html`);
    const parts = page.locator(".try"), training = page.locator(".train-yours"), said = training.locator("output");
    assertEquals(await parts.count(), 7);
    await training.getByRole("button", { name: "Train" }).click();
    await said.filter({ hasText: "None of the seven parts is right yet" }).waitFor();
    await training.getByRole("button", { name: "Stop" }).click();
    assertEquals(await said.textContent(), "Stopped.");
    for (const box of await parts.all()) {
      await box.getByRole("button", { name: "Solution" }).click();
      await box.locator("textarea").fill((await box.locator("output").textContent())!);
    }
    const backward = page.locator('.try[data-id="backward"]'), code = await backward.locator("textarea").inputValue();
    await backward.locator("textarea").fill(code.replace("z > 0", "z >= -9"));
    await backward.getByRole("button", { name: "Check" }).click();
    await backward.locator("output.wrong", { hasText: "dZ2 wrong: largest difference" }).waitFor();
    await backward.locator("textarea").fill(code);
    await training.getByRole("button", { name: "Train" }).click();
    await said.filter({ hasText: "the same numbers" }).waitFor({ timeout: 120_000 });
    assertMatch((await said.textContent())!, /^It reads (\d\d\.\d %) of 1,000 unseen digits; the library's \1/);
    assertEquals(await training.locator(".plot .scatterlayer .trace").count(), 2);

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
