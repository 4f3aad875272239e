import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { pixelsOf } from "../../lib/data/digits.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { classify, evidenceFor } from "../../lib/tutorials/classify.ts";
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

Deno.test("evidenceFor() speaks of the picture's pixels, whatever order a network takes them in", () => {
  const pixels = pixelsOf(drawDigits(1, 5), 0);
  for (const id of ["000", "002"]) {
    const t = tutorial(id), network = initialise(t.sizes, seededRandom(3), t.initialiser.corrected, t.activations);
    const reading = classify(network, pixels), evidence = evidenceFor(network, reading);
    const difference = (darker: Uint8Array) => {
      const { pass: { logits: { data } } } = classify(network, darker);
      const row = (digit: number) => id === "002" ? (digit + 9) % 10 : digit;
      return data[row(reading.digit)]! - data[row(reading.runnerUp)]!;
    };
    const strongest = evidence.indexOf(evidence.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a));
    const lighter = pixels.slice();
    lighter[strongest]! -= 1; // of 255: the slope for a small step
    const step = pixels[strongest]! * (difference(pixels) - difference(lighter));
    assert(Math.abs(step / evidence[strongest]! - 1) < 0.05, `${id}: ${step}, ${evidence[strongest]}`);
    if (id === "002") assertEquals(evidence.slice(0, 28 * 4), new Float64Array(28 * 4)); // it does not see the rim
  }
});
