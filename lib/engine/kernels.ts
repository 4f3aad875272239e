/**
 * Loads the compute kernels: the build with fused multiply-add where the machine has it, the one without where not.
 *
 * @module
 */
import type { instantiate } from "./kernels.d.ts";

/** The functions of kernels/index.ts, with the signatures that the compiler wrote; every pointer and count is a plain number. */
export type Kernels = Omit<Awaited<ReturnType<typeof instantiate>>, "memory">;

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
