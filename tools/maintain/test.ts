/**
 * Runs every check of the project: format, lint, types, documentation, cells, tests with notebooks.
 *
 * @module
 */
import { parseCommand, run } from "../command.ts";
import { runDeno } from "../run_deno.ts";

interface Check {
  name: string;
  args: string[];
}

const CHECKS: readonly Check[] = [
  { name: "packages for the tests", args: ["cache", "--quiet", "tools/maintain/test_dependencies.ts"] },
  { name: "format", args: ["fmt", "--check", "--quiet"] },
  { name: "lint", args: ["lint", "--quiet"] },
  { name: "types", args: ["check", "--quiet", "lib", "tools", "tests"] },
  { name: "documentation", args: ["doc", "--lint", "--quiet", "lib/mod.ts"] },
  { name: "shown cells", args: ["run", "-A", "tools/maintain/sync.ts", "--check"] },
  { name: "tests and notebooks", args: ["test", "-A", "--no-check", "--quiet", "tests"] },
  { name: "examples in lib/", args: ["test", "-A", "--doc", "--quiet", "lib"] },
];

if (import.meta.main) {
  parseCommand({
    name: "test",
    summary:
      "Runs every check: format, lint, types, documentation, shown cells, tests, all notebooks on the real kernel.",
    options: {},
    notes: ["With DIGITS_DATA naming a folder of MNIST's IDX files, the checks on MNIST run as well."],
  });
  await run(async () => {
    if (!Deno.env.get("DIGITS_DATA")) Deno.env.set("DIGITS_DATA", "drawn"); // the same checks whether MNIST is here or not
    const ignored: string[] = [];
    let passed = 0, failed = 0;
    for (const { name, args } of CHECKS) {
      const started = performance.now();
      const { success, text } = await runDeno(args);
      const counts = text.match(/(\d+) passed.*?\| (\d+) failed(?:.*?\| \d+ ignored)?/);
      passed += counts ? Number(counts[1]) : Number(success);
      failed += counts ? Number(counts[2]) || Number(!success) : Number(!success);
      ignored.push(...Array.from(text.matchAll(/^(.+) \.\.\. ignored/gm), ([, name]) => name!));
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      console.log(`${success ? "ok    " : "FAILED"} ${name.padEnd(22)}${seconds} s${counts ? `   ${counts[0]}` : ""}`);
      if (!success) console.log(text);
    }
    if (ignored.length) {
      console.log(`\n${ignored.length} checks were left out; tests/README.md says what they need:`);
      for (const name of ignored) console.log(`  ${name}`);
    }
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed ? 1 : 0;
  });
}
