import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { pixelsOf } from "../../lib/data/digits.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { classify } from "../../lib/tutorials/classify.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";

Deno.test("classify() speaks of digits, whatever a network's classes are", () => {
  const set = drawDigits(3, 5);
  for (const id of ["000", "002"]) {
    const t = tutorial(id), network = initialise(t.sizes, seededRandom(3), t.initialiser.corrected, t.activations);
    const { probabilities } = forward(network, t.examples(set).images);
    for (let j = 0; j < 3; j++) {
      const reading = classify(network, pixelsOf(set, j));
      for (let digit = 0; digit < 10; digit++) {
        const row = id === "002" ? (digit + 9) % 10 : digit; // Coursera's tenth class is zero
        assertAlmostEquals(reading.probabilities[digit]!, probabilities.data[10 * j + row]!, 1e-15);
      }
      const sorted = reading.probabilities.toSorted((a, b) => b - a);
      assertEquals([reading.probability, reading.runnerUpProbability], sorted.slice(0, 2));
      assertEquals(reading.probabilities[reading.digit], sorted[0]);
    }
  }
});

Deno.test("classify() refuses networks and pictures of other sizes", () => {
  const picture = new Uint8Array(784);
  assertThrows(
    () => classify(initialise([100, 10], seededRandom(1)), picture),
    RangeError,
    "100 inputs and 10 classes",
  );
  assertThrows(
    () => classify(initialise([784, 10], seededRandom(1)), picture.slice(1)),
    TypeError,
    "784 pixels, got 783",
  );
});
