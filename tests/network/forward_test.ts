import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { accuracy } from "../../lib/evaluation/metrics.ts";
import { columns, fromRows, matrix, transpose } from "../../lib/matrix.ts";
import { forward, mostLikely } from "../../lib/network/forward.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { crossEntropy } from "../../lib/network/loss.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertMatrixClose } from "../assert_close.ts";
import golden from "../golden/relu_softmax_12_5_3.json" with { type: "json" };
import sigmoids from "../golden/sigmoid_12_5_3.json" with { type: "json" };
import { reluStart, sigmoidStart } from "../golden/networks.ts";

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("forward() names both shapes when images do not fit", () => {
  const network = initialise([784, 10, 10], seededRandom(1));
  assertThrows(
    () => forward(network, matrix(785, 1000)),
    TypeError,
    "Cannot multiply weights1 [10 × 784] by images [785 × 1000]: inner sizes must be equal, got 784 and 785",
  );
});

Deno.test("forward() names the first example whose sums are not finite", () => {
  const images = matrix(6, 3);
  images.data[2 * 6 + 4] = Infinity; // one pixel of example 2
  const network = initialise([6, 4, 3], seededRandom(3), () => ({ weight: () => 1, bias: () => 0 }));
  assertThrows(
    () => forward(network, images),
    RangeError,
    "Cannot use layer 1: its sums must be finite, got Infinity for example 2",
  );
});

Deno.test("forward() treats each column alone", () => {
  const network = initialise([6, 4, 3], seededRandom(3), uniformHalf), X = examples(6, 5, 8);
  const whole = forward(network, X).probabilities;
  for (let j = 0; j < 5; j++) assertEquals(forward(network, columns(X, j)).probabilities, columns(whole, j));
});

Deno.test("mostLikely() takes the largest, of equals the first; accuracy() counts", () => {
  assertEquals([...mostLikely(fromRows([[0.2, 0.4, 1], [0.5, 0.4, 0], [0.3, 0.2, 0]]))], [1, 0, 0]);
  assertEquals(accuracy([1, 0, 0], [1, 0, 2]), 2 / 3);
  assertThrows(() => accuracy([1], [1, 2]), TypeError, "1 predictions with 2 labels");
  assertThrows(() => accuracy([], []), RangeError, "at least one");
});

Deno.test("forward(), loss and predictions equal the reference, every intermediate", () => {
  const { network, images } = reluStart(), pass = forward(network, images);
  assertMatrixClose(pass.preActivations[0]!, golden.Z1);
  assertMatrixClose(pass.activations[1]!, golden.A1);
  assertMatrixClose(pass.preActivations[1]!, golden.Z2);
  assertMatrixClose(pass.probabilities, golden.A2);
  assertAlmostEquals(crossEntropy(pass.preActivations[1]!, golden.y), golden.loss, 1e-12);
  assertEquals([...mostLikely(pass.probabilities)], golden.predictions);
  assertEquals(accuracy(mostLikely(pass.probabilities), golden.y), golden.accuracy);
});

Deno.test("forward() with sigmoids equals the reference", () => {
  const { network, images } = sigmoidStart(), { probabilities } = forward(network, images);
  assertMatrixClose(transpose(probabilities), sigmoids.a3);
  assertEquals([...mostLikely(probabilities)].map((k) => k + 1), sigmoids.predictions);
});
