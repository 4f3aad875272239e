/**
 * What a reader waits for: the commands in a fresh clone with empty caches and again when all is there, and the first cells.
 *
 * @module
 */
import { readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { projectPath } from "../../tools/root.ts";
import { writePage } from "./page.ts";

/** What is measured: until a line that says so is printed, or to the end. */
interface Wait {
  readonly what: string;
  readonly args: readonly string[];
  readonly until?: RegExp;
  readonly times?: number;
}

const WAITS: readonly Wait[] = [
  { what: "the first command of a fresh clone, empty caches", args: ["task", "learn"], times: 1 },
  { what: "the same again", args: ["task", "learn"], times: 1 },
  { what: "its first line of the table", args: ["task", "learn"], until: /00_start_here/ },
  { what: "the book alone", args: ["task", "book"] },
  { what: "the pad is there", args: ["task", "draw"], until: /Draw at/ },
  { what: "a photo is read", args: ["task", "predict", "data/photos/dark_on_light.jpg"], until: /\d/ },
  { what: "a training's first line", args: ["task", "train", "--tutorial", "004"], until: /^ +0 / },
  { what: "the same training to its end", args: ["task", "train", "--tutorial", "004"] },
  { what: "a file is looked through", args: ["task", "check-data", "data/sample.csv"] },
];

/** Memory of a process and all below it, in bytes; where there is no /proc, 0. */
function memoryOf(pid: number): number {
  try {
    const pages = Number(Deno.readTextFileSync(`/proc/${pid}/statm`).split(" ")[1]);
    const tasks = Array.from(Deno.readDirSync(`/proc/${pid}/task`)).flatMap(({ name }) =>
      Deno.readTextFileSync(`/proc/${pid}/task/${name}/children`).split(" ").filter(Boolean).map(Number)
    );
    return 4096 * pages + tasks.reduce((sum, child) => sum + memoryOf(child), 0);
  } catch {
    return 0;
  }
}

async function measure({ args, until }: Wait, cwd: string, env: Record<string, string>) {
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env,
    stdout: "piped",
    stderr: "null",
    stdin: "null",
  })
    .spawn();
  let most = 0, seconds = 0;
  const watch = setInterval(() => most = Math.max(most, memoryOf(child.pid)), 200);
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (until && text.split("\n").some((line) => until.test(line))) {
      seconds = (performance.now() - started) / 1000;
      break;
    }
  }
  if (seconds) child.kill("SIGINT");
  await child.status;
  clearInterval(watch);
  return { seconds: seconds || (performance.now() - started) / 1000, megabytes: Math.round(most / 1e6) };
}

/**
 * Seconds until a kernel has started, has run the first cell of chapter 00, and has shown the first picture; until the first plot stands
 * there, drawn while the network learns; and until that has learned.
 */
async function cells(folder: string): Promise<number[]> {
  const script = `
    import { Kernel } from "./tools/notebooks/kernel/client.ts";
    import { ownKernelSpec } from "./tools/notebooks/run_notebooks.ts";
    const sources = JSON.parse(Deno.args[0]), begun = performance.now(), marks = [];
    const kernel = await Kernel.start(await ownKernelSpec(), "notebooks");
    marks.push(performance.now() - begun);
    let drawn = 0;
    for (const source of sources) {
      await kernel.execute(source, 60_000, ({ outputs }) => {
        if (String(outputs[0]?.data?.["text/html"]).includes("<svg")) drawn ||= performance.now() - begun;
      });
      marks.push(performance.now() - begun);
    }
    marks.push(drawn);
    console.log(JSON.stringify(marks));
    await kernel.shutdown();
    Deno.exit(0);`;
  const { cells } = await readNotebook(projectPath("notebooks/00_start_here.ipynb"));
  const code = cells.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
  const plot = code.findIndex((source) => source.includes("live:")) + 1;
  await Deno.writeTextFile(`${folder}/felt_cells.ts`, script);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "felt_cells.ts", JSON.stringify(code.slice(0, plot))],
    cwd: folder,
  }).output();
  const marks: number[] = JSON.parse(new TextDecoder().decode(stdout));
  return [marks[0]!, marks[1]!, marks[2]!, marks.at(-1)!, marks.at(-2)!].map((mark) => mark / 1000);
}

if (import.meta.main) {
  const place = await Deno.makeTempDir(), folder = `${place}/digits from scratch`;
  await new Deno.Command("git", { args: ["clone", "--quiet", projectPath(""), folder] }).output();
  const env = { DENO_DIR: `${place}/deno`, NO_COLOR: "1", DIGITS_DATA: "drawn" };
  const rows = [];
  for (const wait of WAITS) {
    const seconds: number[] = [];
    let megabytes = 0;
    for (let k = 0; k < (wait.times ?? 3); k++) {
      const one = await measure(wait, folder, env);
      seconds.push(Number(one.seconds.toFixed(2)));
      megabytes = Math.max(megabytes, one.megabytes);
    }
    rows.push({ what: wait.what, command: `deno ${wait.args.join(" ")}`, seconds, megabytes });
    console.log(rows.at(-1));
  }
  const turns = [await cells(folder), await cells(folder), await cells(folder)];
  const steps = [
    "a kernel has started",
    "chapter 00's first cell has run",
    "its first picture is shown",
    "its first plot, which follows the training",
    "that training is done, and its plot is Plotly's",
  ];
  steps.forEach((what, k) =>
    rows.push({ what, command: "Shift-Enter", seconds: turns.map((turn) => Number(turn[k]!.toFixed(2))), megabytes: 0 })
  );
  await Deno.remove(place, { recursive: true });
  const page = { cores: navigator.hardwareConcurrency, deno: Deno.version.deno, rows };
  await writeWhole(new URL("felt.json", import.meta.url), `${JSON.stringify(page, null, 1)}\n`);
  await writePage();
  Deno.exit(0);
}
