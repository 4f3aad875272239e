/**
 * Loads the kernels: the build with fused multiply-add where the machine has it, the one without where not.
 *
 * @module
 */

/** Logits to probabilities, in place; with labels, to p − y. */
export type Ending = (
  z: number,
  count: number,
  classes: number,
  stride: number,
  labels: number,
  rows: number,
  first: number,
  report: number,
) => void;

/** The functions of kernels.as.ts; every pointer and count is a plain number. */
export interface Kernels {
  /** Rows of entries times weights. */
  sparseProduct(
    wide: number,
    starts: number,
    entries: number,
    rows: number,
    first: number,
    last: number,
    weights: number,
    stride: number,
    width: number,
    factor: number,
    bias: number,
    out: number,
  ): void;
  /** Bytes to entries. */
  packBytes(pixels: number, count: number, inputs: number, starts: number, entries: number): void;
  /** Rows of entries to columns. */
  transposeEntries(
    wide: number,
    starts: number,
    entries: number,
    rows: number,
    first: number,
    last: number,
    from: number,
    to: number,
    outStarts: number,
    outEntries: number,
  ): void;
  /** Rows that a list names, side by side. */
  gather(from: number, rows: number, count: number, bytes: number, out: number): void;
  /** A times B. */
  product(
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    c: number,
    stride: number,
    m: number,
    n: number,
    k: number,
    bias: number,
    panel: number,
    packed: number,
  ): void;
  /** Rows to columns. */
  transpose(
    from: number,
    rows: number,
    first: number,
    last: number,
    cols: number,
    stride: number,
    out: number,
    outStride: number,
  ): void;
  /** Sum of rows. */
  columnSum(from: number, rows: number, stride: number, out: number, add: number): void;
  /** max(z, 0). */
  relu(z: number, count: number): void;
  /** Its slope. */
  reluSlope(dA: number, a: number, count: number): void;
  /** 1 / (1 + e⁻ᶻ). */
  sigmoid(z: number, count: number): void;
  /** Its slope. */
  sigmoidSlope(dA: number, a: number, count: number): void;
  /** Softmax, or p − y. */
  readonly softmax: Ending;
  /** Sigmoid outputs, or a − y. */
  readonly logistic: Ending;
  /** y + f x. */
  addScaled(y: number, x: number, count: number, factor: number): void;
  /** Σ x². */
  sumOfSquares(x: number, count: number): number;
  /** A step with momentum. */
  momentum(w: number, g: number, v: number, count: number, rate: number, beta: number, factor: number): void;
  /** A step of Adam. */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    count: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    epsilon: number,
  ): void;
}

/** Where the kernels' own constants end in their memory. */
export const FIRST_FREE = 65536;

let compiled: Promise<WebAssembly.Module | null> | undefined;

/**
 * The compiled kernels, or null where the machine has no 128-bit vectors in WebAssembly: then the plain code does it all.
 */
export function compileKernels(): Promise<WebAssembly.Module | null> {
  return compiled ??= (async () => {
    for (const build of ["kernels.wasm", "kernels_plain.wasm"]) {
      try {
        const bytes = await (await fetch(new URL(build, import.meta.url))).arrayBuffer();
        return await WebAssembly.compile(bytes);
      } catch { /* the machine lacks an instruction, or the file is not there: the next one */ }
    }
    return null;
  })();
}

/** The kernels at work in a memory. */
export function startKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
