// deno-lint-ignore-file no-import-prefix -- whatever deno.json names, Deno fetches for every reader: 100 MB they do not need
/**
 * Builds the engine's compute kernels from AssemblyScript; a test builds them again and compares the bytes.
 *
 * @module
 */
// @ts-types="./asc.d.ts"
import asc from "npm:assemblyscript@0.28.20/asc";
import { writeWhole } from "../../lib/files/write_file.ts";
import { ROOT } from "../root.ts";

/** The builds: with fused multiply-add where the machine has it, and without. */
export const BUILDS: Readonly<Record<string, readonly string[]>> = {
  kernels: ["simd", "threads", "relaxed-simd"],
  kernels_plain: ["simd", "threads"],
};

/**
 * One build, by file name: the module, and with the first one the signatures of its functions.
 *
 * @throws {Error} If it does not compile; the message is the compiler's.
 */
export async function buildKernels(name: string): Promise<Map<string, Uint8Array>> {
  const folder = new URL("lib/engine/kernels/", ROOT), made = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([
    "index.ts",
    ...["--outFile", `${name}.wasm`, "--bindings", "raw"],
    ...["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--sharedMemory"],
    ...["--initialMemory", "1", "--maximumMemory", "65536", "--use", "abort="],
    ...BUILDS[name]!.flatMap((feature) => ["--enable", feature]),
  ], {
    readFile: (path) => Deno.readTextFile(new URL(path, folder)).catch(() => null),
    writeFile: (path, content) => {
      const text = typeof content === "string" ? content.replaceAll(/[ \t]+$/gm, "") : content;
      made.set(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`Cannot build the kernels: ${error.message}\n${stderr.toString()}`);
  made.delete(`${name}.js`); // it would start them another way
  if (name !== "kernels") made.delete(`${name}.d.ts`);
  return made;
}

if (import.meta.main) {
  for (const name of Object.keys(BUILDS)) {
    for (const [file, bytes] of await buildKernels(name)) await writeWhole(new URL(`lib/engine/${file}`, ROOT), bytes);
  }
}
