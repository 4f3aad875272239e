/**
 * The lock with the packages that only tests and makers need.
 *
 * @module
 */
import { ROOT } from "../root.ts";

const COPY = ".cache/tests.lock";

/** The flag that names it. */
export const WITH_TESTS_LOCK = `--lock=${COPY}`;

/** Lays a copy where the flag looks: what Deno has to add is nobody's change to a file of the project. */
export async function layTestsLock(): Promise<void> {
  await Deno.copyFile(new URL("tests/deno.lock", ROOT), new URL(COPY, ROOT));
}
