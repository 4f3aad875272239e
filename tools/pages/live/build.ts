/**
 * The page's kernel as one script, and the files that cells read.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import config from "../../../deno.json" with { type: "json" };
import { isRunning, writeWhole } from "../../../lib/files/write_file.ts";
import { ROOT } from "../../root.ts";
import { bundle, keptScript } from "../bundle.ts";

/** Where the library believes to stand, in place of `import.meta.url`: two folders deep, as the modules are that look for files. */
const HOME = "file:///digits/lib/x/y.ts";

/** What takes the place of the library's own modules in a page. */
const INSTEAD: Readonly<Record<string, string>> = { "lib/plots/static.ts": "tools/pages/live/node/no_png.ts" };

/** What takes the place of modules that a page does not have. */
const SHIMS: Readonly<Record<string, string>> = {
  "node:path": "tools/pages/live/node/path.ts",
  "node:url": "tools/pages/live/node/rest.ts",
  "node:os": "tools/pages/live/node/rest.ts",
  "node:util": "tools/pages/live/node/rest.ts",
  "node:process": "tools/pages/live/node/rest.ts",
  "node:zlib": "tools/pages/live/node/rest.ts",
};

/** The worker's script: bundled from a copy of the library, in which some modules are others. */
export async function liveKernel(): Promise<string> {
  await removeForgotten();
  return await keptScript("live_kernel", bundledKernel);
}

async function bundledKernel(): Promise<string> {
  const copy = new URL(`.cache/live_${Deno.pid}/`, ROOT), map = new URL("deno.json", copy);
  try {
    for (const folder of ["lib/", "tools/pages/live/"]) await copyScripts(folder, copy);
    for (const [module, other] of Object.entries(INSTEAD)) {
      await Deno.copyFile(new URL(other, ROOT), new URL(module, copy));
    }
    const own = Object.entries(config.imports).filter(([, target]) => !target.startsWith("./"));
    const links = ["assert", "csv"].map((name) => [`@std/${name}`, new URL(`tools/std/${name}/mod.ts`, ROOT).href]); // as deno.json has them
    const shims = Object.entries(SHIMS).map(([name, file]) => [name, new URL(file, copy).href]);
    await writeWhole(map, JSON.stringify({ imports: Object.fromEntries([...own, ...links, ...shims]) }));
    const entry = new URL("tools/pages/live/kernel_worker.ts", copy);
    // not minified: exhibits of the museum show the text of functions
    const script = await bundle(entry, ["--format", "iife", "--config", fileURLToPath(map)]);
    return script.replaceAll(`live_${Deno.pid}`, "live").replaceAll(/new URL\(("[\w.]+\.wasm"),\s*\w+\.url\)/g, "$1"); // where decoders look if nobody hands them their module
  } finally {
    await Deno.remove(copy, { recursive: true }).catch(() => {});
  }
}

/** Takes away copies whose makers were killed. */
async function removeForgotten(): Promise<void> {
  for await (const { name } of Deno.readDir(new URL(".cache/", ROOT))) {
    const pid = /^live_(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await Deno.remove(new URL(`.cache/${name}`, ROOT), { recursive: true });
  }
}

/** The scripts below a folder, and the data that they import. */
async function copyScripts(folder: string, to: URL): Promise<void> {
  await Deno.mkdir(new URL(folder, to), { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) await copyScripts(`${folder}${name}/`, to);
    else if (/(?<!\.d)\.ts$|\.json$/.test(name)) {
      const text = await Deno.readTextFile(new URL(folder + name, ROOT));
      await Deno.writeTextFile(
        new URL(folder + name, to),
        text.replaceAll("import.meta.url", JSON.stringify(HOME)).replaceAll(
          "import.meta.resolve(",
          '("file:///digits/" + ',
        ),
      );
    }
  }
}

/** Modules whose lines chapter 16 counts. */
const SHOWN = [
  ...["evaluation/baseline", "network/forward", "network/backward", "network/activations", "network/update"],
  ...["training/optimisers", "training/batches", "training/schedules", "data/distort", "network/convolution"],
].map((name) => `lib/${name}.ts`);

/** Decoders of pictures, in WebAssembly; AVIF's is too large for a page. */
const DECODERS = [
  "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  "@jsquash/png/codec/pkg/squoosh_png_bg.wasm",
  "@jsquash/webp/codec/dec/webp_dec.wasm",
];

/** The files of the project that cells read, by their paths. */
export async function liveFiles(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const take = async (path: string) => void files.set(path, await Deno.readFile(new URL(path, ROOT)));
  for (const name of ["sample.csv", "dirty.csv"]) await take(`data/${name}`);
  for (const module of SHOWN) await take(module);
  for (const folder of ["data/photos/", "data/recorded/"]) {
    for await (const { name } of Deno.readDir(new URL(folder, ROOT))) await take(folder + name);
  }
  for (const decoder of DECODERS) {
    files.set(decoder.split("/").at(-1)!, await Deno.readFile(new URL(import.meta.resolve(decoder))));
  }
  files.set("kernels.wasm", await Deno.readFile(new URL("lib/engine/kernels.wasm", ROOT)));
  files.set("kernels_plain.wasm", await Deno.readFile(new URL("lib/engine/kernels_plain.wasm", ROOT)));
  return files;
}
