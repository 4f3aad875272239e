/**
 * Which exercises a learner has solved, kept in a file of their own.
 *
 * @module
 */
import { projectFile } from "../data/sources.ts";
import { writeWhole } from "../data/write_file.ts";
import { EXERCISES } from "./exercises/mod.ts";

/** Where it is kept; delete it to begin again. `DIGITS_PROGRESS=off` keeps nothing. */
export const PROGRESS_FILE = ".cache/progress.json";

/** A chapter and how far one is. */
export interface ChapterProgress {
  /** The chapter's number, two digits. */
  readonly chapter: string;
  /** The exercises that have been solved. */
  readonly solved: readonly string[];
  /** Those that have not. */
  readonly open: readonly string[];
}

const off = () => Deno.env.get("DIGITS_PROGRESS") === "off";

/** The exercises solved so far, with the day of each; none where the file is missing or damaged. */
async function solvedExercises(): Promise<Record<string, string>> {
  if (off()) return {};
  try {
    const solved = JSON.parse(await Deno.readTextFile(projectFile(PROGRESS_FILE)));
    return typeof solved === "object" && solved !== null && !Array.isArray(solved) ? solved : {};
  } catch {
    return {};
  }
}

let noting = Promise.resolve();

/** Notes that an exercise was solved today. A folder that cannot be written to is no reason to fail. */
export function noteSolved(id: string): Promise<void> {
  return noting = noting.then(() => note(id)); // one after the other: two at once would forget one
}

async function note(id: string): Promise<void> {
  const solved = await solvedExercises();
  if (off() || id in solved) return;
  const file = projectFile(PROGRESS_FILE);
  try {
    await Deno.mkdir(new URL(".", file), { recursive: true });
    await writeWhole(file, JSON.stringify({ ...solved, [id]: new Date().toISOString().slice(0, 10) }, null, 1));
  } catch { /* read-only: the course works all the same */ }
}

/** All chapters with exercises, in order. */
export async function chapterProgress(): Promise<ChapterProgress[]> {
  const solved = await solvedExercises();
  return [...Map.groupBy(EXERCISES, ({ id }) => id.slice(0, 2))].map(([chapter, exercises]) => {
    const ids = exercises.map(({ id }) => id);
    return { chapter, solved: ids.filter((id) => id in solved), open: ids.filter((id) => !(id in solved)) };
  });
}
