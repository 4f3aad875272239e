import { assertEquals } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import dictionary from "npm:dictionary-en-gb@3.0.0";
// deno-lint-ignore no-import-prefix -- the same
import nspell from "npm:nspell@2.1.5";
import { BESIDE_CHAPTERS } from "../tools/commands/book.ts";
import { listNotebooks, readNotebook, sourceOf } from "../tools/notebooks/notebook_file.ts";
import { ROOT } from "../tools/root.ts";

const WORDS = new URL("words.txt", import.meta.url);
const PAGES = ["", ".github/", "data/", "notebooks/", "tests/", "tests/bench/"];

/** Everything that is prose, by the place it is at: pages, cells, and the comments of lib/ and tools/. */
async function prose(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of PAGES) {
    for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
      if (name.endsWith(".md")) found.set(folder + name, await Deno.readTextFile(new URL(folder + name, ROOT)));
    }
  }
  for (const path of await listNotebooks()) {
    (await readNotebook(path)).cells.forEach((cell, i) => {
      const text = sourceOf(cell);
      found.set(`${path} cell ${i + 1}`, cell.cell_type === "markdown" ? text : comments(text));
    });
  }
  for (const folder of ["lib", "tools"]) {
    for await (const path of sources(folder)) found.set(path, comments(await Deno.readTextFile(new URL(path, ROOT))));
  }
  return found;
}

async function* sources(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) yield* sources(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}

function comments(code: string): string {
  const found = code.matchAll(/\/\*\*?([^]*?)\*\/|(?<![:"'`\w])\/\/ ?(.*)/g);
  return Array.from(found, ([, block, line]) => block?.replace(/^ *\* ?/gm, "") ?? line).join("\n");
}

/** The words of a text, without code, formulas, addresses and names from code. */
function wordsOf(text: string): string[] {
  const plain = text
    .replace(/```[^]*?```|~~~[^]*?~~~/g, " ")
    .replace(/\$\$[^]*?\$\$|\$[^$\n]+\$/g, " ")
    .replace(/`[^`\n]*`|\{@\w+ [^}]*\}|@\w+ *\{[^}]*\}/g, " ")
    .replace(/@param \w+|@\w+/g, " ")
    .replace(/\]\([^)]*\)|<[^>]*>|https?:\S+|&\w+;/g, " ");
  const words = plain.match(/(?<![\w.\/\-])[A-Za-zéş]+(?:[’'][a-z]+)?(?![\w\/]|\.\w|-?\d)/g) ?? [];
  return words.filter((word) => !/[a-z][A-Z]/.test(word));
}

Deno.test("every word of the prose is in the dictionary, or in words.txt", async () => {
  const spell = nspell(dictionary), own = (await Deno.readTextFile(WORDS)).trim().split("\n");
  const used = new Set<string>(), unknown = new Map<string, string>();
  for (const [place, text] of await prose()) {
    for (const word of wordsOf(text)) {
      const bare = word.replace(/['’]s$/, ""), forms = [bare.toLowerCase(), bare.toLowerCase().replace(/s$/, "")];
      const mine = forms.find((form) => own.includes(form));
      if (mine) used.add(mine);
      else if (!spell.correct(bare.replace("’", "'"))) unknown.set(bare, unknown.get(bare) ?? place);
    }
  }
  assertEquals(Array.from(unknown, ([word, place]) => `${word} in ${place}`), []);
  assertEquals(own.filter((word) => !used.has(word)), [], "words.txt holds words that nobody uses");
  assertEquals(own, own.toSorted(), "words.txt must be sorted");
});

Deno.test("every link leads to a file that is there, and to a heading in it", async () => {
  const broken: string[] = [], pages = await prose();
  const made = BESIDE_CHAPTERS.map(({ file }) => new URL(`book/${file}`, ROOT).href); // by `learn`, not in a fresh clone
  for (const [place, text] of pages) {
    if (place.startsWith("lib/") || place.startsWith("tools/")) continue;
    const file = new URL(place.replace(/ cell \d+$/, ""), ROOT);
    const links = text.replace(/```[^]*?```|`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"/g);
    for (const [, markdown, html] of links) {
      const link = (markdown ?? html)!;
      if (/^(https:|data:|attachment:)/.test(link)) continue;
      const target = new URL(link, file), anchor = decodeURIComponent(target.hash.slice(1));
      target.hash = "";
      const there = made.includes(target.href) || await Deno.stat(target).then(() => true, () => false);
      if (!there || (anchor && !headings(pages, target.href.slice(ROOT.href.length)).includes(anchor))) {
        broken.push(`${link} in ${place}`);
      }
    }
  }
  assertEquals(broken, []);
});

/** The headings of a page or notebook as the names that links use. */
function headings(pages: Map<string, string>, path: string): string[] {
  const text = Array.from(pages, ([place, text]) => place === path || place.startsWith(`${path} `) ? text : "").join(
    "\n",
  );
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, title]) => title!.trim().replaceAll(" ", "-"))
    .flatMap((name) => [name, name.toLowerCase().replace(/[^\p{L}\d-]/gu, "")]);
}
