// The plan of the house, kept: floors, circles, purity, size, and a test file beside every module. .github/CONTRIBUTING.md has it in one picture.
import { assertEquals } from "@std/assert";
import { ROOT } from "../tools/root.ts";

/** From the ground up: what stands in a line may import from its own line and from those above it, never from below. */
const FLOORS: readonly string[] = [
  "assert_whole.ts errors.ts limits.ts sha256.ts sparse.ts matrix.ts products.ts random.ts format.ts",
  "data/",
  "network/",
  "formats/",
  "evaluation/",
  "images/",
  "training/",
  "engine/",
  "files/",
  "plots/",
  "tutorials/",
  "experiments/",
  "course/",
  "notebook/",
  "mod.ts",
];

/** Numbers in, numbers out: these run in a browser, too. codecs.ts loads decoders from where they lie. */
const PURE =
  /^lib\/(?:[a-z_0-9]+\.ts|(?:data|network|formats|evaluation|images|training)\/(?!decode\.ts|codecs\.ts).*)$/;

/** What a pure module may import besides lib/: calculation, no disk, no clock, no network. */
const PURE_PACKAGES = ["@std/csv", "fflate", "node:zlib"];

/** Modules without a test file of their own, and where they are tested. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "lib/images/codecs.ts": "tests/images/decode_test.ts: every decoder, by what comes out of it",
  "lib/plots/views/mount.ts": "tests/browser/views_test.ts: it needs a page",
  "lib/plots/views/controls.ts": "tests/browser/views_test.ts: it needs a page",
  "lib/notebook/pad.ts": "tests/browser/pad_test.ts: it needs a kernel and a browser",
};

async function sources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) found.push(...await sources(`${folder}${name}/`));
    else if (/(?<!\.d)\.ts$/.test(name)) found.push(folder + name);
  }
  return found.sort();
}

const paths = [...await sources("lib/"), ...await sources("tools/")].filter((path) =>
  !path.startsWith("lib/engine/kernels/")
);
const texts = new Map(
  await Promise.all(paths.map(async (path) => [path, await Deno.readTextFile(new URL(path, ROOT))] as const)),
);

/** A module's text without its comments. */
const code = (path: string) => texts.get(path)!.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/.*/g, "");

/** What a module imports: paths of the project, names of packages. */
function importsOf(path: string): string[] {
  const found = code(path).matchAll(/^(?:import|export)(?: [^;"=(]*? from)? "([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return Array.from(found, ([, one, other]) => one ?? other!)
    .map((name) => name.startsWith(".") ? new URL(name, new URL(path, ROOT)).href.slice(ROOT.href.length) : name);
}

function floorOf(path: string): number {
  const inside = path.slice("lib/".length);
  return FLOORS.findIndex((floor) =>
    floor.split(" ").some((place) => place.endsWith("/") ? inside.startsWith(place) : inside === place)
  );
}

Deno.test("no import points upwards, and lib/ knows nothing of tools/ or tests/", () => {
  const wrong: string[] = [];
  for (const path of paths.filter((path) => path.startsWith("lib/"))) {
    if (floorOf(path) < 0) wrong.push(`${path} stands on no floor`);
    for (const target of importsOf(path)) {
      if (/^(tools|tests|notebooks)\//.test(target)) wrong.push(`${path} imports ${target}`);
      if (target.startsWith("lib/") && floorOf(target) > floorOf(path)) {
        wrong.push(`${path} imports ${target}, which is above it`);
      }
    }
    if (/["'`/](?:tools|tests)\//.test(code(path))) wrong.push(`${path} names a file of tools/ or tests/ in a string`);
  }
  assertEquals(wrong, []);
});

Deno.test("no circle of files", () => {
  const done = new Set<string>(), circles: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) return void circles.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (done.has(path) || !texts.has(path)) return;
    for (const target of importsOf(path)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of paths) visit(path, []);
  assertEquals(circles, []);
});

Deno.test("matrix … training are pure: no Deno, no clock, no chance of their own, nothing printed", () => {
  const wrong: string[] = [];
  for (const path of paths.filter((path) => PURE.test(path) && path !== "lib/mod.ts")) {
    const found = code(path).match(
      /\bDeno\b|\bMath\.random\b|\bperformance\b|\bDate\b|\bconsole\b|\bfetch\(|\bset(?:Timeout|Interval)\b/,
    );
    if (found) wrong.push(`${path} uses ${found[0]}`);
    for (const target of importsOf(path)) {
      if (!target.startsWith("lib/") && !PURE_PACKAGES.includes(target)) wrong.push(`${path} imports ${target}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("what lib/ prints goes through the notebook", () => {
  const printing = paths.filter((path) => path.startsWith("lib/") && /\bconsole\./.test(code(path)));
  assertEquals(printing, ["lib/images/codecs.ts", "lib/notebook/show.ts"]); // the first keeps a decoder from printing
});

Deno.test("a module fits on two screens, 250 lines at the very most", () => {
  const long = [...texts].filter(([, text]) => text.split("\n").length > 251).map(([path]) => path);
  assertEquals(long, []);
});

Deno.test("every module that does something has a test file in the same place", async () => {
  const missing: string[] = [];
  for (
    const path of paths.filter((path) =>
      path.startsWith("lib/") && !/^lib\/course\/chapters\/\d|\/mod\.ts$|\/museum\//.test(path)
    )
  ) {
    if (!/^export (?:async )?(?:function|class)\b|^export const \w+(?:: [\w<>]+)? = (?:async )?\(/m.test(code(path))) {
      continue; // data or types only
    }
    const test = path.replace(/^lib\/(.*)\.ts$/, "tests/$1_test.ts");
    const there = await Deno.stat(new URL(test, ROOT)).then(() => true, () => false),
      elsewhere = TESTED_ELSEWHERE[path];
    if (there && elsewhere) missing.push(`${path} has ${test}: take it off the list of those tested elsewhere`);
    if (!there && !elsewhere) missing.push(`${path} needs ${test}`);
  }
  assertEquals(missing, []);
});

Deno.test("the type checker knows that a list may be empty", () => {
  // @ts-expect-error: a package whose types say that `at` always finds something had switched this off for the whole project
  const last: number = new Array<number>().at(-1);
  assertEquals(last, undefined);
});
