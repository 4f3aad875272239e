/**
 * Scripts for pages: bundled once, and kept until a source changes.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import { shortSha256 } from "../../lib/sha256.ts";
import { ROOT } from "../root.ts";
import { runDeno } from "../run_deno.ts";

const KEPT = new URL(".cache/bundles/", ROOT);

/** A script and all it imports as one file for browsers, minified where nothing else is said. */
export async function bundle(entry: URL, options: readonly string[] = ["--minify"]): Promise<string> {
  const { success, output, text } = await runDeno( // to its output: no file that an interruption could leave behind
    ["bundle", "--no-lock", "--quiet", "--platform", "browser", ...options, entry.href],
  );
  if (!success) throw new Error(`Cannot bundle ${entry.pathname.split("/").at(-1)}: ${text}`);
  return output;
}

/**
 * What was made under this name before, from the same sources by the same Deno; where that is not so, what `make` makes of them,
 * which is kept. A bundle takes half a second, and a book has eight.
 *
 * @param name A file's name.
 * @param make Makes it from files of lib/ and tools/, and packages, alone.
 */
export async function keptScript(name: string, make: () => Promise<string>): Promise<string> {
  const file = new URL(`${name}.js`, KEPT), head = `// ${await (sources ??= fingerprint())} `;
  const kept = await Deno.readTextFile(file).catch(() => ""), end = kept.indexOf("\n"), script = kept.slice(end + 1);
  if (end > 0 && kept.slice(0, end) === head + await shortSha256(script)) return script;
  const made = await make();
  await Deno.mkdir(KEPT, { recursive: true })
    .then(async () => await writeWhole(file, `${head}${await shortSha256(made)}\n${made}`))
    .catch(() => {}); // a full disk is told of where the page itself is written
  return made;
}

/** The same with what {@linkcode bundle} makes of a script of lib/ or tools/. */
export function keptBundle(entry: URL): Promise<string> {
  return keptScript(entry.href.slice(ROOT.href.length).replaceAll("/", "_").replace(/\.ts$/, ""), () => bundle(entry));
}

let sources: Promise<string> | undefined;

/** Of all that a bundle may be made of. */
async function fingerprint(): Promise<string> {
  const paths = ["deno.json", "deno.lock"];
  for (const folder of ["lib/", "tools/"]) await listFiles(folder, paths);
  const texts = await Promise.all(
    paths.sort().map(async (path) => {
      return `${path}\0${await shortSha256(await Deno.readFile(new URL(path, ROOT)))}`;
    }),
  );
  return await shortSha256([Deno.version.deno, ...texts].join("\0"));
}

async function listFiles(folder: string, found: string[]): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) await listFiles(`${folder}${name}/`, found);
    else found.push(folder + name);
  }
}
