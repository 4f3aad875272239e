/**
 * The learner's side of a notebook: guesses, checks, hints, and the number that a chapter is about.
 *
 * @module
 */
import { assertGuess, exercise } from "../course/catalogue.ts";
import { checkAttempt, type Verdict } from "../course/judge.ts";
import { GUESS_COLOURS, readGuess, scoreGuess } from "../course/guess.ts";
import { exhibit, type Version, whose } from "../course/museum/mod.ts";
import { chapterProgress, noteSolved, progressFault, progressFile } from "../course/progress.ts";
import { broadcast, log, table } from "./show.ts";
import { escapeText } from "../plots/figure.ts";

/**
 * The number that this notebook is about; the runner collects it for its table.
 *
 * @param what What was measured.
 * @param value The number, with its unit, as it should be read.
 */
export async function keyNumber(what: string, value: string): Promise<void> {
  await broadcast("display_data", {
    "application/vnd.digits.key+json": { what, value },
    "text/html": box("#1f5fa8", `<strong>${escapeText(what)}:</strong> ${escapeText(value)}`),
    "text/plain": `${what}: ${value}`,
  });
}

const guesses = new Map<string, unknown>();

/**
 * Remembers a guess until {@linkcode reveal} computes the answer.
 *
 * @param id The guess's name.
 * @param value A number, also as text such as "80 %"; or null to go on without guessing.
 */
export async function guess(id: string, value: number | string | null): Promise<void> {
  assertGuess(id);
  guesses.set(id, value);
  if (value === null) return await log("No guess yet: put a number in place of null, and run the cell again.");
  await log(
    readGuess(value) === null ? `That is no number: ${value}. Say it in digits, such as 80.` : `Noted: ${value}.`,
  );
}

/**
 * Compares a guess with the answer that was computed, and says why it is so.
 *
 * @param id The guess's name.
 * @param answer The computed answer.
 * @param because One sentence.
 * @throws {UnknownName} If no chapter has such a guess.
 */
export async function reveal(id: string, answer: number, because: string): Promise<void> {
  assertGuess(id);
  const { verdict, text } = scoreGuess(guesses.get(id), answer);
  const colour = GUESS_COLOURS[verdict];
  await broadcast("display_data", {
    "text/html": box(colour, `${escapeText(text)}<br>${escapeText(because)}`),
    "text/plain": `${text} ${because}`,
  });
}

/**
 * Checks an attempt at an exercise: says whether it is right, and if not, what is wrong. Never throws.
 *
 * @param id The exercise's name, such as "07a".
 * @param attempt The function you wrote.
 */
export async function check(id: string, attempt: unknown): Promise<void> {
  let verdict: Verdict;
  try {
    verdict = checkAttempt(exercise(id), attempt);
  } catch (error) { // an unknown name, or an attempt that no one foresaw
    verdict = { status: "wrong", message: (error as Error).message };
  }
  const { status } = verdict;
  const lost = status === "right" ? await noteSolved(id) : null;
  const message = lost ? `${verdict.message}\nIt could not be kept for progress(): ${lost}.` : verdict.message;
  const [colour, mark] = ({
    right: ["#2f8f6b", "✓"],
    wrong: ["#c0392b", "✗"],
    "not tried": ["#8c8c8c", "○"],
  } as const)[status];
  await broadcast("display_data", {
    "text/html": box(
      colour,
      `<strong>${mark} Exercise ${id}</strong><br>${escapeText(message).replaceAll("\n", "<br>")}${
        verdict.picture ? `<br>${verdict.picture.svg}` : ""
      }`,
    ),
    "text/plain": `${mark} Exercise ${id}: ${message}`,
  });
}

const hintsGiven = new Map<string, number>();

/** A hint for an exercise; call it again for the next one. The answer itself is not among them: ask {@linkcode solution}. */
export async function hint(id: string): Promise<void> {
  const { hints } = exercise(id), given = hintsGiven.get(id) ?? 0;
  hintsGiven.set(id, given + 1);
  if (given >= hints.length) return await log(`That was all. To see it done: await solution("${id}").`);
  await log(`Hint ${given + 1} of ${hints.length}: ${hints[given]}`);
}

/** The code that solves an exercise, for when you want to see it. */
export async function solution(id: string): Promise<void> {
  const code = exercise(id).solution;
  await broadcast("display_data", { "text/markdown": "```ts\n" + code + "\n```", "text/plain": code });
}

/** Which exercises you have solved. The list says where it is kept; delete that file to begin again. */
export async function progress(): Promise<void> {
  const chapters = await chapterProgress(), count = (key: "solved" | "open") => chapters.flatMap((c) => c[key]).length;
  await table(
    chapters.map(({ chapter, solved, open }) => ({ chapter, solved: solved.join(" "), "still open": open.join(" ") })),
  );
  const fault = progressFault(), file = progressFile();
  const kept = fault ? ` (until the kernel ends: ${fault})` : file ? ` (kept in ${file})` : "";
  await log(`${count("solved")} of ${count("solved") + count("open")} exercises solved${kept}`);
}

/** An exhibit of the museum: the mistake and its repair as code, and what the check says to each. */
export async function showExhibit(id: string): Promise<void> {
  const shown = exhibit(id),
    { title, story, buggy, fixed, check } = shown,
    code = (version: unknown) => String(version);
  const head = shown.madeBy ? "As published" : "The mistake";
  const said = (version: Version) => check(version) ?? "passes";
  await broadcast("display_data", {
    "text/markdown": `**${id} ${title}** (${whose(shown)}). ${story}\n\n${head}; the check says: _${said(buggy)}_\n\n` +
      `\`\`\`js\n${code(buggy)}\n\`\`\`\n\nRepaired; the check: _${said(fixed)}_\n\n\`\`\`js\n${code(fixed)}\n\`\`\``,
    "text/plain": `${id} ${title} (${whose(shown)}). ${story}\n${head}: ${said(buggy)}\n${code(buggy)}\n` +
      `Repaired: ${said(fixed)}\n${code(fixed)}`,
  });
}

function box(colour: string, html: string): string {
  return `<div style="border-left:4px solid ${colour};padding:0.5em 0.9em;margin:0.3em 0">${html}</div>`;
}
