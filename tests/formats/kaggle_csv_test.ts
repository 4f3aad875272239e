import { assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { parseDigitCsv } from "../../lib/formats/digit_csv.ts";
import { toKaggleCsv } from "../../lib/formats/kaggle_csv.ts";

Deno.test("toKaggleCsv() writes what the reader of train.csv reads", () => {
  const set = drawDigits(4, 2), text = toKaggleCsv(set);
  assertEquals(text.slice(0, 20), "label,pixel0,pixel1,");
  assertEquals(parseDigitCsv(new TextEncoder().encode(text)), {
    header: text.split("\n", 1)[0]!.split(","),
    labels: set.labels,
    pixels: set.pixels,
    cols: 785,
  });
});
