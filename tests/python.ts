// The Python that some tests ask for a second opinion: tests/python/requirements.txt says how it is made.
import { projectPath } from "../tools/root.ts";

const WINDOWS = Deno.build.os === "windows", FOLDER = projectPath(".cache/python");

/** A program of the tests' Python, or undefined where that is not installed. */
export function pythonProgram(name: string): string | undefined {
  const path = WINDOWS ? `${FOLDER}/Scripts/${name}.exe` : `${FOLDER}/bin/${name}`;
  return exists(path) ? path : undefined;
}

/** Whether the tests' Python has these packages. */
export function pythonHas(...packages: readonly string[]): boolean {
  if (!pythonProgram("python")) return false;
  const places = WINDOWS
    ? [`${FOLDER}/Lib/site-packages`]
    : Array.from(Deno.readDirSync(`${FOLDER}/lib`), ({ name }) => `${FOLDER}/lib/${name}/site-packages`);
  return packages.every((name) => places.some((place) => exists(`${place}/${name}`)));
}

/** Runs a program of the tests' Python, Python itself where none is named, and gives what it prints. */
export async function python(
  args: readonly string[],
  { program = "python", cwd = projectPath("."), env = {} }: {
    program?: string;
    cwd?: string;
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(pythonProgram(program)!, {
    args: [...args],
    cwd,
    env: { KERAS_BACKEND: "torch", ...env },
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
