import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { train } from "../../lib/engine/train.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { readDigits, remarksOn } from "../../lib/tutorials/read_digits.ts";
import { page } from "../images/page.ts";

Deno.test("readDigits() reads a postcode, a page of rows, one digit, and nothing", async () => {
  const options = { epochs: 4, optimiser: adam(), random: seededRandom(1), engine: "fast" } as const;
  const { network } = await train(
    initialise([784, 64, 10], seededRandom(1), glorot),
    examplesOf(drawDigits(8000, 9)),
    options,
  );
  const wanted = ["3141592653", "5897932384", "6264338327"], { text } = readDigits(network, page(wanted));
  const right = [...text].filter((digit, i) => digit === wanted.join("\n")[i]).length;
  assert(text.length === 32 && right >= 29, text);
  const one = readDigits(network, page(["7"]));
  assertEquals([one.text, one.rows.flat().length, one.stages?.blank], ["7", 1, false]);
  const none = readDigits(network, page([]));
  assertEquals([none.text, none.rows, none.stages?.blank], ["", [], true]);
  assertEquals(remarksOn(none), []);
  const touching = readDigits(network, page(["00"], { gap: -21 }));
  assert(remarksOn(touching).some((remark) => remark.endsWith("touch, and were cut apart")));
  const unsure = { ...one, rows: [[{ ...one.rows[0]![0]!, probability: 0.5 }]] };
  assertEquals(remarksOn(unsure), ["not sure"]);
});
