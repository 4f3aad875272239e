/**
 * Are the tests able to fail? Changes one sign at a time in copies of the project, and counts how many changes they notice.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { seededRandom, shuffledIndices } from "../../lib/random.ts";
import { parseCommand, run, wholeNumber } from "../command.ts";
import { ROOT } from "../root.ts";

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "lib/network": ["tests/network", "tests/training", "tests/matrix_test.ts"],
  "lib/training": ["tests/training", "tests/network"],
  "lib/data": ["formats", "data", "csv", "hostile"].map((name) => `tests/data/${name}_test.ts`),
};
const ELSEWHERE = ["drawn_digits.ts", "skeletons.ts", "download.ts", "mnist.ts"]; // by pictures and by a mirror, in tests that take long
const SWAPS: readonly (readonly [RegExp, string])[] = [
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/ \* /g, " / "],
  [/ \/ /g, " * "],
  [/ < /g, " <= "],
  [/ > /g, " >= "],
  [/ <= /g, " < "],
  [/ >= /g, " > "],
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
];

interface Mutant {
  readonly file: string;
  readonly folder: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** All changes of one sign, not in comments, imports, types or messages. */
async function mutants(): Promise<Mutant[]> {
  const all: Mutant[] = [];
  for (const folder of Object.keys(FOLDERS)) {
    for await (const { name } of Deno.readDir(new URL(`${folder}/`, ROOT))) {
      if (ELSEWHERE.includes(name)) continue;
      const lines = (await Deno.readTextFile(new URL(`${folder}/${name}`, ROOT))).split("\n");
      for (const [line, before] of lines.entries()) {
        if (/^\s*(\*|\/\/|\/\*|import|export type)|`|=> [A-Z]\w+;|throw |readonly /.test(before)) continue;
        for (const [sign, other] of SWAPS) {
          for (const { index, 0: found } of before.matchAll(sign)) {
            const comment = before.indexOf(" //");
            if (comment >= 0 && index > comment) continue;
            const after = before.slice(0, index) + other + before.slice(index + found.length);
            all.push({ file: `${folder}/${name}`, folder, line: line + 1, before, after });
          }
        }
      }
    }
  }
  return all;
}

async function copyProject(): Promise<string> {
  const target = await Deno.makeTempDir(), root = fileURLToPath(ROOT);
  for (const name of ["lib", "tests", "tools", "data", "notebooks", "deno.json", "deno.lock", ".cache", ".links"]) {
    const { success } = await new Deno.Command("cp", { args: ["-r", `${root}${name}`, target] }).output();
    if (!success && name !== ".links") throw new Error(`Cannot copy ${name}`);
  }
  return target;
}

/** Whether the tests of a folder pass; those that do not come to an end do not. */
async function testsPass(folder: string, copy: string): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--quiet", "--fail-fast", ...FOLDERS[folder]!],
    cwd: copy,
    env: { DIGITS_DATA: "drawn", DIGITS_MUTATIONS: "30" },
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(60_000),
  }).output();
  return success;
}

/** Whether the tests notice. */
async function killed({ file, folder, line, before, after }: Mutant, copy: string): Promise<boolean> {
  const path = `${copy}/${file}`, text = await Deno.readTextFile(path), lines = text.split("\n");
  if (lines[line - 1] !== before) throw new Error(`Cannot change ${file}: line ${line} is another one`);
  try {
    await Deno.writeTextFile(path, lines.with(line - 1, after).join("\n"));
    return !await testsPass(folder, copy);
  } finally {
    await Deno.writeTextFile(path, text);
  }
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "mutate",
    summary: "Changes one sign at a time in lib/network, lib/training and lib/data, and counts what the tests notice.",
    options: {
      count: { type: "string", value: "N", help: "how many changes, chosen at random (80)" },
      rng: { type: "string", value: "N", help: "seed of that choice (1)" },
      only: { type: "string", value: "TEXT", help: "only in files whose path holds this" },
    },
    notes: ["Exit status: 0 if at least 85 % are noticed, 1 if not. Not a part of the tests: it takes minutes."],
  });
  await run(async () => {
    const count = wholeNumber("count", values.count, 1) ?? 80;
    const all = (await mutants()).filter(({ file }) => file.includes(String(values.only ?? "")));
    if (all.length === 0) {
      throw new Error(`Cannot change anything: there is no "${values.only}" in ${Object.keys(FOLDERS)}`);
    }
    const order = shuffledIndices(all.length, seededRandom(wholeNumber("rng", values.rng, 0) ?? 1)).slice(0, count);
    let next = 0, noticed = 0;
    await Promise.all(Array.from({ length: Math.min(2, navigator.hardwareConcurrency) }, async () => {
      const copy = await copyProject();
      try {
        for (const folder of new Set(all.map(({ folder }) => folder))) { // tests that fail anyway would notice everything
          if (!await testsPass(folder, copy)) {
            throw new Error(`Cannot count: the tests of ${folder} fail without any change`);
          }
        }
        while (next < order.length) {
          const mutant = all[order[next++]!]!, { file, line, before, after } = mutant;
          if (await killed(mutant, copy)) noticed++;
          else console.log(`${file}:${line} not noticed\n  - ${before.trim()}\n  + ${after.trim()}`);
        }
      } finally {
        await Deno.remove(copy, { recursive: true });
      }
    }));
    console.log(
      `${noticed} of ${order.length} changes noticed (${
        (100 * noticed / order.length).toFixed(0)
      } %), of ${all.length} possible ones`,
    );
    return Number(noticed < 0.85 * order.length);
  });
}
