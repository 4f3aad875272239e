/**
 * Networks as safetensors: eight bytes of length, a JSON header, then the raw numbers.
 *
 * Tensors are called `layers.0.weight` `[units, inputs]` and `layers.0.bias` `[units]`, row by row as PyTorch keeps them; those of a
 * convolution `[filters, channels, rows, columns]`, and a dense layer behind it takes its pictures channel by channel, as there.
 *
 * @see https://github.com/huggingface/safetensors#format
 * @module
 */
import { beyond } from "../limits.ts";
import { matrix } from "../matrix.ts";
import { channelsFirst, channelsLast, channelsOf } from "../network/channels_first.ts";
import { type Activation, ACTIVATIONS, assertNetwork, type Layer, type Network } from "../network/network.ts";
import { readConvolution } from "./json.ts";
import { NUMBERS, numbersFrom, type ReadNumber } from "./numbers.ts";
import { readSafetensorsHeader } from "./safetensors_header.ts";

/** How a number of each type is read, and its bytes. */
const TYPES: ReadonlyMap<string, readonly [size: number, read: ReadNumber]> = new Map([
  ["F16", NUMBERS.f2!],
  ["BF16", [2, upperHalf]],
  ["F32", NUMBERS.f4!],
  ["F64", NUMBERS.f8!],
]);

/**
 * A network as a safetensors file.
 *
 * @param numbers `F64`, the default: every number reads back to the last bit. `F32`: half as long, and what frameworks
 *   compute with; of a network that the engine trained nothing is lost by it.
 */
export function networkToSafetensors({ layers }: Network, numbers: "F32" | "F64" = "F64"): Uint8Array {
  const convolutions = layers.map(({ convolution }) => convolution ?? null);
  const header: Record<string, unknown> = {
    __metadata__: {
      activations: layers.map(({ activation }) => activation).join(","),
      ...convolutions.some((known) => known) && { convolutions: JSON.stringify(convolutions) },
    },
  };
  const chunks: Float64Array[] = [];
  let at = 0;
  const size = numbers === "F32" ? 4 : 8;
  const put = (name: string, shape: number[], values: Float64Array) => {
    header[name] = { dtype: numbers, shape, data_offsets: [at, at + size * values.length] };
    chunks.push(values);
    at += size * values.length;
  };
  layers.forEach(({ weights, bias, convolution }, l) => {
    const { rows, cols, data } = channelsFirst(weights, channelsOf({ convolution }, layers[l - 1]));
    put(
      `layers.${l}.weight`,
      convolution ? [rows, convolution.channels, convolution.size, convolution.size] : [rows, cols],
      Float64Array.from({ length: rows * cols }, (_, i) => data[(i % cols) * rows + Math.floor(i / cols)]!),
    );
    put(`layers.${l}.bias`, [rows], bias.data);
  });
  const json = JSON.stringify(header), text = new TextEncoder().encode(json + " ".repeat((8 - json.length % 8) % 8));
  const file = new Uint8Array(8 + text.length + at), view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  let offset = 8 + text.length;
  for (const value of chunks.flatMap((chunk) => [...chunk])) {
    if (size === 4) view.setFloat32(offset, value, true);
    else view.setFloat64(offset, value, true);
    offset += size;
  }
  return file;
}

/**
 * A network from a safetensors file with tensors `layers.N.weight` and `layers.N.bias` of F16, BF16, F32 or F64.
 *
 * Without our note on activations, hidden layers are taken as ReLU and the last as softmax.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is no safetensors file by the rules of the format, is cut off, or lacks a tensor.
 * @throws {TypeError} If its layers do not fit each other.
 */
export function networkFromSafetensors(bytes: Uint8Array, name: string): Network {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as safetensors: ${problem}`);
  };
  const { tensors, metadata } = readSafetensorsHeader(bytes, fail);
  let taken = 0;
  const read = (tensor: string, dimensions: number): { shape: readonly number[]; numbers: Float64Array } => {
    const { dtype, shape, start } = tensors.get(tensor) ?? fail(`tensor "${tensor}" is missing`);
    const [size, number] = TYPES.get(dtype) ??
      fail(`tensor "${tensor}" must be ${[...TYPES.keys()].join(", ")}, got ${dtype}`);
    if (shape.length !== dimensions || shape.includes(0)) {
      fail(`tensor "${tensor}" must have ${dimensions} dimensions, all above 0, got [${shape.join(" × ")}]`);
    }
    const count = shape.reduce((product, n) => product * n, 1),
      problem = beyond("parameters", taken += count, "weights");
    if (problem) fail(problem);
    const numbers = numbersFrom(bytes.subarray(start), count, [size, number], true);
    if (!numbers.every(Number.isFinite)) fail(`tensor "${tensor}" holds a number that is not finite`);
    return { shape, numbers };
  };
  const count = Array.from(tensors.keys()).filter((key) => /^layers\.\d+\.weight$/.test(key)).length;
  if (count === 0) {
    const names = Array.from(tensors.keys(), (key) => `"${key}"`);
    const more = names.length > 4 ? `, and ${names.length - 4} more` : "";
    fail(`it holds no tensor "layers.0.weight", but ${names.slice(0, 4).join(", ") || "none at all"}${more}`);
  }
  const activations = metadata.get("activations")?.split(",") as Activation[] | undefined;
  const unknown = activations?.find((name) => !(ACTIVATIONS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    fail(`its note on activations names "${unknown}", must be one of ${ACTIVATIONS.join(", ")}`);
  }
  const convolutions = notesOnConvolutions(metadata.get("convolutions"), fail), layers: Layer[] = [];
  for (let l = 0; l < count; l++) {
    const note = convolutions[l], convolution = note ? readConvolution(note, l, name) : undefined;
    const { shape, numbers } = read(`layers.${l}.weight`, convolution ? 4 : 2), bias = read(`layers.${l}.bias`, 1);
    const rows = shape[0]!, cols = numbers.length / rows, channels = channelsOf({ convolution }, layers.at(-1));
    const columnwise = numbers.map((_, i) => numbers[(i % rows) * cols + Math.floor(i / rows)]!);
    const activation = activations?.[l] ?? (l === count - 1 ? "softmax" : "relu");
    const weights = matrix(rows, cols, columnwise);
    layers.push({
      weights: cols % channels ? weights : channelsLast(weights, channels), // if not, what follows says so
      bias: matrix(bias.shape[0]!, 1, bias.numbers),
      activation,
      ...convolution && { convolution },
    });
  }
  assertNetwork({ layers });
  return { layers };
}

/** Our note on which layers are convolutions: one entry for each layer, null for a dense one. */
function notesOnConvolutions(text: string | undefined, fail: (problem: string) => never): unknown[] {
  if (text === undefined) return [];
  try {
    const notes = JSON.parse(text);
    if (Array.isArray(notes)) return notes;
  } catch { /* said below */ }
  return fail("its note on convolutions must be a JSON list");
}

/** A BF16 is the upper half of a Float32. */
function upperHalf(view: DataView, at: number): number {
  const whole = new DataView(new ArrayBuffer(4));
  whole.setUint16(2, view.getUint16(at, true), true);
  return whole.getFloat32(0, true);
}
