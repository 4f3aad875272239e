/**
 * The workshop's backward pass: judged tensor by tensor, and by the gradient check.
 *
 * @module
 */
import { fromRows, matrix } from "../../matrix.ts";
import { checkGradients } from "../../network/gradient_check.ts";
import { defineExercise, type Judgement } from "../exercise.ts";
import { isJudgement, partsOf } from "../open/judgement.ts";
import { caseText, drawCase } from "./cases.ts";
import {
  plainBackward,
  plainForward,
  type PlainGradients,
  type PlainLayer,
  type PlainPass,
  type Table,
  toNetwork,
} from "./plain.ts";
import { compareTensor, judgeTensors, type Tensor, tensorsOf } from "./tensors.ts";

/** As wide as it is high, so that row and column can be exchanged without an error, and two hidden layers. */
const SQUARE: PlainLayer[] = [
  { weights: [[0.5, -1], [2, 0.25]], bias: [0.1, -0.4] },
  { weights: [[1, 0.5], [-0.5, 1.5]], bias: [-0.9, 0.3] },
  { weights: [[-0.7, 0.4], [0.6, 1.1]], bias: [0.2, -0.9] },
];

/** One hidden layer, and a hidden sum that is exactly 0. */
const AT_ZERO: PlainLayer[] = [
  { weights: [[1, -1], [0.5, 2], [1, 1]], bias: [0, 0.3, -0.2] },
  { weights: [[1, 0.5, -2], [-0.5, 1.5, 1]], bias: [0.2, 0.3] },
];

function caseOf(layers: PlainLayer[], images: Table, labels: number[], lambda: number): unknown[] {
  return [layers, plainForward(layers, images), labels, lambda];
}

/** All slopes of the loss. */
export const BACKWARD = defineExercise({
  id: "backward",
  task:
    "Return { dZ, dW, db }, each a list with one entry per layer: the blame of the sums, A − Y at the last layer; the slopes along weights and biases, means over the digits. lambda / m times the weights comes on top of dW.",
  probes: [
    caseOf(SQUARE, [[1, 0.5, -1], [0.5, 2, 1]], [0, 1, 1], 0),
    caseOf(SQUARE, [[1, 0.5, -1], [0.5, 2, 1]], [0, 1, 1], 2),
    caseOf(AT_ZERO, [[1, 0.5], [1, -1]], [0, 1], 0.5),
  ],
  family: (draw, size) => {
    const { layers, images, labels } = drawCase(draw, size);
    return caseOf(layers, images, labels, draw.pick([0, 0, 0.5, 2]));
  },
  solve: (layers: PlainLayer[], pass: PlainPass, labels: number[], lambda: number) =>
    plainBackward(layers, pass, labels, lambda),
  judge: judgeBackward,
  praise: (result, layers, pass, labels, lambda) =>
    gradientCheckLine(result as PlainGradients, layers, pass, labels, lambda),
  mistakes: {},
  shown: (layers: PlainLayer[], { A }: PlainPass, _labels: number[], lambda: number) =>
    `${caseText(layers, A[0]!)}, lambda ${lambda}`,
  hints: [
    "Begin at the end: dZ of the last layer is its A, minus 1 in each column at the row of the label.",
    "dW[unit][input] is the mean over the digits of dZ[unit][j] · A[input][j], with the A that came into the layer; db[unit] is the mean of dZ[unit].",
    "One layer down: a unit's blame is the sum over the next layer's units k of weights[k][unit] · dZ[k][j], and 0 where its Z was not above 0.",
  ],
  solution: `function backward(layers: Layer[], pass: Pass, labels: number[], lambda: number) {
  const m = labels.length, dZ: number[][][] = [], dW: number[][][] = [], db: number[][] = [];
  let blame = pass.A[pass.A.length - 1]!.map((row, k) => row.map((a, j) => labels[j] === k ? a - 1 : a));
  for (let l = layers.length - 1; l >= 0; l--) {
    const { weights } = layers[l]!, before = pass.A[l]!, own = blame;
    dZ.unshift(own);
    db.unshift(own.map((row) => row.reduce((sum, value) => sum + value, 0) / m));
    dW.unshift(own.map((row, unit) =>
      before.map((input, i) =>
        (row.reduce((sum, value, j) => sum + value * input[j]!, 0) + lambda * weights[unit]![i]!) / m
      )
    ));
    if (l === 0) break;
    blame = pass.Z[l - 1]!.map((row, unit) =>
      row.map((z, j) => z > 0 ? own.reduce((sum, next, k) => sum + weights[k]![unit]! * next[j]!, 0) : 0)
    );
  }
  return { dZ, dW, db };
}`,
});

/** What `backward` should give, from the last layer to the first. */
function judgeBackward(
  result: unknown,
  layers: PlainLayer[],
  pass: PlainPass,
  labels: number[],
  lambda: number,
): Judgement {
  const parts = partsOf(result, ["dW", "db"]), count = layers.length, m = labels.length;
  if (isJudgement(parts)) return parts;
  const own: Record<string, unknown[]> = {}, named = parts.dZ === undefined ? ["dW", "db"] : ["dZ", "dW", "db"];
  for (const name of named) {
    const list = tensorsOf(parts[name], name, count);
    if (isJudgement(list)) return list;
    own[name] = list;
  }
  const wanted = plainBackward(layers, pass, labels, lambda);
  const exact = (l: number, w: number) => compareTensor("", own.dW![l], wanted.dW[w]!).status === "exact";
  if (count > 1 && exact(count - 1, 0) && exact(0, count - 1) && !exact(0, 0)) {
    return {
      right: false,
      text: "Not yet. The lists begin with the first layer; yours begin with the last (push? unshift!).",
    };
  }
  const meant = over(wanted.dZ.at(-1)!, (blame) => blame / m); // some put the mean into the blame already
  const divided = m > 1 && own.dZ !== undefined && compareTensor("", own.dZ.at(-1), meant).status === "exact";
  const blames = divided ? wanted.dZ.map((dZ) => over(dZ, (blame) => blame / m)) : wanted.dZ;
  const tensors: Tensor[] = [];
  for (let l = count - 1; l >= 0; l--) {
    if (own.dZ) {
      const slips = l === count - 1 ? outputSlips(pass, labels) : hiddenSlips(layers, pass, blames[l + 1]!, l);
      tensors.push({ name: `dZ${l + 1}`, got: own.dZ[l], wanted: blames[l]!, slips });
    }
    const { weights, bias } = layers[l]!, dZ = wanted.dZ[l]!;
    const dWslips = weightSlips(dZ, pass, l, wanted.dW[l]!, weights, lambda);
    tensors.push({ name: `dW${l + 1}`, got: own.dW![l], wanted: wanted.dW[l]!, slips: dWslips });
    tensors.push({ name: `db${l + 1}`, got: own.db![l], wanted: wanted.db[l]!, slips: biasSlips(dZ, bias, lambda) });
  }
  const { dW, db } = parts as unknown as PlainGradients;
  return judgeTensors(tensors, () => gradientCheckLine({ dW, db }, layers, pass, labels, lambda));
}

const over = (table: Table, change: (value: number) => number) => table.map((row) => row.map(change));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function outputSlips({ A }: PlainPass, labels: readonly number[]): Tensor["slips"] {
  const last = A.at(-1)!, y = (k: number, j: number) => Number(labels[j] === k);
  const from = (blame: (a: number, y: number, j: number) => number) =>
    last.map((row, k) => row.map((a, j) => blame(a, y(k, j), j)));
  return {
    "The sign is turned: what it said minus what was true.": () => from((a, y) => y - a),
    "A slope too many: after softmax with cross-entropy (and after the sigmoid with its own) A − Y is all; a (1 − a) is in it already.":
      () => from((a, y) => (a - y) * a * (1 - a)),
    "The truth is missing: subtract 1 in the row of the label.": () => last,
    "The label is a row's number, not a number to subtract: 1 in that row, 0 in the others.": () =>
      from((a, _y, j) => a - labels[j]!),
    "Only the row of the label is blamed in yours; the others said too much, too.": () => from((a, y) => y ? a - 1 : 0),
  };
}

function hiddenSlips(layers: PlainLayer[], { Z, A }: PlainPass, next: Table, l: number): Tensor["slips"] {
  const W = layers[l + 1]!.weights, z = Z[l]!;
  const back = (passes: (unit: number, j: number) => boolean, w = (k: number, unit: number) => W[k]![unit]!) =>
    z.map((row, unit) => row.map((_, j) => passes(unit, j) ? sum(next.map((blame, k) => w(k, unit) * blame[j]!)) : 0));
  return {
    "The mask is missing, or lets everything through (A is never below 0: ask Z > 0).": () => back(() => true),
    "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.": () => back((unit, j) => z[unit]![j]! >= 0),
    "The mask is turned round: blame passes where Z was above 0.": () => back((unit, j) => z[unit]![j]! <= 0),
    "That is the mask of the layer behind: this layer's own Z decides.": () =>
      back((unit, j) => Z[l + 1]![unit]![j]! > 0),
    "That is the mask of the layer before: this layer's own Z decides.": () => back((unit, j) => A[l]![unit]![j]! > 0),
    "The transpose is missing: blame goes back along weights[k][unit], from unit k to what fed it.": () =>
      back((unit, j) => z[unit]![j]! > 0, (k, unit) => W[unit]![k]!),
    "Those are this layer's weights; blame comes back through the next layer's.": () =>
      back((unit, j) => z[unit]![j]! > 0, (k, unit) => layers[l]!.weights[k]![unit]!),
    "Multiply by ReLU's slope, 0 or 1, not by its value.": () =>
      back(() => true).map((row, unit) => row.map((value, j) => value * Math.max(0, z[unit]![j]!))),
    "That is a sigmoid's slope, a (1 − a); ReLU's is 0 or 1.": () =>
      back(() => true).map((row, unit) =>
        row.map((value, j) => value * A[l + 1]![unit]![j]! * (1 - A[l + 1]![unit]![j]!))
      ),
  };
}

function weightSlips(
  dZ: Table,
  { Z, A }: PlainPass,
  l: number,
  right: Table,
  weights: Table,
  lambda: number,
): Tensor["slips"] {
  const m = dZ[0]!.length,
    change = (to: (slope: number, w: number) => number) =>
      right.map((row, unit) => row.map((slope, input) => to(slope, weights[unit]![input]!)));
  const from = (inputs: Table) =>
    dZ.map((row) => inputs.map((input) => sum(row.map((blame, j) => blame * input[j]!)) / m));
  const penalty = lambda / m, data = (slope: number, w: number) => slope - penalty * w;
  return {
    "The 1/m is missing: a mean over the digits.": () => change((slope) => slope * m),
    "The 1/m is missing: a mean over the digits. (And the penalty.)": () => change((slope, w) => data(slope, w) * m),
    "The mean is taken twice: 1/m once, here or in dZ.": () => change((slope) => slope / m),
    "The mean is taken twice: 1/m once, here or in dZ. (The penalty is right.)": () =>
      change((slope, w) => data(slope, w) / m + penalty * w),
    "The penalty is missing: lambda / m times the weights comes on top.": () => change(data),
    "The penalty's 1/m is missing: lambda / m.": () => change((slope, w) => data(slope, w) + lambda * w),
    "The penalty is subtracted; it comes on top.": () => change((slope, w) => slope - 2 * penalty * w),
    "The ½ of the penalty is used up when it is differentiated: lambda / m, not lambda / 2m.": () =>
      change((slope, w) => slope - penalty * w / 2),
    "Transposed: one list per unit, with one number per input.": () =>
      right[0]!.map((_, input) => right.map((row) => row[input]!)),
    "That is this layer's own A; its weights were multiplied by what came in, the A before.": () => from(A[l + 1]!),
    "What came in were the activations A, after the bend, not the sums Z.": () => from(Z[l - 1]!),
    "The sign is turned: a gradient points uphill.": () => change((slope) => -slope),
  };
}

function biasSlips(dZ: Table, bias: readonly number[], lambda: number): Tensor["slips"] {
  const m = dZ[0]!.length, right = dZ.map((row) => sum(row) / m), all = sum(dZ.flat());
  return {
    "It is 0 for every unit: not computed at all, or the sum of everything, which is always 0 at the output (np.sum without an axis, as in tutorials 000 and 001). Each unit has its own sum.":
      () => Math.abs(all) < 1e-9 ? dZ.map(() => 0) : [],
    "One number for all units: that is the mistake of tutorials 000 and 001. Each unit has its own sum.": () =>
      dZ.map(() => all / m),
    "The penalty is for the weights; the biases are left out.": () =>
      right.map((slope, i) => slope + lambda / m * bias[i]!),
    "The 1/m is missing: a mean over the digits.": () => right.map((slope) => slope * m),
    "The mean is taken twice: 1/m once, here or in dZ.": () => right.map((slope) => slope / m),
    "Wrong axis: you sum over the units, once per digit; sum over the digits, once per unit.": () =>
      dZ[0]!.map((_, j) => sum(dZ.map((row) => row[j]!)) / m),
    "Wrong axis: you take the mean over the units, once per digit; take it over the digits, once per unit.": () =>
      dZ[0]!.map((_, j) => sum(dZ.map((row) => row[j]!)) / dZ.length),
    "Divide by the number of digits, not of units.": () => dZ.map((row) => sum(row) / dZ.length),
    "The sign is turned: a gradient points uphill.": () => right.map((slope) => -slope),
  };
}

/** What brute force says of gradients: one relative error for each parameter; nothing where a sum sits on ReLU's kink. */
function gradientCheckLine(
  { dW, db }: PlainGradients,
  layers: PlainLayer[],
  { Z, A }: PlainPass,
  labels: readonly number[],
  lambda: number,
): string {
  if (Z.slice(0, -1).flat(2).some((z) => Math.abs(z) < 1e-3)) return "";
  try {
    const claimed = {
      layers: dW.map((weights, l) => ({
        weights: fromRows(weights.map((row) => Array.from(row))),
        bias: matrix(db[l]!.length, 1, db[l]!),
      })),
    };
    const { parameters } = checkGradients(toNetwork(layers), fromRows(A[0]!), labels, claimed, lambda);
    const said = parameters.map(({ parameter, relativeError }) =>
      `${parameter.replace("weights", "dW").replace("bias", "db")} ${
        relativeError < 1e-6 ? "passes" : relativeError.toFixed(3)
      }`
    );
    return `\nGradient check, relative errors: ${said.join(", ")}.`;
  } catch {
    return ""; // shapes that do not fit are named already
  }
}
