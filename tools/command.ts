/**
 * What all commands share: options, --help, exit status.
 *
 * @module
 */
import { glob } from "node:fs/promises";
import { dirname, extname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UnknownName } from "../lib/errors.ts";
import { raiseLimits } from "../lib/limits.ts";
import { ROOT } from "./root.ts";

/** One option of a command. */
export interface Option {
  /** `boolean` for a switch, `string` for an option with a value. */
  readonly type: "boolean" | "string";
  /** One line for --help. */
  readonly help: string;
  /** The value's name in --help. */
  readonly value?: string;
}

/** A command's description. */
export interface CommandSpec<Names extends string> {
  /** Its name after `deno task`. */
  readonly name: string;
  /** What it does, one sentence. */
  readonly summary: string;
  /** What stands behind the name besides options, such as `FILE`. */
  readonly operands?: string;
  /** The fewest and the most of these. */
  readonly count?: readonly [number, number];
  /** Its options. */
  readonly options: Readonly<Record<Names, Option>>;
  /** Lines at the end of --help. */
  readonly notes?: readonly string[];
}

/** Wrong usage: exit status 2. */
export class UsageError extends Error {
  /** Made where an option's value is wrong. */
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Options and operands as given; prints help or the usage error and ends the process where that is due. */
export function parseCommand<Names extends string>(
  spec: CommandSpec<Names>,
  args: string[] = Deno.args,
): { values: Partial<Record<Names, string | boolean>>; operands: string[] } {
  const options = {
    ...Object.fromEntries(Object.entries<Option>(spec.options).map(([name, { type }]) => [name, { type }])),
    help: { type: "boolean" as const, short: "h" },
  };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (values.help) {
      console.log(help(spec));
      Deno.exit(0);
    }
    const [least, most] = spec.count ?? [0, 0];
    if (positionals.length < least || positionals.length > most) {
      const found = positionals.length ? `got ${positionals.join(" ")}` : "got none";
      throw new UsageError(spec.operands ? `needs ${spec.operands}, ${found}` : `takes only options, ${found}`);
    }
    return { values: values as Partial<Record<Names, string | boolean>>, operands: positionals };
  } catch (error) {
    const [message] = (error as Error).message.split(/\.\s+To specify/); // Node's hint about "--" helps nobody here
    console.error(`${spec.name}: ${message}\nSee "deno task ${spec.name} --help".`);
    Deno.exit(2);
  }
}

function help(spec: CommandSpec<string>): string {
  const rows = Object.entries(spec.options).map((
    [name, { value, help }],
  ) => [`--${name}${value ? ` ${value}` : ""}`, help]);
  rows.push(["--help", "show this"]);
  const width = Math.max(...rows.map(([left]) => left!.length)) + 2;
  return [
    `deno task ${spec.name}${spec.operands ? ` ${spec.operands}` : ""} [options]`,
    spec.summary,
    "",
    ...rows.map(([left, right]) => `  ${left!.padEnd(width)}${right}`),
    ...(spec.notes?.length ? ["", ...spec.notes] : []),
  ].join("\n");
}

/**
 * Runs a command: its return value is the exit status, an error is one clear sentence and status 1 (2 for wrong usage).
 */
export async function run(action: () => Promise<number>): Promise<never> {
  try {
    const times = Deno.env.get("DIGITS_LIMITS");
    if (times !== undefined) await asUsage(() => raiseLimits(Number(times)));
    Deno.exit(await action());
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(error instanceof UsageError ? 2 : 1);
  }
}

/**
 * A whole number from an option.
 *
 * @throws {UsageError} If it is not a whole number from `least` to `most`.
 */
export function wholeNumber(
  name: string,
  text: string | boolean | undefined,
  least: number,
  most = Infinity,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (
    typeof text !== "string" || !/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most
  ) {
    throw new UsageError(
      `Cannot use --${name} ${text}: must be a whole number from ${least}${most < Infinity ? ` to ${most}` : ""}`,
    );
  }
  return value;
}

/** A word that names nothing is wrong usage; a file that cannot be read, or holds something wrong, is not. */
export async function asUsage<T>(look: () => T | Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw error instanceof UnknownName ? new UsageError(error.message) : error;
  }
}

/** A folder is said by a name without an ending: tutorial 003 keeps its weights in two files of one. */
export function checkWeightsName(option: string, path: string | undefined): void {
  const endings = [".safetensors", ".json", ...option === "save" ? [".onnx"] : []]; // ONNX is written, not read
  if (path !== undefined && !["", ...endings].includes(extname(path))) {
    throw new UsageError(`Cannot use --${option} ${path}: must end in ${endings.join(" or ")}, or be a folder`);
  }
}

/** A time in words, rounded up: "40 s", "12 min", "3 h", "2 days". */
export function duration(seconds: number): string {
  if (seconds <= 90) return `${Math.ceil(seconds)} s`;
  if (seconds <= 90 * 60) return `${Math.ceil(seconds / 60)} min`;
  if (seconds <= 36 * 3600) return `${Math.ceil(seconds / 3600)} h`;
  return `${Math.ceil(seconds / 86400)} days`;
}

/** A path as the reader means it: `deno task` runs in the project's folder, and says in INIT_CWD where it was called. */
export function fromWhereCalled(path: string): string {
  const called = Deno.env.get("INIT_CWD"),
    inProject = Deno.cwd() === dirname(fileURLToPath(new URL("deno.json", ROOT)));
  return called && inProject && !isAbsolute(path) ? join(called, path) : path;
}

const PICTURES = /\.(png|jpe?g|webp|gif|bmp|avif|heic|heif|tiff?)$/i;

/** Files as they are, the pictures of folders, and what patterns match, in order. */
export async function picturesAmong(operands: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const operand of operands) {
    const place = fromWhereCalled(operand), kind = await Deno.stat(place).catch(() => null);
    if (kind?.isDirectory) {
      const names = (await Array.fromAsync(Deno.readDir(place))).filter(({ name }) => PICTURES.test(name));
      if (!names.length) throw new UsageError(`Cannot find a picture in the folder "${operand}"`);
      files.push(...names.map(({ name }) => join(operand, name)).sort());
    } else if (!kind && /[*?]/.test(operand)) {
      const matched = (await Array.fromAsync(glob(place))).sort();
      if (!matched.length) throw new UsageError(`Cannot find a file that matches "${operand}"`);
      files.push(...matched);
    } else files.push(operand);
  }
  return files;
}
