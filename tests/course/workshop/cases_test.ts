import { assert, assertEquals } from "@std/assert";
import { inputsOf } from "../../../lib/course/draw.ts";
import { caseText, drawCase } from "../../../lib/course/workshop/cases.ts";

Deno.test("drawCase() makes networks whose layers fit, with one to three layers", () => {
  const cases = inputsOf((draw, size) => [drawCase(draw, size)], 1, 60).map(([one]) => one!);
  for (const { layers, images, labels } of cases) {
    layers.forEach(({ weights, bias }, l) => {
      assertEquals(weights.length, bias.length);
      assertEquals(weights[0]!.length, l ? layers[l - 1]!.bias.length : images.length);
    });
    assert(labels.every((label) => label < layers.at(-1)!.bias.length) && labels.length === images[0]!.length);
  }
  assert(new Set(cases.map(({ layers }) => layers.length)).size >= 2);
  assertEquals(caseText([{ weights: [[1, 2]], bias: [0] }], [[1], [2]]), "a network 2-1, 1 digit");
});
