import { assertEquals, assertMatch } from "@std/assert";
import { inputPicture } from "../../lib/course/input_picture.ts";
import { exercise } from "../../lib/course/catalogue.ts";
import { checkAttempt } from "../../lib/course/judge.ts";

Deno.test("inputPicture() draws an input, and frames the pixel that was asked for", () => {
  const plain = inputPicture({ ink: [0, 9, 9, 0, 0, 9], width: 3 });
  assertEquals([plain.width, plain.height], [64, 48]);
  const framed = inputPicture({ ink: [0, 9, 9, 0, 0, 9], width: 3, framed: { row: 1, column: 2 } });
  assertMatch(framed.svg, /<rect x="40" y="24" width="16" height="16" fill="none"[^>]*><\/svg>$/);
});

Deno.test("where the input is a picture, the verdict has it: 01a, 13a and 13b", () => {
  for (const id of ["01a", "13a", "13b"]) assertMatch(checkAttempt(exercise(id), () => [1, 1]).picture!.svg, /^<svg/);
  assertEquals(checkAttempt(exercise("04b"), () => [1]).picture, undefined);
});
