import { assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { listNotebooks, readNotebook } from "../../tools/notebooks/notebook_file.ts";
import { projectPath, ROOT } from "../../tools/root.ts";
import { JUPYTER_PATH } from "../../tools/setup.ts";
import { copyReadyProject } from "../copy_project.ts";
import { python, pythonProgram } from "../python.ts";
import { compareOutputs, VARYING } from "./compare_outputs.ts";

/** Programs that run notebooks without a browser, and their arguments for one that is to be overwritten. */
const PROGRAMS: readonly { readonly name: string; readonly run: string; readonly args: (file: string) => string[] }[] =
  [
    { // it gives outputs four seconds to arrive; beside other tests that is too little
      name: "nbclient",
      run: "jupyter",
      args: (file) => ["execute", "--inplace", "--NotebookClient.iopub_timeout=60", file],
    },
    {
      name: "nbconvert",
      run: "jupyter",
      args: (file) => ["nbconvert", "--to=notebook", "--execute", "--inplace", file],
    },
    { name: "papermill", run: "papermill", args: (file) => [file, file, "--cwd", dirname(file), "--no-progress-bar"] },
  ];
/** With DIGITS_FRONT_ENDS=all, every notebook by every program; otherwise they take turns. */
const ALL = Deno.env.get("DIGITS_FRONT_ENDS") === "all";
const env = {
  JUPYTER_PATH: fileURLToPath(JUPYTER_PATH),
  DIGITS_DATA: "drawn",
  DIGITS_PROGRESS: "off",
  PYDEVD_DISABLE_FILE_VALIDATION: "1",
};
const paths = await listNotebooks();

for (const [k, { name, run, args }] of PROGRAMS.entries()) {
  Deno.test({ name: `${name} runs the notebooks and loses no output`, ignore: !pythonProgram(run) }, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await copyReadyProject(folder);
      const left = paths.filter((_, i) => ALL || i === 5 * k + 2);
      const worker = async () => {
        for (let path = left.shift(); path; path = left.shift()) {
          await python(args(`${folder}/${path}`), { program: run, cwd: `${folder}/notebooks`, env });
          const executed = await readNotebook(pathToFileURL(`${folder}/${path}`));
          assertEquals(compareOutputs(await readNotebook(new URL(path, ROOT)), executed), [], path);
        }
      };
      await Promise.all([worker(), worker()]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test(
  { name: "jupyter console shows what the notebooks show, as text", ignore: !pythonProgram("jupyter-console") },
  async () => {
    for (const path of ALL ? paths : paths.slice(0, 1)) {
      const typing = ["tests/python/console.py", projectPath(path), projectPath("notebooks")];
      const typed = await python(typing, { env });
      // deno-lint-ignore no-control-regex -- what a terminal does with its cursor is in control characters
      const lines = typed.replaceAll(/\x1b\[[\d;?]*[A-Za-z]|\r/g, "").split("\n");
      const shown = lines.filter((line) => !/^\s*\.\.\.:|In \[\d+\]:/.test(line)).join("\n"); // without what was typed
      const missing: string[] = [];
      for (const { metadata, outputs = [] } of (await readNotebook(new URL(path, ROOT))).cells) {
        if (metadata.tags?.some((tag) => VARYING.includes(tag))) continue;
        for (const { data } of outputs) {
          const line = [data?.["text/plain"] ?? ""].flat().join("").split("\n")[0]!;
          const updated = /^After \d+ (iterations|epochs)/.test(line); // a terminal cannot change what it has printed
          if ((!line || !shown.includes(line)) && !updated) missing.push(line);
        }
      }
      assertEquals(missing, [], path);
    }
  },
);

Deno.test({
  name: "nbconvert's page, sanitised as GitHub does it, shows a picture for each view, and runs nothing",
  ignore: !pythonProgram("jupyter"),
}, async () => {
  for (const path of ALL ? paths : paths.filter((path) => /0[06]_/.test(path))) {
    const args = ["nbconvert", "--to", "html", "--HTMLExporter.sanitize_html=True", "--stdout", projectPath(path)];
    const page = await python(args, { program: "jupyter", env });
    const outputs = (await readNotebook(new URL(path, ROOT))).cells.flatMap(({ outputs = [] }) => outputs);
    const pictures = outputs.filter(({ data }) => data?.["image/png"]);
    assertEquals(page.match(/<img [^>]*src="data:image\/png;base64,/g)?.length, pictures.length, path);
    assertEquals([page.includes("digitsViews"), page.includes("&lt;div")], [false, false], path);
  }
});
