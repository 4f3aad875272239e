import { assertThrows } from "@std/assert";
import { openEngine } from "../../lib/engine/open.ts";
import { compileKernels } from "../../lib/engine/kernels.ts";
import { startCrew, TASK } from "../../lib/engine/workers.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { drawn } from "./examples.ts";

Deno.test("a worker that fails ends the wait for it with an error", async () => {
  const examples = drawn(40, 1), start = initialise([784, 10, 10], seededRandom(1));
  await using engine = await openEngine(start, [examples]);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true }); // too small for all that is in it
  const { workplaces } = engine!.layout, layout = { ...engine!.layout, signals: 1024, task: 2048 };
  const crew = await startCrew((await compileKernels())!, memory, {
    ...layout,
    workplaces: [...workplaces, ...workplaces],
  }, 1);
  crew.begin(TASK.gradient);
  assertThrows(() => crew.finish(), Error, "A worker of the engine failed");
  await crew.close();
});
