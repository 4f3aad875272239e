import { assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { matrix } from "../../lib/matrix.ts";

Deno.test("nearestMean() reads the averages themselves, and refuses another size", () => {
  const set = drawDigits(300, 8), means = meanImages(set);
  const ghosts = {
    ...set,
    pixels: Uint8Array.from(means.data, Math.round),
    labels: Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  };
  assertEquals([...nearestMean(means, ghosts)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertThrows(() => nearestMean(matrix(400, 10), set), TypeError, "means of 400 pixels with pictures of 784");
});
