/**
 * The workshop's forward pass: judged tensor by tensor, the first that is off is named.
 *
 * @module
 */
import { defineExercise, type Judgement } from "../exercise.ts";
import { isJudgement, partsOf } from "../open/judgement.ts";
import { isList } from "../same.ts";
import { caseText, drawCase } from "./cases.ts";
import { plainForward, type PlainLayer, type Table } from "./plain.ts";
import { judgeTensors, type Tensor, tensorsOf } from "./tensors.ts";

const SQUARE: PlainLayer[] = [
  { weights: [[0.5, -1], [2, 0.25]], bias: [0.1, -0.4] },
  { weights: [[1, 0.5], [-0.5, 1.5]], bias: [0.2, 0.3] },
];

/** All sums and activations of a network. */
export const FORWARD = defineExercise({
  id: "forward",
  task:
    "Return { Z, A }: the sums of each layer, and the images followed by the activations of each layer. ReLU bends the hidden layers, softmax the last; every table has one list per unit, with one number per digit.",
  probes: [
    [SQUARE, [[1, 0.5, -1], [0.5, 2, 1]]],
    [[{ weights: [[1, 2], [3, -1]], bias: [1, 0] }], [[1, 0], [0.5, 1]]],
    [[{ weights: [[1000, 1], [900, 2]], bias: [1, 0] }], [[1, 0.5], [0.5, 1]]],
    [[{ weights: [[1, 0], [0, 1]], bias: [0, 0] }], [[1000, 1000, -1000, 5000, 1], [0, 999, -1002, 4999, 1000]]],
  ],
  family: (draw, size) => {
    const { layers, images } = drawCase(draw, size);
    return [layers, images];
  },
  solve: (layers: PlainLayer[], images: Table) => plainForward(layers, images),
  judge: judgeForward,
  mistakes: {},
  shown: (layers: PlainLayer[], images: Table) => caseText(layers, images),
  hints: [
    "Layer by layer: what goes into the first is the images, and into each other what came out before it.",
    "A sum: the unit's bias, and then weight times input, over all inputs, for one digit.",
    "Softmax goes down a column: take the column's largest sum away, exp, and divide by the column's total.",
  ],
  solution: `function forward(layers: Layer[], images: number[][]) {
  const Z: number[][][] = [], A = [images];
  for (const { weights, bias } of layers) {
    const before = A[A.length - 1]!, digits = before[0]!.map((_, j) => j);
    const z = weights.map((row, unit) =>
      digits.map((j) => row.reduce((sum, w, input) => sum + w * before[input]![j]!, bias[unit]!))
    );
    Z.push(z);
    A.push(z.map((row) => row.map((value) => Math.max(0, value))));
  }
  const last = Z[Z.length - 1]!;
  const largest = last[0]!.map((_, j) => Math.max(...last.map((row) => row[j]!)));
  const raised = last.map((row) => row.map((z, j) => Math.exp(z - largest[j]!)));
  const total = largest.map((_, j) => raised.reduce((sum, row) => sum + row[j]!, 0));
  A[A.length - 1] = raised.map((row) => row.map((value, j) => value / total[j]!));
  return { Z, A };
}`,
});

/** What `forward` should give, tensor by tensor. */
function judgeForward(result: unknown, layers: PlainLayer[], images: Table): Judgement {
  const parts = partsOf(result, ["Z", "A"]);
  if (isJudgement(parts)) return parts;
  const count = layers.length, { Z, A } = plainForward(layers, images);
  const ownZ = tensorsOf(parts.Z, "Z", count);
  if (isJudgement(ownZ)) return ownZ;
  if (isList(parts.A) && parts.A.length === count) {
    return { right: false, text: "Not yet. A begins with the images themselves, A[0]; then one entry per layer." };
  }
  const ownA = tensorsOf(parts.A, "A", count + 1);
  if (isJudgement(ownA)) {
    return { right: false, text: ownA.text.replace("one per layer", "the images and one per layer") };
  }
  const tensors = layers.flatMap((layer, l): Tensor[] => [
    { name: `Z${l + 1}`, got: ownZ[l], wanted: Z[l]!, slips: sumSlips(layer, A[l]!) },
    {
      ...{ name: `A${l + 1}`, got: ownA[l + 1], wanted: A[l + 1]!, slips: bendSlips(Z[l]!, l === count - 1) },
      notANumber:
        "exp of a large number is infinite, and infinity / infinity is NaN: lower each column by its own largest sum first.",
    },
  ]);
  return judgeTensors([{ name: "A0", got: ownA[0], wanted: images, slips: {} }, ...tensors]);
}

const over = (table: Table, change: (value: number) => number) => table.map((row) => row.map(change));

function sumSlips({ weights, bias }: PlainLayer, before: Table): Tensor["slips"] {
  const sums = (w: (unit: number, input: number) => number, start: (unit: number) => number) =>
    weights.map((row, unit) =>
      before[0]!.map((_, j) => row.reduce((total, _w, i) => total + w(unit, i) * before[i]![j]!, start(unit)))
    );
  return {
    "The bias is missing: each sum begins with its unit's own.": () => sums((u, i) => weights[u]![i]!, () => 0),
    "One bias for all? Each unit has its own.": () => sums((u, i) => weights[u]![i]!, () => bias[0]!),
    "Row and column of the weights are exchanged: weights[unit][input].": () =>
      sums((u, i) => weights[i]![u]!, (u) => bias[u]!),
    "The bias is subtracted; add it.": () => sums((u, i) => weights[u]![i]!, (u) => -bias[u]!),
  };
}

function bendSlips(z: Table, last: boolean): Tensor["slips"] {
  const columns = z[0]!.map((_, j) => z.map((row) => row[j]!)), raised = over(z, Math.exp);
  if (!last) {
    return {
      "The bend is missing: ReLU turns what is below 0 into 0.": () => z,
      "Softmax is for the last layer; hidden layers have ReLU.": () =>
        raised.map((row) => row.map((value, j) => value / columns[j]!.reduce((sum, v) => sum + Math.exp(v), 0))),
      "That is the sigmoid; hidden layers have ReLU here.": () => over(z, (v) => 1 / (1 + Math.exp(-v))),
      "That is ReLU's slope, 0 or 1; ReLU lets positive sums pass as they are.": () => over(z, (v) => Number(v > 0)),
    };
  }
  return {
    "The last layer has softmax, not ReLU.": () => over(z, (v) => Math.max(0, v)),
    "The last layer's bend is missing: softmax makes probabilities of the sums.": () => z,
    "The columns do not sum to 1 yet: divide by the sum of the column's exponentials.": () => raised,
    "Softmax goes down each column, over the classes of one digit; you go along the rows, over the digits.": () =>
      raised.map((row) => row.map((value) => value / row.reduce((a, b) => a + b))),
    "You divide by the sum over all digits; each column has its own.": () => {
      const total = raised.flat().reduce((a, b) => a + b);
      return over(raised, (value) => value / total);
    },
  };
}
