import { assert, assertEquals } from "@std/assert";
import { bundle } from "../../tools/pages/bundle.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { results } from "./same_bytes.ts";

const SCRIPT = new URL("same_bytes.ts", import.meta.url);

Deno.test("the same seeds give the same digits and weights, once, again, and without the optimising compiler", async () => {
  const here = await results();
  assertEquals(await results(), here);
  const code = `import { results } from ${JSON.stringify(SCRIPT.href)}; console.log(JSON.stringify(await results()));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", "--v8-flags=--no-opt", code] }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), here);
});

Deno.test(
  { name: "the same seeds give the same digits in Chromium, and weights to 12 digits", ignore: !CHROMIUM },
  async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ type: "module", content: await bundle(SCRIPT) });
      await page.waitForFunction("globalThis.results");
      const { digits, ...weights } = await results(), there = await page.evaluate<typeof weights>("results()");
      assertEquals(there.digits, digits);
      for (const [method, own] of Object.entries(weights)) { // its Math.exp and Math.log round some numbers differently
        own.forEach((x, i) => assert(Math.abs(x - there[method]![i]!) < 1e-12, `${method}: weight ${i}`));
      }
    } finally {
      await browser.close();
    }
  },
);
