/**
 * Which exercises a learner has solved, kept in a file of their own.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFile } from "../files/sources.ts";
import { writeWhole } from "../files/write_file.ts";
import { numberOf } from "./catalogue.ts";
import { CHAPTERS } from "./chapters/mod.ts";

/**
 * Where it is kept, from the project's folder; delete it to begin again. `DIGITS_PROGRESS` names another file, or says
 * `off`: then nothing is kept, and no line below a cell says how far a training is.
 */
export function progressFile(): string | null {
  const named = Deno.env.get("DIGITS_PROGRESS");
  return named === "off" ? null : named ?? ".cache/progress.json";
}

/** A chapter and how far one is. */
export interface ChapterProgress {
  /** The chapter's number, two digits. */
  readonly chapter: string;
  /** The exercises that have been solved. */
  readonly solved: readonly string[];
  /** Those that have not. */
  readonly open: readonly string[];
}

function place(): URL | null {
  const file = progressFile();
  if (file === null) return null;
  return isAbsolute(file) ? pathToFileURL(file) : projectFile(file);
}

/** What could not be written, and why: it counts as long as this program runs. */
const unwritten: Record<string, string> = {};
let fault: string | null = null;

/** Why the last exercise solved could not be noted in the file; null if all is there. */
export function progressFault(): string | null {
  return fault;
}

/** The exercises solved so far, with the day of each; none from a file that is missing or damaged. */
async function solvedExercises(): Promise<Record<string, string>> {
  const file = place();
  if (!file) return {};
  const kept = await Deno.readTextFile(file).then(JSON.parse).catch(() => null);
  return { ...typeof kept === "object" && !Array.isArray(kept) ? kept : {}, ...unwritten };
}

let noting: Promise<string | null> = Promise.resolve(null);

/** Notes that an exercise was solved today. A folder that cannot be written to is no reason to fail: then it says why. */
export function noteSolved(id: string): Promise<string | null> {
  return noting = noting.then(() => note(id)); // one after the other: two at once would forget one
}

/** While nobody else writes it, in another kernel or another window: two at once would forget what one of them noted. */
async function alone<T>(file: URL, action: () => Promise<T>): Promise<T> {
  const lock = await Deno.open(new URL(`${file.href}.lock`), { create: true, write: true }).catch(() => null);
  try {
    await lock?.lock(true).catch(() => {}); // some shared folders know no locks
    return await action();
  } finally {
    lock?.close();
  }
}

async function note(id: string): Promise<string | null> {
  const file = place();
  if (!file) return null;
  await Deno.mkdir(new URL(".", file), { recursive: true }).catch(() => {}); // writing says what is wrong
  return await alone(file, () => noteIn(file, id));
}

async function noteIn(file: URL, id: string): Promise<string | null> {
  const solved = await solvedExercises();
  if (Object.hasOwn(solved, id) && !Object.hasOwn(unwritten, id)) return null;
  const today = new Date().toISOString().slice(0, 10);
  try {
    await writeWhole(file, JSON.stringify({ ...solved, [id]: today }, null, 1));
    for (const noted of Object.keys(unwritten)) delete unwritten[noted];
    return fault = null;
  } catch (error) { // read-only: the course works all the same
    unwritten[id] = today;
    return fault = (error as Error).message;
  }
}

/** All chapters with exercises, in order. */
export async function chapterProgress(): Promise<ChapterProgress[]> {
  const solved = await solvedExercises();
  return CHAPTERS.filter(({ exercises }) => exercises.length > 0).map((chapter) => {
    const ids = chapter.exercises.map(({ id }) => id);
    return {
      chapter: numberOf(chapter),
      solved: ids.filter((id) => id in solved),
      open: ids.filter((id) => !(id in solved)),
    };
  });
}
