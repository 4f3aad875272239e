/**
 * The one check that every count needs.
 *
 * @module
 */
import { told } from "./errors.ts";

/**
 * Checks that a number is whole and within its limits.
 *
 * @param action What cannot be done without, as in "Cannot ACTION: …".
 * @param name What the number is called.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => assertWhole("shuffle", "count", 1.5, 0),
 *   RangeError,
 *   "Cannot shuffle: count must be a whole number from 0, got 1.5",
 * );
 * ```
 */
export function assertWhole(action: string, name: string, value: number, least: number, most = Infinity): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const limit = most < Infinity ? ` to ${most}` : "";
  throw new RangeError(`Cannot ${action}: ${name} must be a whole number from ${least}${limit}, got ${told(value)}`);
}
