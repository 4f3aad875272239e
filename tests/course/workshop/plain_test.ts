import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  fromNetwork,
  plainBackward,
  plainBatches,
  plainForward,
  plainInit,
  plainTrain,
  plainUpdate,
  startLimit,
  toNetwork,
} from "../../../lib/course/workshop/plain.ts";
import { matrix } from "../../../lib/matrix.ts";
import { forward } from "../../../lib/network/forward.ts";
import { checkGradients } from "../../../lib/network/gradient_check.ts";
import { fromRows } from "../../../lib/matrix.ts";
import { seededRandom } from "../../../lib/random.ts";

const images = [[0.2, -1, 0.7, 0.1], [1, 0.5, -0.3, 0.4], [0.9, 0.8, 0.1, -0.6]], labels = [0, 1, 1, 0];

Deno.test("the tested parts are the library's: same sums, gradients that brute force confirms, same batches", () => {
  const layers = plainInit([3, 4, 3, 2], seededRandom(5)), pass = plainForward(layers, images);
  assertEquals(fromNetwork(toNetwork(layers)), layers);
  assertEquals(fromRows(pass.A.at(-1)!), forward(toNetwork(layers), fromRows(images)).probabilities);
  for (const lambda of [0, 1.5]) {
    const { dZ, dW, db } = plainBackward(layers, pass, labels, lambda);
    const claimed = { layers: dW.map((w, l) => ({ weights: fromRows(w), bias: matrix(db[l]!.length, 1, db[l]!) })) };
    assert(checkGradients(toNetwork(layers), fromRows(images), labels, claimed, lambda).relativeError < 1e-7);
    db.forEach((slopes, l) =>
      slopes.forEach((b, u) => assertAlmostEquals(b, dZ[l]![u]!.reduce((x, y) => x + y) / 4, 1e-12))
    );
  }
  assertEquals(plainBatches(5, 2, seededRandom(3)).map(({ length }) => length), [2, 2, 1]);
  assertEquals(plainBatches(5, 2, seededRandom(3)).flat().toSorted(), [0, 1, 2, 3, 4]);
  assert(layers[0]!.weights.flat().every((w) => Math.abs(w) <= startLimit(3, 4)));
});

Deno.test("plainTrain() makes one update for each batch of each epoch, by hand", () => {
  const plan = () => ({ epochs: 2, batchSize: 3, rate: 0.2, lambda: 0.5, random: seededRandom(9) });
  let byHand = plainInit([3, 2], seededRandom(1));
  const random = seededRandom(9);
  for (let epoch = 0; epoch < 2; epoch++) {
    for (const batch of plainBatches(4, 3, random)) {
      const some = images.map((row) => batch.map((j) => row[j]!)), truth = batch.map((j) => labels[j]!);
      byHand = plainUpdate(byHand, plainBackward(byHand, plainForward(byHand, some), truth, 0.5), 0.2);
    }
  }
  assertEquals(plainTrain(plainInit([3, 2], seededRandom(1)), images, labels, plan()), byHand);
});
