/**
 * Whether the Deno that runs this is new enough, said before anything that an older one does wrong in silence.
 *
 * Deno 2.8.2 and 2.8.3 lose the values and errors of a notebook's cells, and older ones lack what the readers of files use.
 *
 * @module
 */

/** The oldest Deno with which everything works, as major and minor version. */
export const OLDEST_DENO = [2, 9] as const;

/**
 * What to do about a Deno that is too old, as one sentence; null where it is new enough.
 *
 * @param version As `Deno.version.deno` says it.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * assertEquals(denoTooOld("2.10.0"), null);
 * assertStringIncludes(denoTooOld("2.8.3")!, "This is Deno 2.8.3, and 2.9 or newer is needed");
 * ```
 */
export function denoTooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldest, oldestMinor] = OLDEST_DENO;
  if (major > oldest || major === oldest && minor >= oldestMinor) return null;
  const needed = OLDEST_DENO.join(".");
  return `This is Deno ${version}, and ${needed} or newer is needed: say "deno upgrade", or put "npx -y deno@^${needed}" in ` +
    'place of "deno"; then "task kernel" again, if it is for notebooks.';
}
