import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { denoTooOld } from "../../lib/notebook/deno_version.ts";
import { runDeno } from "../../tools/run_deno.ts";

const told = (version: string) => `This is Deno ${version}, and 2.9 or newer is needed: say "deno upgrade"`;

/** Runs code as if by another Deno: only the version that it says is another. */
const runAs = (version: string, code: string) =>
  runDeno(["eval", `Object.defineProperty(Deno, "version", { value: { deno: "${version}" } }); ${code}`]);

Deno.test("denoTooOld() goes by major and minor version", () => {
  for (const version of ["2.9.0", "2.9.6", "2.10.1", "3.0.0-rc.1"]) assertEquals(denoTooOld(version), null, version);
  for (const version of ["1.46.3", "1.99.0", "2.0.6", "2.8.3"]) {
    assertStringIncludes(denoTooOld(version)!, told(version));
  }
});

Deno.test("set-up and the notebooks' library name a Deno that is too old before anything else", async () => {
  for (const version of ["1.46.3", "2.4.4", "2.8.3"]) {
    const setup = await runAs(version, 'await (await import("./tools/setup.ts")).setup()');
    assert(!setup.success);
    assertStringIncludes(setup.text, told(version));
    const library = await runAs(version, 'await import("./lib/mod.ts"); console.log("loaded")');
    assert(!library.success && !library.output.includes("loaded"));
    assertStringIncludes(library.text, told(version));
  }
});

Deno.test("every task but set-up itself begins with it, in the form that Deno 2.0 can read", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  for (const [name, command] of Object.entries(tasks)) {
    assert(name === "setup" || String(command).startsWith("deno run -A tools/setup.ts && "), name);
  }
  assert(Object.keys(tasks).length > 10);
});
