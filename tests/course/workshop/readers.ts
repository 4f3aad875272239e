/**
 * The workshop's solutions as programs, and versions of them with one place changed, as readers write them.
 *
 * @module
 */
import type { AnyFunction } from "../../../lib/course/exercise.ts";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt, type Verdict } from "../../../lib/course/judge.ts";

/** A solution as a program, with some of its text replaced. */
export async function solved(id: string, ...changes: readonly (readonly [string, string])[]): Promise<AnyFunction> {
  let code = exercise(id).solution;
  for (const [from, to] of changes) {
    if (!code.includes(from)) throw new Error(`${id} has no "${from}"`);
    code = code.replaceAll(from, to);
  }
  return (await import(`data:text/typescript,${encodeURIComponent(`export default ${code}`)}`)).default;
}

/** What is said of a solution with some of its text replaced. */
export async function saidOf(id: string, ...changes: readonly (readonly [string, string])[]): Promise<Verdict> {
  return checkAttempt(exercise(id), await solved(id, ...changes));
}
