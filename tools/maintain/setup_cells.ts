/**
 * Set-up cells: what each notebook imports, written from the names that its cells use.
 *
 * A learner reads where each word comes from: the tools that show, ask and draw, what is new, what is known and from which chapter,
 * and what is only inside the code shown.
 *
 * @module
 */
import { type Cell, type Notebook, sourceOf, toLines } from "../notebooks/notebook_file.ts";
import { runDeno } from "../run_deno.ts";
import { cellAt, withModules } from "./cells.ts";
import { shownIn } from "./shown_cells.ts";

/** A name that notebooks may import. */
interface Word {
  /** Whether it is a type only. */
  readonly type: boolean;
  /** The module that it comes from, or the room of lib/. */
  readonly from: string;
}

/** Rooms whose words show, ask and draw, and belong to no chapter; but for those that a chapter teaches. */
const TOOLS = ["notebook", "course", "plots", "files"], TAUGHT_TOOLS = ["train", "trainTutorial", "race", "curve"];

/** For cells that the reader adds; imported wherever there is something to check. */
const FOR_THE_READER = ["hint", "solution", "lib"];

const LIB = "../lib/mod.ts", WIDTH = 120;

/** The cell that is written here: the one with the tag `setup`. */
export function setupCell({ cells }: Notebook): Cell | undefined {
  return cells.find(({ metadata }) => metadata.tags?.includes("setup"));
}

/** Everything that lib/mod.ts exports, and what notebooks take from elsewhere. */
async function wordsOf(): Promise<Map<string, Word>> {
  const { output } = await runDeno(["doc", "--json", "lib/mod.ts"]), words = new Map<string, Word>();
  for (const name of ["assert", "assertAlmostEquals", "assertEquals", "assertThrows"]) {
    words.set(name, { type: false, from: "@std/assert" });
  }
  words.set("parse", { type: false, from: "@std/csv" });
  for (const { symbols } of Object.values(JSON.parse(output).nodes) as { symbols: DocSymbol[] }[]) {
    for (const { name, declarations } of symbols) {
      const type = declarations.every(({ kind }) => kind === "interface" || kind === "typeAlias");
      words.set(name, { type, from: /\/lib\/(\w+)/.exec(declarations[0]!.location.filename)![1]! });
    }
  }
  return words;
}

interface DocSymbol {
  readonly name: string;
  readonly declarations: readonly { readonly kind: string; readonly location: { readonly filename: string } }[];
}

/** What the own cells of a notebook need, and what only its shown cells do. */
interface Need {
  readonly own: Set<string>;
  readonly shown: Set<string>;
  /** Whether a cell says `lib.something`. */
  readonly whole: boolean;
}

/** What the compiler misses in the cells of each notebook, where nothing is imported. */
async function needsOf(notebooks: ReadonlyMap<string, Notebook>): Promise<Map<string, Need>> {
  const withoutSetup = (cell: Cell) => cell.metadata.tags?.includes("setup") ? "" : sourceOf(cell);
  return await withModules(notebooks, withoutSetup, "export {};", async (modules) => {
    const { success, text } = await runDeno(["check", ...modules.map(({ path }) => path)]);
    if (!success && !/\bTS\d/.test(text)) throw new Error(`Cannot tell which names the cells use: ${text}`);
    return new Map(modules.map((module) => {
      const own = new Set<string>(), shown = new Set<string>(), { cells } = notebooks.get(module.notebook)!;
      const missing = new RegExp(
        `(?:Cannot find name|No value exists in scope for the shorthand property) '(\\w+)'(?:(?!\\nTS\\d)[\\s\\S])*?\\n +at \\S*${
          module.path.replaceAll(".", "\\.")
        }:(\\d+)`,
        "g",
      );
      for (const [, name, line] of text.matchAll(missing)) {
        (shownIn(cells[cellAt(module, Number(line))!.cell]!) ? shown : own).add(name!);
      }
      if (own.has("check")) FOR_THE_READER.forEach((name) => own.add(name));
      return [module.notebook, { own, shown: shown.difference(own), whole: own.delete("lib") }];
    }));
  });
}

/**
 * Writes the set-up cells.
 *
 * @param notebooks By path, in reading order; changed in place.
 * @returns The paths of those that differed.
 * @throws {Error} If a notebook has no cell with the tag `setup`.
 */
export async function syncSetupCells(notebooks: ReadonlyMap<string, Notebook>): Promise<string[]> {
  const [words, needs] = await Promise.all([wordsOf(), needsOf(notebooks)]);
  const taught = new Map<string, string>(), changed: string[] = [];
  for (const [path, notebook] of notebooks) {
    const cell = setupCell(notebook), chapter = /(\d\dw?)_/.exec(path)![1]!, need = needs.get(path)!;
    if (!cell) throw new Error(`Cannot sync ${path}: it needs a cell with the tag setup`);
    const text = notebook.cells.filter((one) => one !== cell && one.cell_type === "code").map(sourceOf).join("\n");
    const wanted = setupText(chapter, text, need, words, taught);
    for (const name of need.own) if (!taught.has(name)) taught.set(name, chapter);
    for (const shown of notebook.cells.map(shownIn)) if (shown) taught.set(shown.name, chapter);
    if (sourceOf(cell) === wanted) continue;
    cell.source = toLines(wanted);
    changed.push(path);
  }
  return changed;
}

function setupText(
  chapter: string,
  text: string,
  { own, shown, whole }: Need,
  words: ReadonlyMap<string, Word>,
  taught: ReadonlyMap<string, string>,
): string {
  const known = (names: Iterable<string>) => [...names].filter((name) => words.has(name)).toSorted(byName);
  const from = (name: string) => words.get(name)!.from;
  const bare = whole && own.size === 1; // notebook 00 says lib.show throughout
  const called = [...text.matchAll(/\b(\w+View)\(/g)].map(([, name]) => name!);
  const answers = called.some((name) => words.has(name) && from(name) === "plots"); // a picture that answers needs its script
  const mine = known(bare ? own : own.union(new Set(["courseMap", "show", ...answers ? ["letPicturesAnswer"] : []])));
  const others = Map.groupBy(mine.filter((name) => from(name).startsWith("@")), from);
  const lines = [...others].map(([module, names]) => `import { ${names.join(", ")} } from "${module}";`);
  if (whole) lines.push(`import * as lib from "${LIB}";`);
  const library = mine.filter((name) => !from(name).startsWith("@"));
  const tool = (name: string) => TOOLS.includes(from(name)) && !TAUGHT_TOOLS.includes(name);
  const before = Map.groupBy(library, (name) => tool(name) ? "tools" : taught.get(name) ?? "new here");
  const group = (label: string, names: readonly string[] = []) =>
    names.map((name, i) => (i ? "" : `/* ${label} */ `) + (words.get(name)!.type ? `type ${name}` : name));
  const entries = [
    ...group("tools", before.get("tools")),
    ...group("new here", before.get("new here")),
    ...[...before].filter(([label]) => /^\d/.test(label)).toSorted().flatMap(([number, names], i) =>
      group(i ? number : `known from ${number}`, names)
    ),
    ...group("inside the code shown", known(shown)),
  ];
  if (entries.length) lines.push("import {", ...packed(entries), `} from "${LIB}";`);
  return [
    ...lines,
    `await ${bare ? "lib.show(lib.courseMap" : "show(courseMap"}(${
      /w$/.test(chapter) ? `"${chapter}"` : Number(chapter)
    }));`,
    ...answers ? [`await ${bare ? "lib." : ""}letPicturesAnswer();`] : [],
  ].join("\n");
}

function byName(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

/** As many names in a line as fit. */
function packed(entries: readonly string[]): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const more = `${lines.at(-1)} ${entry},`;
    if (lines.length && more.length <= WIDTH) lines[lines.length - 1] = more;
    else lines.push(`  ${entry},`);
  }
  return lines;
}
