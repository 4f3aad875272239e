/**
 * Networks as ONNX files, which nearly every other framework reads.
 *
 * ONNX is a Protocol Buffers message. Only what a feed-forward network needs is written: one Gemm, or Conv and MaxPool, and one
 * activation per layer, weights as Float32. Pictures go channel by channel there.
 *
 * @module
 * @see https://onnx.ai/onnx/repo-docs/IR.html and onnx.proto, version 3 of the format
 */
import { transpose } from "../matrix.ts";
import { channelsFirst, channelsOf } from "../network/channels_first.ts";
import { inputsOf, type Network, outputsOf } from "../network/network.ts";

/** A field of a message: its number, and its bytes, text, whole number, or numbers. */
type Field = readonly [number: number, value: Uint8Array | string | number];

const IR_VERSION = 8, OPSET = 13, FLOAT = 1, INT64 = 7, INT_ATTRIBUTE = 2, INTS_ATTRIBUTE = 7;

/**
 * A network as an ONNX model with the input `images` (`[batch × inputs]`, any batch) and the output `probabilities`
 * (`[batch × classes]`), Float32. Its metadata says what the numbers that go in and come out stand for: `pixels`, `classes`
 * and the layers' `activations`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const file = networkToOnnx(initialise([784, 10, 10], seededRandom(1)));
 * assert(file.length > 4 * 7960 && file.length < 4 * 7960 + 800); // the weights, and little else
 * ```
 */
export function networkToOnnx({ layers }: Network): Uint8Array<ArrayBuffer> {
  const nodes: Field[] = [], tensors: Field[] = [];
  let from = "images";
  /** One operation on what came so far; goes on with its result. */
  const then = (
    operator: string,
    output: string,
    others: readonly string[] = [],
    attributes: readonly Uint8Array[] = [],
  ) => {
    nodes.push([1, node(operator, [from, ...others], output, attributes)]);
    from = output;
  };
  layers.forEach((layer, l) => {
    const { bias, activation, convolution } = layer, name = `layer${l + 1}`, last = l === layers.length - 1;
    const before = layers[l - 1], weights = channelsFirst(layer.weights, channelsOf(layer, before));
    const parameters = [`${name}.weights`, `${name}.bias`];
    if (convolution) {
      const { height, width, channels, size, padding, pool } = convolution;
      if (!before?.convolution) {
        tensors.push([5, tensorOfInts(`${name}.shape`, [-1, height, width, channels])]);
        then("Reshape", `${name}.pictures`, [`${name}.shape`]);
        then("Transpose", `${name}.channels`, [], [attributeOfInts("perm", [0, 3, 1, 2])]);
      }
      tensors.push([5, tensor(`${name}.weights`, [weights.rows, channels, size, size], transpose(weights).data)]);
      const window = attributeOfInts("kernel_shape", [size, size]);
      const pads = attributeOfInts("pads", [padding, padding, padding, padding]);
      then("Conv", `${name}.sums`, parameters, [window, pads]);
      const pools = ["kernel_shape", "strides"].map((name) => attributeOfInts(name, [pool, pool]));
      if (pool > 1) then("MaxPool", `${name}.pooled`, [], pools);
    } else {
      // stored column by column, W [units × inputs] is Wᵀ [inputs × units] row by row, as Gemm wants it
      tensors.push([5, tensor(`${name}.weights`, [weights.cols, weights.rows], weights.data)]);
      if (before?.convolution) then("Flatten", `${name}.inputs`);
      then("Gemm", `${name}.sums`, parameters);
    }
    tensors.push([5, tensor(`${name}.bias`, [bias.rows], bias.data)]);
    const operator = { relu: "Relu", sigmoid: "Sigmoid", tanh: "Tanh", softmax: "Softmax" }[activation];
    const axis = activation === "softmax" ? [attribute("axis", 1)] : [];
    then(operator, last ? "probabilities" : `${name}.activations`, [], axis);
  });
  const graph = message([
    ...nodes,
    [2, "digits"],
    ...tensors,
    [11, tensorType("images", inputsOf(layers[0]!))],
    [12, tensorType("probabilities", outputsOf(layers.at(-1)!))],
  ]);
  const opset = message([[1, ""], [2, OPSET]]);
  const notes = Object.entries(notesOn({ layers })).map(([key, text]): Field => [14, message([[1, key], [2, text]])]);
  return message([[1, IR_VERSION], [2, "Digits from Scratch"], [3, "1"], [7, graph], [8, opset], ...notes]);
}

/** What a program needs to know that the graph does not say. */
function notesOn({ layers }: Network): Record<string, string> {
  const inputs = inputsOf(layers[0]!), outputs = outputsOf(layers.at(-1)!), coursera = inputs === 400;
  const places: Readonly<Record<number, string>> = {
    784: "28 x 28, row by row",
    400: "the middle 20 x 20 of 28 x 28, column by column",
  };
  const classes = Array.from({ length: outputs }, (_, k) => coursera ? (k + 1) % outputs : k); // Coursera's ten stands for 0
  return {
    pixels: `${places[inputs] ?? `${inputs} numbers`}; 0 is paper, 1 is ink`,
    classes: classes.join(","),
    activations: layers.map(({ activation }) => activation).join(","),
  };
}

function node(operator: string, inputs: readonly string[], output: string, attributes: readonly Uint8Array[] = []) {
  return message([
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [3, `${output}.${operator}`],
    [4, operator],
    ...attributes.map((bytes): Field => [5, bytes]),
  ]);
}

function attribute(name: string, value: number): Uint8Array {
  return message([[1, name], [3, value], [20, INT_ATTRIBUTE]]);
}

function attributeOfInts(name: string, values: readonly number[]): Uint8Array {
  return message([[1, name], ...values.map((value): Field => [8, value]), [20, INTS_ATTRIBUTE]]);
}

function tensorOfInts(name: string, values: readonly number[]): Uint8Array {
  const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return message([[1, values.length], [2, INT64], [8, name], [9, raw]]);
}

function tensor(name: string, sizes: readonly number[], data: Float64Array): Uint8Array {
  const raw = new DataView(new ArrayBuffer(4 * data.length));
  data.forEach((value, i) => raw.setFloat32(4 * i, value, true));
  return message([...sizes.map((size): Field => [1, size]), [2, FLOAT], [8, name], [9, new Uint8Array(raw.buffer)]]);
}

/** `[batch × size]`, the batch of any length. */
function tensorType(name: string, size: number): Uint8Array {
  const sizes = message([[1, message([[2, "batch"]])], [1, message([[1, size]])]]);
  return message([[1, name], [2, message([[1, message([[1, FLOAT], [2, sizes]])]])]]);
}

/** Protocol Buffers: every field is a key (number and kind) and then a variable-length whole number or counted bytes. */
function message(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === "number") return [varint(number << 3), varint(value)];
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return [varint(number << 3 | 2), varint(bytes.length), bytes];
  });
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Seven bits in each byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return Uint8Array.of(...bytes, value);
}
