/**
 * Gets a fresh clone ready: dependencies, and a kernelspec for our runner.
 *
 * Every task calls this first. It imports nothing but what Deno brings, takes a few milliseconds when
 * all is done, and writes only to folders that git ignores.
 *
 * Nothing here decides what is fetched: deno.lock names every package with its SHA-512, and Deno refuses another from the
 * first download on, before any of its code runs. `@std/csv` and `@std/assert` are JSR's, which some networks do not reach, and
 * whose hashes nobody could write down here; so deno.json links the two small packages in tools/std/ in their place, everywhere:
 * in checks, kernel, editor and tests. Without the line "links" in deno.json they come from JSR.
 *
 * @module
 */

import { denoTooOld } from "../lib/notebook/deno_version.ts";
import { sha256 } from "../lib/sha256.ts";
import { ROOT } from "./root.ts";
import { makeFolder, writeWhole } from "../lib/files/write_file.ts";

const at = (path: string) => new URL(path, ROOT);
const KERNELSPEC = ".cache/jupyter/kernels/deno/kernel.json";

/** The folder in which our runner looks for its kernel. */
export const JUPYTER_PATH = at(".cache/jupyter/");

/** Makes everything ready; does nothing where it already is. */
export async function setup(say: (line: string) => void = console.error): Promise<void> {
  const tooOld = denoTooOld(Deno.version.deno);
  if (tooOld) throw new Error(tooOld);
  const wanted = await fingerprint(), state = await read(".cache/setup.json");
  if (state === wanted && await read(KERNELSPEC) === kernelspec()) return;
  await makeFolder(new URL("kernels/deno/", JUPYTER_PATH));
  await write(KERNELSPEC, kernelspec());
  say("set-up: fetching dependencies, once");
  await fetchDependencies();
  await write(".cache/setup.json", wanted);
}

/** What set-up depends on: if none of it changed, there is nothing to do. */
async function fingerprint(): Promise<string> {
  const parts = [
    Deno.version.deno,
    Deno.execPath(),
    Deno.env.get("DENO_DIR") ?? "",
    await read("deno.json"),
    await read("deno.lock"),
  ];
  return JSON.stringify({ inputs: (await sha256(parts.join("\0"))).toHex() });
}

function kernelspec(): string {
  const spec = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { NO_COLOR: "1" }, // colour codes have no place in saved outputs
  };
  return JSON.stringify(spec, null, 2);
}

async function fetchDependencies(): Promise<void> {
  await deno("install", "--entrypoint", "lib/mod.ts", "tools/dependencies.ts");
  await deno("bundle", "--no-lock", "--quiet", "--output", ".cache/bundler.js", "tools/pages/pad/strokes.ts"); // fetches Deno's bundler
}

async function deno(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  // deno-lint-ignore no-control-regex -- colours are control characters
  const text = new TextDecoder().decode(stderr).replaceAll(/\x1b\[[\d;]*m/g, "");
  const reason = text.trim().split("\n").filter((line) => !line.startsWith("Download")).join("\n");
  const remedy = reason.includes("checksum did not match")
    ? "what came is not what deno.lock names; another registry or a proxy changed it: nothing of it was run"
    : reason.includes("invalid peer certificate")
    ? "a proxy signs with its own certificate: set DENO_TLS_CA_STORE=system"
    : "the npm registry must be reachable once; behind a proxy set HTTPS_PROXY";
  throw new Error(`Cannot fetch the dependencies: ${remedy}\n${reason}`);
}

async function read(path: string): Promise<string | null> {
  return await Deno.readTextFile(at(path)).catch(() => null);
}

async function write(path: string, text: string): Promise<void> {
  await writeWhole(at(path), text);
}

if (import.meta.main) {
  await setup().catch((error: Error) => {
    console.error(error.message);
    Deno.exit(1);
  });
}
