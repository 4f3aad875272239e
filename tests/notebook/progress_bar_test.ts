import { assert, assertEquals, assertMatch } from "@std/assert";
import { barAt, cellBar, watched } from "../../lib/notebook/progress_bar.ts";
import { Kernel } from "../../tools/notebooks/kernel/client.ts";
import { ownKernelSpec } from "../../tools/notebooks/run_notebooks.ts";
import { projectPath } from "../../tools/root.ts";
import { withFolder } from "../with_folder.ts";

const SETUP = `import * as lib from "../lib/mod.ts";
const lesson = lib.examplesOf(lib.drawDigits(200, 1)), start = lib.initialise([784, 10, 10], lib.seededRandom(1));
async function learn() {
  await lib.train(start, lesson, { iterations: 1_000_000, learningRate: 0.01, seconds: 0.7, record: () => false });
}`;

/** Runs cells; of each all texts that its first output had, and how many outputs it has in the end. */
async function lines(progress: string, cells: readonly string[]): Promise<{ said: string[]; outputs: number }[]> {
  const spec = await ownKernelSpec(), env = { ...spec.env, DIGITS_PROGRESS: progress }, found = [];
  const kernel = await Kernel.start({ ...spec, env }, projectPath("notebooks"));
  try {
    await kernel.execute(SETUP, 60_000);
    found.push(
      ...await Promise.all(cells.map(async (cell) => { // all at once, as "Run All" does
        const said: string[] = [];
        const { outputs, status } = await kernel.execute(cell, 60_000, ({ outputs: [first] }) => {
          const text = first?.data?.["text/plain"];
          if (typeof text === "string" && text !== said.at(-1)) said.push(text);
        });
        assertEquals(status, "ok");
        return { said, outputs: outputs.length };
      })),
    );
  } finally {
    await kernel.shutdown();
  }
  return found;
}

Deno.test("a training without a plot says how far it is, in one line for each cell, which goes when it is done", () =>
  withFolder(async (folder) => {
    const [two, one, quick] = await lines(`${folder}/progress.json`, [
      "await learn();\nawait learn();",
      "await learn();",
      "const { stopped } = await lib.train(start, lesson, { iterations: 1, learningRate: 0.01 });",
    ]);
    assertMatch(two!.said[0]!, /^iteration \d+ of 1000000, about \d+ s left$/);
    assert(two!.said.some((text) => text.startsWith("training 2: iteration ")), two!.said.join("\n"));
    assertEquals([two!.said.at(-1), two!.outputs], ["", 1]);
    assertMatch(one!.said[0]!, /^iteration /); // a line of its own
    assertEquals([one!.said.at(-1), one!.outputs], ["", 1]);
    assertEquals(quick!.said, []);
  }));

Deno.test("watched(): a bar from the first item on, which goes with the last one, also where the loop is left", () =>
  withFolder(async (folder) => {
    const wait = "await new Promise((resolve) => setTimeout(resolve, 300));";
    const [whole, left] = await lines(`${folder}/progress.json`, [
      `for await (const _ of lib.watched(["a", "b", "c"])) ${wait}`,
      `for await (const _ of lib.watched(["a", "b", "c"])) { ${wait} break; }`,
    ]);
    assertEquals(whole!.said[0], "part 0 of 3");
    assertMatch(whole!.said[1]!, /^part 1 of 3, about \d+ s left$/);
    assertEquals([whole!.said.at(-1), whole!.outputs], ["", 1]);
    assertEquals(left, { said: ["part 0 of 3", ""], outputs: 1 });
    assertEquals(await Array.fromAsync(watched([3, 4])), [3, 4]); // outside, nothing but the items
  }));

Deno.test("no line where nobody looks: with DIGITS_PROGRESS=off, and outside notebooks", async () => {
  assertEquals(await lines("off", ["await learn();"]), [{ said: [], outputs: 0 }]);
  assertEquals(cellBar({ total: 10 }), null);
});

Deno.test("barAt(): the share and the rest are those of what is left, also of a training that goes on", () => {
  const text = (done: number, first?: number) => {
    const { "text/plain": said, "text/html": html } = barAt(done, { first, total: 100 }, performance.now() - 9500);
    return [said, /value="([\d.]+)"/.exec(String(html))![1]];
  };
  assertEquals(text(50), ["iteration 50 of 100, about 10 s left", "0.5"]);
  assertEquals(text(90, 80), ["iteration 90 of 100, about 10 s left", "0.5"]);
  assertEquals(text(80, 80), ["iteration 80 of 100", "0"]);
});
