import { assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { tutorial, TUTORIALS } from "../../lib/tutorials/tutorials.ts";

Deno.test("tutorial() knows its numbers and says which there are", () => {
  assertEquals(Object.keys(TUTORIALS).toSorted(), ["000", "001", "002", "003", "004"]);
  assertThrows(() => tutorial("009"), RangeError, 'Cannot find tutorial "009": must be one of');
});

Deno.test("each tutorial divides a set as its author did, and no digit is in both parts", () => {
  const set = drawDigits(6300, 1),
    sizes = (id: string, variant: "as-written" | "corrected") => {
      const { train, test } = tutorial(id).divide(set, variant);
      return [train.labels.length, test!.labels.length];
    };
  assertEquals(sizes("000", "corrected"), [5300, 1000]);
  assertEquals(sizes("002", "as-written"), [5000, 1300]);
  assertEquals(sizes("004", "as-written"), [4770, 1000]); // a tenth of 5,300 is kept back for validation
  assertEquals(sizes("004", "corrected"), [5300, 1000]);
  assertEquals(tutorial("000").divide(set, "corrected").test!.labels, set.labels.slice(0, 1000));
  assertEquals(tutorial("003").divide(drawDigits(50, 1), "corrected").test, undefined);
  const small = (count: number) => tutorial("000").divide(drawDigits(count, 1), "corrected").test!.labels.length;
  assertEquals([small(2000), small(1999), small(500), small(2)], [1000, 399, 100, 1]); // of a small set a fifth
  assertThrows(() => small(1), RangeError, "Cannot split 1 digits");
});

Deno.test("each tutorial's examples fit its network", () => {
  const set = drawDigits(4, 1);
  for (const { id, sizes, examples } of Object.values(TUTORIALS)) {
    assertEquals([examples(set).images.rows, examples(set).images.cols], [sizes[0], 4], id);
  }
  assertEquals(Array.from(tutorial("002").examples(set).labels), [...set.labels].map((digit) => (digit + 9) % 10));
});
