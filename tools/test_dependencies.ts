/**
 * Names the packages that only the tests need: 200 MB that no reader should have to wait for.
 *
 * @module
 */
import "./build_kernels.ts";
import "fast-check";
import "onnxruntime-web";
