/**
 * The engine's kernels: the few loops in which training spends its time, for WebAssembly with 128-bit vectors.
 *
 * AssemblyScript, built by tools/maintain/build_kernels.ts. Everything is Float32 in one memory; pointers are byte addresses.
 * A batch is stored row by row, one example per row, and every row is padded with zeros to its stride, a
 * multiple of four numbers: four numbers are one vector. Each function says what the plain code in lib/network does in its place.
 */
export { sparseProduct, packBytes, transposeEntries, gather, unpack } from "./sparse";
export { product, transpose, columnSum } from "./dense";
export { relu, reluDerivative, sigmoid, sigmoidDerivative, tanh, tanhDerivative, drop } from "./activations";
export { softmax, logistic, squaredError } from "./activations";
export { convolve, listBlame, patchGradient, spreadBlame, sumBlame } from "./convolution";
export { addScaled, sumOfSquares, momentum, adam } from "./steps";
