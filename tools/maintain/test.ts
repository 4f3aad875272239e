/**
 * Runs the checks of the project: all of them, or with --quick those that a change in the pure rooms needs.
 *
 * @module
 */
import { parseCommand, run } from "../command.ts";
import { inOrder } from "../in_order.ts";
import { ROOT } from "../root.ts";
import { runDeno } from "../run_deno.ts";
import { layTestsLock, WITH_TESTS_LOCK } from "./tests_lock.ts";

interface Check {
  readonly name: string;
  readonly args: readonly string[];
  /** What --quick runs instead; left out where there is nothing. */
  readonly quick?: readonly string[];
}

const PURE_ROOMS = ["data", "network", "formats", "evaluation", "training", "images", "course"];
const TEST = ["test", "-A", "--no-check", "--quiet", WITH_TESTS_LOCK];
const FRONT_ENDS = [
  "tests/browser/jupyter_test.ts",
  "tests/browser/vscode_test.ts",
  "tests/notebooks/front_ends_test.ts",
];
const NOTEBOOKS = "tests/notebooks/notebooks_test.ts", INTERRUPTIONS = "tests/tools/interruption_test.ts";
const IN_NOTEBOOKS = ["tests/notebook/", "tests/notebooks/"],
  READERS = ["tests/files", "tests/formats", "tests/images"];
const check = (name: string, ...args: string[]): Check => ({ name, args, quick: args });

/** The test files of some folders, but these: with `--ignore`, Deno leaves them out of the first folder alone. */
async function testsIn(folders: readonly string[], but: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map(async (folder) => {
    const names = (await Array.fromAsync(Deno.readDir(new URL(folder, ROOT)))).map(({ name }) => name);
    return names.filter((name) => name.endsWith("_test.ts")).sort().map((name) => folder + name);
  }));
  return found.flat().filter((path) => !but.includes(path));
}

/** Those beside the rooms: house, matrix, random …; but prose, which reads every notebook. */
const GROUND_FLOOR = await testsIn(["tests/"], ["tests/prose_test.ts"]);

/** What all others need. */
const FIRST: Check = {
  name: "packages for the tests",
  args: ["cache", "--quiet", WITH_TESTS_LOCK, "tools/maintain/test_dependencies.ts"],
};

/** What is told at once comes first, what takes long last: there it is begun. */
const CHECKS: readonly Check[] = [
  check("format", "fmt", "--check", "--quiet"),
  check("lint", "lint", "--quiet"),
  check("types", "check", "--quiet", WITH_TESTS_LOCK, "lib", "tools", "tests"),
  check("documentation", "doc", "--lint", "--quiet", "lib/mod.ts"),
  { name: "in step with lib/", args: ["run", "-A", WITH_TESTS_LOCK, "tools/maintain/sync.ts", "--check"] },
  { name: "cells", args: ["run", "-A", "tools/maintain/cells.ts"] },
  { name: "examples in lib/", args: ["test", "-A", "--doc", "--quiet", WITH_TESTS_LOCK, "lib"] },
  {
    name: "rooms",
    args: [...TEST, `--ignore=${["tests/browser", "tests/tools", ...IN_NOTEBOOKS, ...READERS].join(",")}`, "tests"],
    quick: [...TEST, "--parallel", ...GROUND_FLOOR, ...PURE_ROOMS.map((room) => `tests/${room}`)],
  },
  { name: "readers", args: [...TEST, ...READERS] },
  { name: "kernel", args: [...TEST, ...await testsIn(IN_NOTEBOOKS, [...FRONT_ENDS, NOTEBOOKS])] },
  { name: "commands", args: [...TEST, `--ignore=${INTERRUPTIONS}`, "tests/tools"] },
  { name: "interruptions", args: [...TEST, INTERRUPTIONS] },
  { name: "pages", args: [...TEST, `--ignore=${FRONT_ENDS.join(",")}`, "tests/browser"] },
  { name: "front ends", args: [...TEST, ...FRONT_ENDS] },
  { name: "notebooks", args: [...TEST, NOTEBOOKS] },
];

if (import.meta.main) {
  const { values } = parseCommand({
    name: "test",
    summary:
      "Runs every check: format, lint, types, documentation, shown cells, tests, all notebooks on the real kernel.",
    options: { quick: { type: "boolean", help: "only format, lint, types and the tests of the pure rooms" } },
    notes: ["With DIGITS_DATA naming a folder of MNIST's IDX files, the checks on MNIST run as well."],
  });
  await run(async () => {
    await layTestsLock();
    if (!Deno.env.get("DIGITS_DATA")) Deno.env.set("DIGITS_DATA", "drawn"); // the same checks whether MNIST is here or not
    Deno.env.set("DIGITS_PROGRESS", "off"); // the reader's own progress is none of the tests' business
    const ignored: string[] = [], failures: string[] = [];
    let passed = 0, failed = 0;
    const ran = async ({ name, args, quick }: Check) => {
      const started = performance.now(), { success, text } = await runDeno(values.quick ? quick! : args);
      return { name, success, text, seconds: (performance.now() - started) / 1000 };
    };
    const tell = ({ name, success, text, seconds }: Awaited<ReturnType<typeof ran>>) => {
      const counts = text.match(/(\d+) passed.*?\| (\d+) failed(?:.*?\| \d+ ignored)?/);
      passed += counts ? Number(counts[1]) : Number(success);
      failed += counts ? Number(counts[2]) || Number(!success) : Number(!success);
      ignored.push(...Array.from(text.matchAll(/^(.+) \.\.\. ignored/gm), ([, name]) => name!));
      const took = seconds.toFixed(1).padStart(6);
      console.log(`${success ? "ok    " : "FAILED"} ${name.padEnd(22)}${took} s${counts ? `   ${counts[0]}` : ""}`);
      if (success) return;
      console.log(whatFailed(text));
      failures.push(...Array.from(text.matchAll(/^(.+ => \.\/.+)$/gm), ([line]) => line), `check: ${name}`);
    };
    if (!values.quick) tell(await ran(FIRST));
    const checks = CHECKS.filter(({ quick }) => !values.quick || quick);
    for await (const [, result] of inOrder(checks, navigator.hardwareConcurrency + 2, ran)) tell(result); // kernels and pages wait, too
    if (ignored.length) {
      console.log(`\n${ignored.length} checks were left out; tests/README.md says what they need:`);
      for (const name of ignored) console.log(`  ${name}`);
    }
    if (!values.quick) console.log(`\n${chromiumSays(ignored)}`);
    for (const line of new Set(failures)) console.log(`failed: ${line}`); // once more, where a log that is cut short still has it
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed ? 1 : 0;
  });
}

/** Of what a check printed, the part from its errors on: a log that is cut short should not lose them among what went well. */
function whatFailed(text: string): string {
  return text.slice(Math.max(0, text.search(/^\W*ERRORS\W*$/m)));
}

/** One line that says whether the pages were tried in a browser: in a log, it is easily missed that they were not. */
function chromiumSays(ignored: readonly string[]): string {
  if (ignored.some((name) => /^(book|pad): /.test(name))) {
    return "Browser checks were left out: no Chromium was found (CHROMIUM names one).";
  }
  const frontEnds = ["JupyterLab", "VS Code"].filter((name) => ignored.some((check) => check.startsWith(`${name}: `)));
  return `Browser checks ran in Chromium${frontEnds.length ? `, but those in ${frontEnds.join(" and ")}` : ""}.`;
}
