/**
 * Gets a fresh clone ready: dependencies, stand-ins where JSR is out of reach, a kernelspec for our runner.
 *
 * Every task calls this first. It imports nothing but what Deno brings, takes a few milliseconds when
 * all is done, and writes only to folders that git ignores.
 *
 * `@std/csv` and `@std/assert` come from JSR. Some networks reach the npm registry and not JSR; there,
 * the two small packages in tools/std/ are copied to a folder whose packages deno.json counts as its own ("workspace"),
 * and everything (check, kernel, editor, tests) uses them instead. Delete that folder to try JSR again.
 *
 * The lock file in use is a copy of deno.lock in .cache/, because Deno writes different lines into it
 * in the two cases, and a set-up must not change a file under version control.
 *
 * @module
 */

import { denoTooOld } from "../lib/notebook/deno_version.ts";
import { sha256 } from "../lib/sha256.ts";
import { ROOT } from "./root.ts";
import { makeFolder, writeWhole } from "../lib/files/write_file.ts";

const at = (path: string) => new URL(path, ROOT);
const STAND_INS = ["assert", "csv"];
const STAND_IN_FOLDER = ".cache/needs-deno-2.9"; // its name is what Deno 1.46 complains of before it runs anything
const KERNELSPEC = ".cache/jupyter/kernels/deno/kernel.json";
const JSR_LIMIT = 2000; // milliseconds to wait for an answer

/** The folder in which our runner looks for its kernel. */
export const JUPYTER_PATH = at(".cache/jupyter/");

/** Makes everything ready; does nothing where it already is. */
export async function setup(say: (line: string) => void = console.error): Promise<void> {
  const tooOld = denoTooOld(Deno.version.deno);
  if (tooOld) throw new Error(tooOld);
  const wanted = await fingerprint(), state = await read(".cache/setup.json");
  const made = await read(KERNELSPEC) !== null && await read(".cache/deno.lock") !== null;
  if (state === wanted && made) return;
  await makeFolder(at(".cache"));
  const standIns = await copyStandIns();
  say(
    standIns
      ? "set-up: jsr.io cannot be reached, using the stand-ins for @std/csv and @std/assert in tools/std/"
      : "set-up: @std/csv and @std/assert come from jsr.io",
  );
  await writeLock();
  await writeKernelspec();
  say("set-up: fetching dependencies, once");
  await fetchDependencies();
  await write(".cache/setup.json", await fingerprint());
}

/** What set-up depends on: if none of it changed, there is nothing to do. */
async function fingerprint(): Promise<string> {
  const standIns: string[] = [];
  for (const name of STAND_INS) {
    if (await read(`${STAND_IN_FOLDER}/${name}/mod.ts`) !== null) {
      standIns.push(await read(`tools/std/${name}/mod.ts`) ?? "");
    }
  }
  const parts = [
    Deno.version.deno,
    Deno.execPath(),
    Deno.env.get("DENO_DIR") ?? "",
    await read("deno.json"),
    await read("deno.lock"),
    ...standIns,
  ];
  return JSON.stringify({ standIns: standIns.length > 0, inputs: (await sha256(parts.join("\0"))).toHex() });
}

/** Copies the stand-ins to their folder unless JSR answers; says whether they are in use. */
async function copyStandIns(): Promise<boolean> {
  const present = await read(`${STAND_IN_FOLDER}/${STAND_INS[0]}/mod.ts`) !== null;
  if (!present && await jsrAnswers()) return false;
  for (const name of STAND_INS) {
    await makeFolder(at(`${STAND_IN_FOLDER}/${name}`));
    for (const file of ["deno.json", "mod.ts"]) {
      // half a deno.json there, and Deno itself would not start any more
      await write(`${STAND_IN_FOLDER}/${name}/${file}`, (await read(`tools/std/${name}/${file}`))!);
    }
  }
  return true;
}

async function jsrAnswers(): Promise<boolean> {
  const registry = Deno.env.get("JSR_URL") ?? "https://jsr.io/";
  try {
    const answer = await fetch(new URL("@std/csv/meta.json", registry), { signal: AbortSignal.timeout(JSR_LIMIT) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * The lock that is used: deno.lock, but naming only the packages of deno.json. Deno fetches whatever a lock names, and the
 * tests' own packages are 200 MB; `deno task test` adds them again, in the versions that the lock still holds.
 */
async function writeLock(): Promise<void> {
  const text = await read("deno.lock");
  if (text === null) return; // none yet: Deno makes one
  const lock = JSON.parse(text), own = new Set<unknown>(Object.values(JSON.parse((await read("deno.json"))!).imports));
  lock.specifiers = Object.fromEntries(
    Object.entries(lock.specifiers).filter(([name]) => !name.startsWith("npm:") || own.has(name)),
  );
  await write(".cache/deno.lock", JSON.stringify(lock, null, 2));
}

async function writeKernelspec(): Promise<void> {
  const spec = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { NO_COLOR: "1" }, // colour codes have no place in saved outputs
  };
  await makeFolder(new URL("kernels/deno/", JUPYTER_PATH));
  await write(KERNELSPEC, JSON.stringify(spec, null, 2));
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
  const remedy = reason.includes("invalid peer certificate")
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
