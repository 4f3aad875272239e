/**
 * Builds the engine's kernels from AssemblyScript; a test builds them again and compares the bytes.
 *
 * @module
 */
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader: 100 MB they do not need
import asc from "npm:assemblyscript@0.28.20/asc";
import { writeWhole } from "../lib/data/write_file.ts";
import { ROOT } from "./notebook_file.ts";

/** The builds by file name: with fused multiply-add where the machine has it, and without. */
export const BUILDS: Readonly<Record<string, readonly string[]>> = {
  "kernels.wasm": ["simd", "threads", "relaxed-simd"],
  "kernels_plain.wasm": ["simd", "threads"],
};

/**
 * One build.
 *
 * @param features What the machine is expected to have.
 * @throws {Error} If it does not compile; the message is the compiler's.
 */
export async function buildKernels(features: readonly string[]): Promise<Uint8Array> {
  const source = await Deno.readTextFile(new URL("lib/engine/kernels.as.ts", ROOT));
  const { error, stderr, binary } = await asc.compileString({ "kernels.ts": source }, {
    optimizeLevel: 3,
    noAssert: true,
    runtime: "stub",
    importMemory: true,
    sharedMemory: true,
    initialMemory: 1,
    maximumMemory: 65536,
    use: ["abort="],
    enable: [...features],
  });
  if (error || !binary) throw new Error(`Cannot build the kernels: ${error?.message}\n${stderr.toString()}`);
  return binary;
}

if (import.meta.main) {
  for (const [name, features] of Object.entries(BUILDS)) {
    await writeWhole(new URL(`lib/engine/${name}`, ROOT), await buildKernels(features));
  }
}
