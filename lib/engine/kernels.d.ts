declare namespace __AdaptedExports {
  /** Exported memory */
  export const memory: WebAssembly.Memory;
  /**
   * sparse/sparseProduct
   * @param wide `bool`
   * @param starts `usize`
   * @param entries `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param last `i32`
   * @param weights `usize`
   * @param stride `i32`
   * @param width `i32`
   * @param factor `f32`
   * @param bias `usize`
   * @param out `usize`
   */
  export function sparseProduct(wide: boolean, starts: number, entries: number, rows: number, first: number, last: number, weights: number, stride: number, width: number, factor: number, bias: number, out: number): void;
  /**
   * sparse/packBytes
   * @param pixels `usize`
   * @param count `i32`
   * @param inputs `i32`
   * @param starts `usize`
   * @param entries `usize`
   */
  export function packBytes(pixels: number, count: number, inputs: number, starts: number, entries: number): void;
  /**
   * sparse/transposeEntries
   * @param wide `bool`
   * @param starts `usize`
   * @param entries `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param last `i32`
   * @param from `i32`
   * @param to `i32`
   * @param outStarts `usize`
   * @param outEntries `usize`
   */
  export function transposeEntries(wide: boolean, starts: number, entries: number, rows: number, first: number, last: number, from: number, to: number, outStarts: number, outEntries: number): void;
  /**
   * sparse/gather
   * @param from `usize`
   * @param rows `usize`
   * @param count `i32`
   * @param bytes `i32`
   * @param out `usize`
   */
  export function gather(from: number, rows: number, count: number, bytes: number, out: number): void;
  /**
   * sparse/unpack
   * @param wide `bool`
   * @param starts `usize`
   * @param entries `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param count `i32`
   * @param factor `f32`
   * @param places `usize`
   * @param out `usize`
   * @param outRow `usize`
   */
  export function unpack(wide: boolean, starts: number, entries: number, rows: number, first: number, count: number, factor: number, places: number, out: number, outRow: number): void;
  /**
   * dense/product
   * @param a `usize`
   * @param aRow `usize`
   * @param aCol `usize`
   * @param b `usize`
   * @param bRow `usize`
   * @param bCol `usize`
   * @param bCols `i32`
   * @param c `usize`
   * @param stride `i32`
   * @param m `i32`
   * @param n `i32`
   * @param k `i32`
   * @param bias `usize`
   * @param panel `usize`
   * @param packed `usize`
   */
  export function product(a: number, aRow: number, aCol: number, b: number, bRow: number, bCol: number, bCols: number, c: number, stride: number, m: number, n: number, k: number, bias: number, panel: number, packed: number): void;
  /**
   * dense/transpose
   * @param from `usize`
   * @param rows `i32`
   * @param first `i32`
   * @param last `i32`
   * @param cols `i32`
   * @param stride `i32`
   * @param out `usize`
   * @param outStride `i32`
   */
  export function transpose(from: number, rows: number, first: number, last: number, cols: number, stride: number, out: number, outStride: number): void;
  /**
   * dense/columnSum
   * @param from `usize`
   * @param rows `i32`
   * @param stride `i32`
   * @param out `usize`
   * @param add `bool`
   */
  export function columnSum(from: number, rows: number, stride: number, out: number, add: boolean): void;
  /**
   * activations/relu
   * @param z `usize`
   * @param count `i32`
   */
  export function relu(z: number, count: number): void;
  /**
   * activations/reluDerivative
   * @param dA `usize`
   * @param a `usize`
   * @param count `i32`
   */
  export function reluDerivative(dA: number, a: number, count: number): void;
  /**
   * activations/sigmoid
   * @param z `usize`
   * @param count `i32`
   */
  export function sigmoid(z: number, count: number): void;
  /**
   * activations/sigmoidDerivative
   * @param dA `usize`
   * @param a `usize`
   * @param count `i32`
   */
  export function sigmoidDerivative(dA: number, a: number, count: number): void;
  /**
   * activations/tanh
   * @param z `usize`
   * @param count `i32`
   */
  export function tanh(z: number, count: number): void;
  /**
   * activations/tanhDerivative
   * @param dA `usize`
   * @param a `usize`
   * @param count `i32`
   */
  export function tanhDerivative(dA: number, a: number, count: number): void;
  /**
   * activations/drop
   * @param a `usize`
   * @param first `i32`
   * @param count `i32`
   * @param places `i32`
   * @param units `i32`
   * @param stride `i32`
   * @param key `i32`
   * @param limit `i32`
   * @param factor `f32`
   */
  export function drop(a: number, first: number, count: number, places: number, units: number, stride: number, key: number, limit: number, factor: number): void;
  /**
   * activations/softmax
   * @param z `usize`
   * @param count `i32`
   * @param classes `i32`
   * @param stride `i32`
   * @param labels `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param report `usize`
   */
  export function softmax(z: number, count: number, classes: number, stride: number, labels: number, rows: number, first: number, report: number): void;
  /**
   * activations/logistic
   * @param z `usize`
   * @param count `i32`
   * @param classes `i32`
   * @param stride `i32`
   * @param labels `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param report `usize`
   */
  export function logistic(z: number, count: number, classes: number, stride: number, labels: number, rows: number, first: number, report: number): void;
  /**
   * activations/squaredError
   * @param z `usize`
   * @param count `i32`
   * @param classes `i32`
   * @param stride `i32`
   * @param labels `usize`
   * @param rows `usize`
   * @param first `i32`
   * @param report `usize`
   */
  export function squaredError(z: number, count: number, classes: number, stride: number, labels: number, rows: number, first: number, report: number): void;
  /**
   * convolution/convolve
   * @param x `usize`
   * @param xRow `usize`
   * @param count `i32`
   * @param pitch `usize`
   * @param step `usize`
   * @param run `i32`
   * @param size `i32`
   * @param rows `i32`
   * @param cols `i32`
   * @param weights `usize`
   * @param stride `i32`
   * @param bias `usize`
   * @param pool `i32`
   * @param out `usize`
   * @param outRow `usize`
   * @param outPitch `usize`
   * @param winners `usize`
   * @param blank `bool`
   * @param sums `usize`
   * @param panel `usize`
   * @param packed `usize`
   */
  export function convolve(x: number, xRow: number, count: number, pitch: number, step: number, run: number, size: number, rows: number, cols: number, weights: number, stride: number, bias: number, pool: number, out: number, outRow: number, outPitch: number, winners: number, blank: boolean, sums: number, panel: number, packed: number): void;
  /**
   * convolution/listBlame
   * @param dZ `usize`
   * @param dRow `usize`
   * @param dPitch `usize`
   * @param count `i32`
   * @param rows `i32`
   * @param cols `i32`
   * @param filters `i32`
   * @param stride `i32`
   * @param winners `usize`
   * @param lists `usize`
   * @param counts `usize`
   */
  export function listBlame(dZ: number, dRow: number, dPitch: number, count: number, rows: number, cols: number, filters: number, stride: number, winners: number, lists: number, counts: number): void;
  /**
   * convolution/patchGradient
   * @param x `usize`
   * @param xRow `usize`
   * @param count `i32`
   * @param filters `i32`
   * @param lists `usize`
   * @param room `usize`
   * @param counts `usize`
   * @param width `i32`
   * @param out `usize`
   * @param outBytes `usize`
   * @param add `bool`
   */
  export function patchGradient(x: number, xRow: number, count: number, filters: number, lists: number, room: number, counts: number, width: number, out: number, outBytes: number, add: boolean): void;
  /**
   * convolution/spreadBlame
   * @param dX `usize`
   * @param xRow `usize`
   * @param count `i32`
   * @param pitch `usize`
   * @param run `i32`
   * @param size `i32`
   * @param filters `i32`
   * @param lists `usize`
   * @param room `usize`
   * @param counts `usize`
   * @param weights `usize`
   */
  export function spreadBlame(dX: number, xRow: number, count: number, pitch: number, run: number, size: number, filters: number, lists: number, room: number, counts: number, weights: number): void;
  /**
   * convolution/sumBlame
   * @param lists `usize`
   * @param room `usize`
   * @param counts `usize`
   * @param count `i32`
   * @param filters `i32`
   * @param out `usize`
   * @param add `bool`
   */
  export function sumBlame(lists: number, room: number, counts: number, count: number, filters: number, out: number, add: boolean): void;
  /**
   * steps/addScaled
   * @param y `usize`
   * @param x `usize`
   * @param count `i32`
   * @param factor `f32`
   */
  export function addScaled(y: number, x: number, count: number, factor: number): void;
  /**
   * steps/sumOfSquares
   * @param x `usize`
   * @param count `i32`
   * @returns `f64`
   */
  export function sumOfSquares(x: number, count: number): number;
  /**
   * steps/momentum
   * @param w `usize`
   * @param g `usize`
   * @param v `usize`
   * @param count `i32`
   * @param rate `f32`
   * @param beta `f32`
   * @param factor `f32`
   */
  export function momentum(w: number, g: number, v: number, count: number, rate: number, beta: number, factor: number): void;
  /**
   * steps/adam
   * @param w `usize`
   * @param g `usize`
   * @param m `usize`
   * @param v `usize`
   * @param count `i32`
   * @param rate `f32`
   * @param beta1 `f32`
   * @param rest1 `f32`
   * @param beta2 `f32`
   * @param rest2 `f32`
   * @param epsilon `f32`
   */
  export function adam(w: number, g: number, m: number, v: number, count: number, rate: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number): void;
}
/** Instantiates the compiled WebAssembly module with the given imports. */
export declare function instantiate(module: WebAssembly.Module, imports: {
}): Promise<typeof __AdaptedExports>;
