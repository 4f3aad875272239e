import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encode as encodePng } from "fast-png";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { page as noteOf } from "../images/page.ts";
import { photo } from "../images/photo.ts";
import { APPENDICES } from "../../tools/commands/book.ts";
import { exportedFunction } from "../../tools/maintain/shown_cells.ts";
import { checkCells } from "../../tools/maintain/cells.ts";
import { compareOutputs } from "../notebooks/compare_outputs.ts";
import { type Notebook, notebookText } from "../../tools/notebooks/notebook_file.ts";
import { projectPath, ROOT } from "../../tools/root.ts";
import { copyProject, copyReadyProject } from "../copy_project.ts";
import { withFolder } from "../with_folder.ts";

interface Result {
  code: number;
  out: string;
  err: string;
}

/** Runs a program of tools/, or Deno itself, and gathers what it prints. */
async function deno(
  args: string[],
  { cwd = projectPath("."), env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Result> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
const tool = (name: string, ...args: string[]) => deno(["run", "-A", `tools/commands/${name}.ts`, ...args]);

Deno.test("sync finds what differs, writes it anew, and refuses a function that is not there", () =>
  withFolder(async (folder) => {
    await copyReadyProject(folder);
    const paths = ["notebooks/04_forward.ipynb", "notebooks/05_loss.ipynb", "README.md", "lib/course/chapters/mod.ts"];
    const read = (path: string) => Deno.readTextFile(`${folder}/${path}`);
    const before = await Promise.all(paths.map(read));
    const damage = [
      [/Math\.max\(0, z\.data\[i\]!\)/, "Math.max(1, z.data[i]!)"], // a shown cell
      [/lossPerExample, /, ""], // a set-up cell
      [/\| 06 .*\n/, ""], // a row of README's table
      [/ {2}CHAPTER_07,\n/, ""], // the list of chapters
    ] as const;
    for (const [i, path] of paths.entries()) {
      const changed = before[i]!.replace(damage[i]![0], damage[i]![1]);
      assert(changed !== before[i], path);
      await Deno.writeTextFile(`${folder}/${path}`, changed);
    }
    const run = (...args: string[]) => deno(["run", "-A", "tools/maintain/sync.ts", ...args], { cwd: folder });
    const looked = await run("--check");
    assertEquals([looked.code, looked.out.trim().split("\n").toSorted()], [1, [
      "README.md: table of chapters",
      "lib/course/chapters/mod.ts: list of chapters",
      "notebooks/04_forward.ipynb: cell 7, relu",
      "notebooks/05_loss.ipynb: set-up cell",
    ]]);
    assertEquals((await run()).code, 0);
    assertEquals(await Promise.all(paths.map(read)), before);
    await Deno.writeTextFile(
      `${folder}/${paths[0]}`,
      before[0]!.replace("lib/network/activations.ts: relu", "lib/network/activations.ts: gelu"),
    );
    const refused = await run();
    assertEquals(refused.code, 1);
    assertStringIncludes(refused.err, "lib/network/activations.ts exports no function gelu");
  }));

Deno.test("exportedFunction() takes a function from export to its closing brace", () => {
  const code =
    "const a = 1;\nexport function f(): number {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n\nexport function* g() {\n  yield 1;\n}\n";
  assertEquals(
    exportedFunction(code, "f"),
    "export function f(): number {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}",
  );
  assertEquals(exportedFunction(code, "g"), "export function* g() {\n  yield 1;\n}");
  assertEquals(exportedFunction(code, "h"), null);
});

Deno.test("checkCells() translates places back to notebook, cell and line, and leaves nothing behind", async () => {
  const path = "notebooks/zz_test.ipynb",
    cell = (source: string) => ({ cell_type: "code", id: "a", metadata: {}, source, outputs: [] });
  await Deno.writeTextFile(
    new URL(path, ROOT),
    JSON.stringify({
      cells: [cell("const a = 1;"), cell("// two\nconst b: string = a;")],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
  try {
    const [complaint] = await checkCells([path]);
    assertStringIncludes(complaint!, "notebooks/zz_test.ipynb cell 2 line 2");
    const left = (await Array.fromAsync(Deno.readDir(new URL("notebooks/", ROOT)))).filter(({ name }) =>
      name.includes("nbcheck")
    );
    assertEquals(left, []);
  } finally {
    await Deno.remove(new URL(path, ROOT));
  }
});

Deno.test("compareOutputs() sees a changed text, number, picture and count, and passes over times", () => {
  const notebook = (data: Record<string, unknown>[], tags: string[] = []): Notebook => ({
    cells: [{
      cell_type: "code",
      id: "c",
      metadata: { tags },
      source: "",
      outputs: data.map((d) => ({ output_type: "display_data", data: d })),
    }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
  const plot = (y: number) => ({ "application/vnd.plotly.v1+json": { data: [{ y: [1, y] }] }, "image/png": String(y) });
  const differences = (a: Record<string, unknown>[], b: Record<string, unknown>[], tags?: string[]) =>
    compareOutputs(notebook(a, tags), notebook(b, tags)).length;
  assertEquals(differences([{ "text/plain": "a" }], [{ "text/plain": "a" }]), 0);
  assertEquals(differences([{ "text/plain": "a" }], [{ "text/plain": "b" }]), 1);
  assertEquals(differences([{ "text/plain": "a" }], []), 1);
  assertEquals([differences([plot(2)], [plot(2 + 1e-12)]), differences([plot(2)], [plot(2.001)])], [0, 1]);
  assertEquals(differences([{ "image/png": "x" }], [{ "image/png": "y" }]), 1);
  assertEquals(differences([{ "text/plain": "1 ms" }], [{ "text/plain": "2 ms" }], ["timing"]), 0);
});

Deno.test("check-data: clean 0, dirty 1 with places, unreadable 1, wrong usage 2; JSON alone on standard output", async () => {
  assertEquals((await tool("check_data", "data/sample.csv")).code, 0);
  const dirty = await tool("check_data", "data/dirty.csv", "--json");
  assertEquals(dirty.code, 1);
  const rows = dirty.out.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(rows.map((row) => row.rule ?? row.clean), ["text in a cell", "label", "wrong number of cells", false]);
  const missing = await tool("check_data", "nowhere.csv");
  assertEquals([missing.code, missing.err], [
    1,
    'Cannot read "nowhere.csv": there is no such file (a relative path starts where the command runs)\n',
  ]);
  for (const args of [[], ["a", "b"], ["--nonsense", "x"]]) {
    const { code, err } = await tool("check_data", ...args);
    assertEquals(code, 2);
    assert(err.startsWith("check-data: ") && !err.includes("    at "), err);
  }
});

Deno.test("check-data says where label and pixels are, takes what train takes, and remarks on one label for all", () =>
  withFolder(async (folder) => {
    const file = `${folder}/last.csv`;
    await Deno.writeTextFile(file, "a,class\n9,4\n8,4\n");
    const { code, out } = await tool("check_data", `csv:${file}`);
    assertEquals(code, 0);
    assertStringIncludes(out, "2 digits from last.csv, the label in the last column; 1 × 1 pixels");
    assertStringIncludes(out, "but all 2 digits have the label 4: always saying 4 would read them all");
    assertStringIncludes((await tool("check_data", "drawn:20")).out, "; 28 × 28 pixels\nClean");
    const foreign = await tool("check_data", `npz:${file}`);
    assertEquals([foreign.code, foreign.out], [1, ""]);
  }));

Deno.test("train: a set of a thousand splits itself, one label for all is warned of", () =>
  withFolder(async (folder) => {
    const { code, out, err } = await tool("train", "--data", "csv:data/sample.csv", "--iterations", "2");
    assertEquals([code, err], [0, ""]);
    assertStringIncludes(out, "800 to learn from, 200 to test on");
    const rows = Array.from({ length: 20 }, () => [4, 200, ...new Array<number>(783).fill(0)].join(",")).join("\n");
    await Deno.writeTextFile(`${folder}/same.csv`, rows);
    const same = await tool("train", "--data", `csv:${folder}/same.csv`, "--iterations", "2");
    assertStringIncludes(same.err, "train: warning: all 16 digits to learn from have the label 4");
  }));

Deno.test("predict --csv writes what Kaggle takes: header, count, order; and says what does not fit", () =>
  withFolder(async (folder) => {
    const weights = `${folder}/w.safetensors`, csv = `${folder}/test.csv`, to = `${folder}/submission.csv`;
    await tool("train", "--tutorial", "004", "--data", "drawn:6000", "--epochs", "2", "--save", weights);
    const rows = (await Deno.readTextFile(projectPath("data/sample.csv"))).trim().split("\n").map((row) =>
      row.split(",")
    );
    await Deno.writeTextFile(csv, rows.map((row) => row.slice(1).join(",")).join("\n"));
    const done = await tool("predict", "--csv", csv, "--submission", to, "--weights", weights);
    assertEquals([done.code, done.err, done.out], [0, "", `1,000 rows read; ImageId,Label written to ${to}.\n`]);
    const lines = (await Deno.readTextFile(to)).split("\n");
    assertEquals([lines[0], lines.length, lines.at(-1)], ["ImageId,Label", 1002, ""]);
    const predicted = lines.slice(1, -1).map((line) => line.split(","));
    assertEquals(predicted.map(([id]) => id), Array.from({ length: 1000 }, (_, i) => String(i + 1)));
    const right = predicted.filter(([, digit], i) => digit === rows[i + 1]![0]).length;
    assert(right > 850, `${right} of 1,000 in their order`);
    for (
      const [args, said] of [
        [["--csv", csv], "Cannot use --csv alone"],
        [["--csv", csv, "--submission", to, "x.png"], "Cannot read pictures and --csv at once"],
        [[], "name a PICTURE, or --csv FILE"],
      ] as const
    ) {
      const { code, err } = await tool("predict", ...args);
      assertEquals(code, 2);
      assertStringIncludes(err, said);
    }
    await Deno.writeTextFile(csv, "1,2,3,4\n");
    const small = await tool("predict", "--csv", csv, "--submission", to, "--weights", weights);
    assertStringIncludes(small.err, "the network takes 784 pixels a row, got 4");
  }));

Deno.test("train: progress and result as JSON, the same for the same seed, with the drawn digits", async () => {
  const args = ["--tutorial", "000", "--data", "drawn", "--rng", "1", "--iterations", "12", "--json"];
  const [one, two] = [await tool("train", ...args), await tool("train", ...args)];
  const parse = ({ out }: Result) => out.trim().split("\n").map((line) => JSON.parse(line));
  const rows = parse(one);
  assertEquals(rows.map(({ event, iteration }) => [event, iteration]), [["progress", 0], ["progress", 10], [
    "progress",
    12,
  ], ["done", undefined]]);
  assertEquals(Object.keys(rows.at(-1)), [
    "event",
    "tutorial",
    "variant",
    "iterations",
    "loss",
    "trainAccuracy",
    "testLoss",
    "testAccuracy",
    "testExamples",
    "seconds",
    "seed",
    "data",
  ]);
  const timeless = (result: Result) => parse(result).map((row) => ({ ...row, seconds: 0 }));
  assertEquals(timeless(two), timeless(one));
  assert(rows.at(-1).loss < rows[0].loss);
});

Deno.test("train: every wrong word is one sentence and exit status 2, a missing file 1", async () => {
  const cases: [string[], number, string][] = [
    [["--iterations", "0"], 2, "Cannot use --iterations 0: must be a whole number from 1"],
    [["--iterations", "abc"], 2, "Cannot use --iterations abc"],
    [["--rng", "1.5"], 2, "Cannot use --rng 1.5"],
    [["--tutorial", "007"], 2, 'Cannot find tutorial "007": must be one of'],
    [["--variant", "best"], 2, "Cannot use --variant best: must be as-written or corrected"],
    [["--data", "parquet:x"], 2, 'Cannot load data "parquet:x"'],
    [["--data", "mnist:nowhere"], 1, 'Cannot load MNIST from "nowhere": there is no such folder'],
    [["--data", "drawn", "--test", "drawn"], 2, "must be another source than --data"],
    [["--data", "csv:data/dirty.csv"], 1, "text in a cell at line 4, column 402"],
    [["--epochs", "2"], 2, "Cannot use --epochs with tutorial 000: it counts iterations"],
    [["--tutorial", "004", "--iterations", "2"], 2, "Cannot use --iterations with tutorial 004: it counts epochs"],
    [["--save", "weights.pickle"], 2, "must end in .safetensors or .json"],
    [["--lambda", "x"], 2, "Cannot use --lambda x: must be a number from 0"],
    [["--tutorial", "004", "--hidden", "3"], 2, "Cannot use --hidden with tutorial 004"],
    [["--tutorial", "003", "--weights", "tests"], 1, 'Cannot read weights from "tests": needs W1.in or TrainedW1.in'],
    [["--weights", "nowhere.json"], 1, 'Cannot read "nowhere.json": there is no such file'],
    [["extra"], 2, "takes only options, got extra"],
  ];
  for (const [args, code, text] of cases) {
    const result = await tool("train", ...args);
    assertEquals([result.code, result.out], [code, ""], args.join(" "));
    assertStringIncludes(result.err, text);
    assert(!result.err.includes("    at "), result.err);
  }
});

Deno.test("train: saved weights start the next training where the last one ended", () =>
  withFolder(async (folder) => {
    for (const file of [`${folder}/weights.safetensors`, `${folder}/weights.json`, `${folder}/weights`]) {
      const args = ["--tutorial", "003", "--data", "drawn", "--iterations", "2", "--json"];
      const rows = ({ out }: Result) => out.trim().split("\n").map((line) => JSON.parse(line));
      const first = rows(await tool("train", ...args, "--save", file));
      const second = rows(await tool("train", ...args, "--weights", file));
      assertEquals(second[0].loss, first.at(-1).loss);
    }
    const { code, err } = await tool(
      "train",
      "--tutorial",
      "000",
      "--weights",
      `${folder}/weights.json`,
      "--iterations",
      "1",
    );
    assertEquals(code, 1);
    assertStringIncludes(err, "must be 784-10-10, got 400-25-10");
  }));

Deno.test("kernel: installs the kernelspec where Jupyter looks, and again when it is there already", () =>
  withFolder(async (folder) => {
    const env = { HOME: folder, JUPYTER_DATA_DIR: `${folder}/jupyter`, XDG_DATA_HOME: `${folder}/share` };
    for (let time = 0; time < 2; time++) {
      const { code, out, err } = await deno(["run", "-A", "tools/commands/install_kernel.ts"], { env });
      assertEquals([code, err], [0, ""]);
      assertStringIncludes(out, folder);
      assertStringIncludes(out, 'choose the kernel "Deno"');
    }
  }));

Deno.test("data: wrong usage 2, an unreachable mirror 1 with its reason, a folder without MNIST 1", async () => {
  await withFolder(async (folder) => {
    const to = ["--to", `${folder}/mnist`];
    const [both, scheme, mirror, from] = await Promise.all([
      tool("data", "--from", folder, "--mirror", "http://127.0.0.1:1/", ...to),
      tool("data", "--mirror", "ftp://127.0.0.1/", ...to),
      tool("data", "--mirror", "http://127.0.0.1:1/", ...to),
      tool("data", "--from", folder, ...to),
    ]);
    assertEquals([both!.code, scheme!.code, mirror!.code, from!.code], [2, 2, 1, 1]);
    assertStringIncludes(both!.err, "Cannot use --from and --mirror together");
    assertStringIncludes(scheme!.err, "must be an address that starts with http:// or https://");
    assertStringIncludes(mirror!.err, "http://127.0.0.1:1/train-images-idx3-ubyte.gz: ");
    assertStringIncludes(mirror!.err, "deno task data --from FOLDER");
    assertStringIncludes(from!.err, "there is no train-images-idx3-ubyte.gz, packed or not");
  });
});

Deno.test("predict: reads photos, notes, folders and patterns, names blanks and what is no picture, draws what it found", () =>
  withFolder(async (folder) => {
    const weights = `${folder}/weights.safetensors`;
    await tool("train", "--tutorial", "004", "--data", "drawn:9000", "--epochs", "4", "--save", weights);
    const grey = ({ data, width, height }: GreyImage) => ({
      data: Uint8Array.from(data),
      width,
      height,
      channels: 1 as const,
    });
    await Deno.writeFile(`${folder}/three.png`, encodePng(grey(photo(3, 9003))));
    const seven = photo(7, 9007), rgba = Uint8Array.from([...seven.data].flatMap((v) => [v, v, v, 255]));
    await Deno.writeFile(`${folder}/seven.jpg`, encodeJpeg({ ...seven, data: rgba }, 90).data);
    await Deno.writeFile(
      `${folder}/paper.png`,
      encodePng({
        ...grey(photo(1, 1)),
        data: new Uint8Array(seven.data.length).fill(230),
        width: seven.width,
        height: seven.height,
      }),
    );
    const files = ["three.png", "seven.jpg"].map((name) => `${folder}/${name}`), use = ["--weights", weights];
    const rows = ({ out }: Result) => out.trim().split("\n").map((line) => JSON.parse(line));
    const good = await tool("predict", ...files, ...use, "--json", "--stages", `${folder}/stages.png`);
    assertEquals([good.code, good.err], [0, ""]);
    assertEquals(rows(good).map(({ file, digit, blank }) => [file, digit, blank]), [[files[0], 3, false], [
      files[1],
      7,
      false,
    ]]);
    assert(rows(good).every(({ probability }) => probability > 0.5 && probability <= 1));
    assert((await Deno.stat(`${folder}/stages.png`)).size > 3000);
    const mixed = await tool(
      "predict",
      `${folder}/paper.png`,
      `${folder}/none.png`,
      weights,
      files[0]!,
      ...use,
      "--json",
    );
    assertEquals([mixed.code, rows(mixed).map(({ digit, blank, error }) => error ? "error" : [digit, blank])], [1, [
      [null, true],
      "error",
      "error",
      [3, false],
    ]]);
    assertStringIncludes(rows(mixed)[2].error, "must be PNG, JPEG, WebP");
    const note = noteOf(["314", "15"]), several = `${folder}/note.png`;
    await Deno.writeFile(several, encodePng(grey(note)));
    const found = await tool("predict", several, ...use, "--json", "--stages", `${folder}/found.png`);
    const [{ text, rows: digits }] = rows(found);
    assertEquals([found.code, text, digits.map((row: unknown[]) => row.length)], [0, "314\n15", [3, 2]]);
    assertEquals(Object.keys(digits[0][0]), ["digit", "probability", "runnerUp", "box", "touched"]);
    assert((await Deno.stat(`${folder}/found.png`)).size > 1000);
    assertStringIncludes((await tool("predict", several, ...use)).out, "314 / 15   5 digits, the least sure ");
    assertEquals(rows(await tool("predict", several, ...use, "--json", "--one"))[0].text.length, 1);
    await Deno.mkdir(`${folder}/album`);
    for (const name of ["b.png", "a.png"]) await Deno.copyFile(files[0]!, `${folder}/album/${name}`);
    for (const which of [`${folder}/album`, `${folder}/album/*.png`]) {
      const names = rows(await tool("predict", which, ...use, "--json")).map(({ file }) => file.slice(-5));
      assertEquals(names, ["a.png", "b.png"]);
    }
    for (const [which, words] of [[`${folder}/none*.png`, "matches"], [`${folder}/empty`, "Cannot find a picture"]]) {
      await Deno.mkdir(`${folder}/empty`, { recursive: true });
      const missing = await tool("predict", which!, ...use);
      assertEquals(missing.code, 2);
      assertStringIncludes(missing.err, words!);
    }
    const table = await tool("predict", ...files, ...use, "--raw");
    assertEquals([table.code, table.out.trim().split("\n").length], [0, 3]);
    const wrong = await Promise.all([
      tool("predict"),
      tool("predict", files[0]!, "--stages", "x.jpg"),
      tool("predict", files[0]!, "--raw", "--stages", "x.png"),
      tool("predict", files[0]!, "--raw", "--one"),
    ]);
    assertEquals(wrong.map(({ code }) => code), [2, 2, 2, 2]);
  }));

Deno.test("every command explains itself with --help", async () => {
  for (
    const name of [
      ...["commands/learn", "commands/data", "commands/check_data", "commands/train", "commands/book"],
      ...["commands/install_kernel", "maintain/sync", "maintain/cells", "maintain/test", "maintain/make"],
    ]
  ) {
    const { code, out } = await deno(["run", "-A", `tools/${name}.ts`, "--help"]);
    assertEquals(code, 0, name);
    assert(out.startsWith("deno task ") && out.includes("--help"), out);
  }
});

const USES_STD =
  'import { parse } from "@std/csv"; import { assert } from "@std/assert"; assert(true); console.log(parse("1,2"))';

Deno.test('set-up asks JSR for nothing and changes no file; without "links" in deno.json, @std/* come from JSR', () =>
  withFolder(async (folder) => {
    await copyProject(folder);
    const lock = await Deno.readTextFile(`${folder}/deno.lock`), asked: string[] = [];
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const { pathname } = new URL(request.url), [, , name, rest = ""] = pathname.split("/");
      asked.push(pathname);
      const file = new URL(`tools/std/${name}/`, ROOT);
      const { version, exports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", file)));
      const module = await Deno.readFile(new URL("mod.ts", file));
      if (rest === "meta.json") {
        return Response.json({ scope: "std", name, latest: version, versions: { [version]: {} } });
      }
      if (rest === `${version}_meta.json`) {
        const checksum = "sha256-" + new Uint8Array(await crypto.subtle.digest("SHA-256", module)).toHex();
        return Response.json({ manifest: { "/mod.ts": { size: module.length, checksum } }, exports: { ".": exports } });
      }
      return new Response(module, { headers: { "content-type": "text/typescript" } });
    });
    const env = { JSR_URL: `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}/` };
    const setUp = await deno(["run", "-A", "tools/setup.ts"], { cwd: folder, env });
    assertEquals(setUp.code, 0, setUp.err);
    assertStringIncludes((await deno(["eval", USES_STD], { cwd: folder, env })).out, '[ [ "1", "2" ] ]');
    assertEquals((await deno(["run", "-A", "tools/setup.ts"], { cwd: folder, env })).err, ""); // nothing left to do
    assertEquals([asked, await Deno.readTextFile(`${folder}/deno.lock`)], [[], lock]);

    const kernelspec = `${folder}/.cache/jupyter/kernels/deno/kernel.json`, whole = await Deno.readTextFile(kernelspec);
    await Deno.writeTextFile(kernelspec, "{"); // damaged: set-up mends it
    assertEquals((await deno(["run", "-A", "tools/setup.ts"], { cwd: folder, env })).code, 0);
    assertEquals(await Deno.readTextFile(kernelspec), whole);

    const { links: _, ...unlinked } = JSON.parse(await Deno.readTextFile(`${folder}/deno.json`));
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(unlinked));
    assertStringIncludes((await deno(["eval", USES_STD], { cwd: folder, env })).out, '[ [ "1", "2" ] ]');
    assert(asked.some((path) => path.endsWith("/mod.ts")), "the packages were not fetched from the registry");
  }));

Deno.test("a package that is not the one of deno.lock is refused at the first download, before anything runs", () =>
  withFolder(async (folder) => {
    await copyProject(folder);
    const lock = await Deno.readTextFile(`${folder}/deno.lock`), { npm } = JSON.parse(lock);
    const other = gzipSync(new Uint8Array(1024)),
      integrity = `sha512-${createHash("sha512").update(other).digest("base64")}`;
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const { origin, pathname } = new URL(request.url), name = decodeURIComponent(pathname.slice(1));
      if (name.endsWith(".tgz")) return new Response(other);
      const found = Object.keys(npm).filter((key) =>
        key.slice(0, key.lastIndexOf("@")) === name || key.startsWith(`${name}@`)
      );
      const versions = found.map((key) => key.slice(name.length + 1).split("_")[0]!);
      return Response.json({
        name,
        versions: Object.fromEntries(versions.map((version) => [
          version,
          { name, version, dist: { tarball: `${origin}/${name}-${version}.tgz`, integrity } },
        ])),
      });
    });
    const registry = `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}/`;
    const env = { NPM_CONFIG_REGISTRY: registry, DENO_DIR: `${folder}/empty` };
    const { code, err, out } = await deno(["task", "check-data", "data/sample.csv"], { cwd: folder, env });
    assertEquals([code, out], [1, ""]);
    assertStringIncludes(err, "checksum did not match");
    assertEquals(await Deno.readTextFile(`${folder}/deno.lock`), lock);
  }));

Deno.test("learn and book: a folder that cannot be written is one sentence", () =>
  withFolder(async (folder) => {
    await copyProject(folder);
    assertEquals((await deno(["run", "-A", "tools/setup.ts"], { cwd: folder })).code, 0);
    await Deno.writeTextFile(`${folder}/book`, "a file is in the way");
    for (const name of ["learn", "book"]) {
      const { code, err } = await deno(["run", "-A", `tools/commands/${name}.ts`], { cwd: folder });
      assertEquals(code, 1);
      assert(err.startsWith("Cannot write to book/"), err);
      assert(!err.includes("    at "), err);
    }
  }));

Deno.test("deno.lock names what readers need and nothing else; tests/deno.lock the same, and the tests' own packages", async () => {
  const [readers, tests, { imports }] = await Promise.all(
    ["deno.lock", "tests/deno.lock", "deno.json"].map(async (path) =>
      JSON.parse(await Deno.readTextFile(new URL(path, ROOT)))
    ),
  );
  const named = Object.values<string>(imports).filter((target) => target.startsWith("npm:"));
  assertEquals(Object.keys(readers.specifiers).sort(), [...named, "npm:papaparse@5.7.1"].sort()); // the last by tools/std/
  for (const [name, entry] of Object.entries(readers.npm)) assertEquals(tests.npm[name], entry, name);
  assertEquals(
    await Deno.readTextFile(new URL(".cache/tests.lock", ROOT)),
    await Deno.readTextFile(new URL("tests/deno.lock", ROOT)),
  );
});

Deno.test("notebooks are written as Jupyter saves them: keys in order, numbers as Python writes them", () => {
  const notebook = {
    nbformat: 4,
    cells: [],
    nbformat_minor: 5,
    metadata: { b: [0.00001, 1e-7, 0.0001, 1.5, 12], a: "1e-7" },
  };
  assertEquals(
    notebookText(notebook),
    '{\n "cells": [],\n "metadata": {\n  "a": "1e-7",\n  "b": [\n   1e-05,\n   1e-07,\n   0.0001,\n   1.5,\n   12\n  ]\n },\n' +
      ' "nbformat": 4,\n "nbformat_minor": 5\n}\n',
  );
});

Deno.test("every page beside the notebooks has its place in the book", async () => {
  const files = await Array.fromAsync(Deno.readDir(new URL("notebooks/", ROOT)));
  const pages = files.filter(({ name }) => name.endsWith(".md")).map(({ name }) => name.slice(0, -3));
  assertEquals(APPENDICES.toSorted(), pages.sort());
});
