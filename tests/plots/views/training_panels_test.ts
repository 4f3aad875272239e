import { assertEquals, assertStringIncludes } from "@std/assert";
import { curvesPanels, weightsPanel } from "../../../lib/plots/views/training_panels.ts";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("the panels of a training have a curve for each lane, and a tile for each hidden unit", () => {
  const { answer } = drive(kept(SAMPLES["training, batches"]!));
  const [loss, read] = curvesPanels(answer, 4, 64, 200);
  assertStringIncludes(loss!.svg, ">two</text>");
  assertEquals(read!.svg.match(/<circle/g)!.length, 2);
  assertEquals(weightsPanel(answer[0]!, true).svg.match(/<g transform/g)!.length, 3);
});
