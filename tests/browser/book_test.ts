import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import axe from "npm:axe-core@4.14.1";
import { pathToFileURL } from "node:url";
import type { Notebook } from "../../tools/notebooks/notebook_file.ts";
import { frame } from "../../tools/pages/book/frame.ts";
import { render } from "../../tools/pages/book/render.ts";
import { withBook } from "./book.ts";
import { CHROMIUM, launch, type Page } from "./chromium.ts";

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
    await progress.scrollIntoViewIfNeeded();
    await progress.getByRole("button", { name: "Run", exact: true }).click();
    await progress.and(page.locator('[data-state="done"]')).waitFor();
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

Deno.test(
  { name: "book: nothing in a foreign notebook's text, outputs or captions runs", ignore: !CHROMIUM },
  async () => {
    const ways = [
      "<script>RUN</script>",
      "<img src=x onerror='RUN'>",
      "<svg onload='RUN'></svg>",
      "<iframe srcdoc='&lt;script&gt;parent.RUN&lt;/script&gt;'></iframe>",
      "<details open ontoggle='RUN'>x</details>",
      "<a href='javascript:RUN'>x</a>",
      "<script src='data:text/javascript,RUN'></script>",
      "<style onload='RUN'></style>",
      "<input autofocus onfocus='RUN'>",
      "<meta http-equiv='refresh' content='0;url=javascript:RUN'>",
    ];
    let number = 0;
    const all = () =>
      ways.map((way) => way.replaceAll("RUN", `globalThis.ran=(globalThis.ran||[]).concat(${++number})`)).join("\n");
    const output = (data: Record<string, unknown>) => ({ output_type: "display_data", data, metadata: {} }) as const;
    const code = (outputs: ReturnType<typeof output>[], tags: string[] = []) => ({
      ...{ cell_type: "code", id: `c${++number}`, source: `// ${all()}`, execution_count: 1 } as const,
      ...{ metadata: { tags }, outputs },
    });
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const notebook = {
      ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
      cells: [
        {
          cell_type: "markdown",
          id: "m",
          metadata: {},
          source: `# Title ${all()}\n\n${all()}\n\n[x](javascript:alert(1)) $\\href{javascript:1}{x}$`,
        },
        code([output({ "text/html": all() }), output({ "text/markdown": all() }), output({ "text/plain": all() })], [
          `"><script>${all()}`,
        ]),
        code([
          output({ "image/png": `${png}${" ".repeat(70)}" onerror="globalThis.ran=[0]`, "text/plain": `">${all()}` }),
        ]),
        code([
          output({ "text/html": `<div class="digits-view" ${all()}></div>` }),
          output({ "application/javascript": "globalThis.ran=[1]" }),
        ]),
      ],
    };
    const folder = await Deno.makeTempDir(), browser = await launch();
    try {
      const page = render("99_foreign", notebook as unknown as Notebook), html = frame(page, "", undefined, undefined);
      await Deno.writeTextFile(`${folder}/a.html`, html);
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(`${folder}/a.html`).href);
      for (const link of await tab.locator("a[href^=javascript]").all()) await link.dispatchEvent("click");
      await tab.waitForTimeout(500);
      assertEquals(await tab.evaluate("globalThis.ran ?? []"), []);
      await Deno.writeTextFile(
        `${folder}/b.html`,
        html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
      );
      await tab.goto(pathToFileURL(`${folder}/b.html`).href);
      assert(
        (await tab.evaluate("globalThis.ran") as number[]).length > 5,
        "without the policy they must run, or this shows nothing",
      );
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
