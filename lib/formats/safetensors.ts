/**
 * Networks as safetensors: eight bytes of length, a JSON header, then the raw numbers.
 *
 * Tensors are called `layers.0.weight` `[units, inputs]` and `layers.0.bias` `[units]`, row by row as PyTorch keeps them.
 *
 * @see https://github.com/huggingface/safetensors#format
 * @module
 */
import { matrix } from "../matrix.ts";
import { type Activation, ACTIVATIONS, assertNetwork, type Network } from "../network/network.ts";

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * A network as a safetensors file.
 *
 * @param numbers `F64`, the default: every number reads back to the last bit. `F32`: half as long, and what frameworks
 *   compute with; of a network that the engine trained nothing is lost by it.
 */
export function networkToSafetensors({ layers }: Network, numbers: "F32" | "F64" = "F64"): Uint8Array {
  const header: Record<string, unknown> = {
    __metadata__: { activations: layers.map(({ activation }) => activation).join(",") },
  };
  const chunks: Float64Array[] = [];
  let at = 0;
  const size = numbers === "F32" ? 4 : 8;
  const put = (name: string, shape: number[], values: Float64Array) => {
    header[name] = { dtype: numbers, shape, data_offsets: [at, at + size * values.length] };
    chunks.push(values);
    at += size * values.length;
  };
  layers.forEach(({ weights: { rows, cols, data }, bias }, l) => {
    put(
      `layers.${l}.weight`,
      [rows, cols],
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
 * A network from a safetensors file with tensors `layers.N.weight` and `layers.N.bias` of 32- or 64-bit numbers.
 *
 * Without our note on activations, hidden layers are taken as ReLU and the last as softmax.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is no safetensors file, is cut off, or lacks a tensor.
 * @throws {TypeError} If its layers do not fit each other.
 */
export function networkFromSafetensors(bytes: Uint8Array, name: string): Network {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as safetensors: ${problem}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 8
    ? Number(view.getBigUint64(0, true))
    : fail(`8 bytes are needed at least, got ${bytes.length}`);
  if (length > bytes.length - 8) fail(`its header announces ${length} bytes, ${bytes.length - 8} are left`);
  let header: Record<string, Entry> & { __metadata__?: { activations?: string } };
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    return fail(`its header is no JSON (${(cause as Error).message})`);
  }
  if (typeof header !== "object" || header === null) fail("its header must be a list of tensors by name");
  const read = (tensor: string, dimensions: number): { shape: number[]; numbers: Float64Array } => {
    const { dtype, shape, data_offsets: offsets } = header[tensor] ?? fail(`tensor "${tensor}" is missing`);
    const size = { F32: 4, F64: 8 }[dtype] ?? fail(`tensor "${tensor}" must be F32 or F64, got ${dtype}`);
    const whole = (list: unknown, length: number) =>
      Array.isArray(list) && list.length === length && list.every((n) => Number.isSafeInteger(n) && n >= 0);
    if (!whole(shape, dimensions) || !shape.every((n) => n > 0)) {
      fail(`tensor "${tensor}" must have ${dimensions} dimensions, all above 0`);
    }
    if (!whole(offsets, 2)) fail(`tensor "${tensor}" must have two offsets, whole numbers from 0`);
    const count = shape.reduce((product, n) => product * n, 1), start = 8 + length + offsets[0];
    if (offsets[1] - offsets[0] !== count * size || 8 + length + offsets[1] > bytes.length) {
      fail(
        `tensor "${tensor}" [${shape.join(" × ")}] needs ${count * size} bytes, got ${
          Math.min(offsets[1], bytes.length - 8 - length) - offsets[0]
        }`,
      );
    }
    const numbers = Float64Array.from(
      { length: count },
      (_, i) => size === 4 ? view.getFloat32(start + 4 * i, true) : view.getFloat64(start + 8 * i, true),
    );
    if (!numbers.every(Number.isFinite)) fail(`tensor "${tensor}" holds a number that is not finite`);
    return { shape, numbers };
  };
  const count = Object.keys(header).filter((key) => /^layers\.\d+\.weight$/.test(key)).length;
  if (count === 0) fail('it holds no tensor "layers.0.weight"');
  const note = header.__metadata__?.activations,
    activations = typeof note === "string" ? note.split(",") as Activation[] : undefined;
  const unknown = activations?.find((name) => !(ACTIVATIONS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    fail(`its note on activations names "${unknown}", must be one of ${ACTIVATIONS.join(", ")}`);
  }
  const layers = Array.from({ length: count }, (_, l) => {
    const { shape: [rows, cols], numbers } = read(`layers.${l}.weight`, 2), bias = read(`layers.${l}.bias`, 1);
    const columnwise = numbers.map((_, i) => numbers[(i % rows!) * cols! + Math.floor(i / rows!)]!);
    const activation = activations?.[l] ?? (l === count - 1 ? "softmax" : "relu");
    return { weights: matrix(rows!, cols!, columnwise), bias: matrix(bias.shape[0]!, 1, bias.numbers), activation };
  });
  assertNetwork({ layers });
  return { layers };
}
