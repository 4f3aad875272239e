import { assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { doubtsAbout, labelPlace, oneClassOnly } from "../../lib/data/digit_table.ts";

Deno.test("labelPlace() believes names first, then the column that alone holds all ten digits", () => {
  const ten = Array.from({ length: 10 }, (_, k) => k), two = ten.map((k) => k % 2);
  const place = (header: string[] | null, first: number[], end: number[]) =>
    labelPlace(header, 5, (c) => c === 0 ? first : end).place;
  assertEquals(place(null, ten, two), "first");
  assertEquals(place(null, two, ten), "last");
  assertEquals(place(null, two, two), null);
  assertEquals(place(["y", "", "", "", "class"], two, ten), "last"); // two names: the columns decide
  assertEquals(place(["label", "a", "b", "c", "d"], two, ten), "first");
  assertEquals(place(null, ten.map((k) => 20 * k), ten), "last"); // pixels are no labels
  assertEquals(place(null, [14], [0]), "first"); // a wrong label does not make a corner one
});

Deno.test("oneClassOnly() warns of labels that are all the same, and of nothing else", () => {
  assertEquals(
    oneClassOnly([0, 0, 0], "digits to test on")?.startsWith("all 3 digits to test on have the label 0"),
    true,
  );
  assertEquals([oneClassOnly([0, 1], "d"), oneClassOnly([5], "d"), oneClassOnly([], "d")], [null, null, null]);
});

Deno.test("doubtsAbout() doubts light paper and one label for all, and nothing of drawn digits", () => {
  const drawn = drawDigits(40, 1), turned = { ...drawn, pixels: drawn.pixels.map((grey) => 255 - grey) };
  assertEquals(doubtsAbout(drawn, "digits"), []);
  assertEquals(doubtsAbout(turned, "digits").map((doubt) => doubt.slice(0, 33)), ["the rims of the digits are light:"]);
  assertEquals(doubtsAbout({ ...turned, labels: new Uint8Array(40) }, "digits").length, 2);
});
