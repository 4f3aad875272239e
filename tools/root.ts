/**
 * Where the project is.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = new URL("../", import.meta.url);

/** A path from the project's folder as the system writes it. */
export function projectPath(path: string): string {
  return join(fileURLToPath(ROOT), path);
}
