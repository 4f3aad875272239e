import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { matrix } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { dropMasks, isDropped } from "../../lib/network/dropout.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients, numericGradients } from "../../lib/network/gradient_check.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { crossEntropy } from "../../lib/network/loss.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("dropMasks() silences the share it is told, makes the others louder, and never twice the same", () => {
  const network = initialise([784, 500, 300, 10], seededRandom(1)), dropout = { share: 0.3, seed: 7 };
  const [first, second, last] = dropMasks(network, 40, dropout, 0);
  assertEquals([first!.rows, first!.cols, second!.rows, last], [500, 40, 300, undefined]);
  for (const mask of [first!, second!]) {
    const silent = mask.data.filter((v) => v === 0).length / mask.data.length;
    assert(Math.abs(silent - 0.3) < 0.02, `${silent}`);
    assertAlmostEquals(mask.data.reduce((a, b) => a + b) / mask.data.length, 1, 0.03);
    assertEquals(new Set(mask.data).size, 2);
  }
  const other = dropMasks(network, 40, dropout, 1)[0]!, again = dropMasks(network, 40, dropout, 0)[0]!;
  assertEquals(again, first);
  const both = other.data.filter((v, i) => v === 0 && first!.data[i] === 0).length / other.data.length;
  assert(Math.abs(both - 0.09) < 0.01, `two steps have nothing to do with each other: ${both}`);
});

Deno.test("nothing is dropped at a share of 0, and nothing where a convolution comes next or the answers stand", () => {
  const network = initialiseLayers(
    [49, { filters: 2, size: 2, pool: 2 }, { filters: 3, size: 2, pool: 2 }, 6, 3],
    seededRandom(1),
  );
  assertEquals([0, 1, 2, 3].map((l) => isDropped(network, l)), [false, true, true, false]);
  const masks = dropMasks(network, 5, { share: 0, seed: 1 }, 0);
  assert(masks[1]!.data.every((v) => v === 1) && masks[0] === undefined);
});

Deno.test("backward() with dropped units gives the slopes of the loss with the same units dropped", () => {
  const network = initialise([6, 8, 5, 3], seededRandom(3), uniformHalf), labels = [0, 2, 1, 2];
  const X = matrix(6, 4, Array.from({ length: 24 }, seededRandom(4)));
  const masks = dropMasks(network, 4, { share: 0.4, seed: 2 }, 3);
  const { layers } = backward(network, forward(network, X, masks), oneHot(labels, 3));
  const h = 1e-6;
  layers.forEach(({ weights }, l) => {
    const w = network.layers[l]!.weights;
    for (let i = 0; i < w.data.length; i++) {
      const loss = (value: number) => {
        const layer = { ...network.layers[l]!, weights: matrix(w.rows, w.cols, w.data.with(i, value)) };
        return crossEntropy(forward({ layers: network.layers.with(l, layer) }, X, masks).logits, labels);
      };
      assertAlmostEquals(weights.data[i]!, (loss(w.data[i]! + h) - loss(w.data[i]! - h)) / (2 * h), 1e-7);
    }
  });
  const without = numericGradients(network, X, labels);
  assert(checkGradients(network, X, labels, { layers }).relativeError > 0.01, "other units, other slopes");
  assertEquals(without.layers.length, 3);
});

Deno.test("a share that is none is refused", () => {
  const network = initialise([4, 3, 2], seededRandom(1));
  for (const share of [1, -0.1, NaN]) {
    assertThrows(
      () => dropMasks(network, 1, { share, seed: 1 }, 0),
      RangeError,
      `share must be from 0 to below 1, got ${share}`,
    );
  }
});
