// Commands are killed in the middle, and meet disks that are full or can only be read. Whatever happens, every file is
// the old one or the new one, and the next call works and clears up. DIGITS_INTERRUPTIONS says how often each command
// is killed: half of the times at an operation on files, half of the times by the clock, spread over its whole run.
import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeTogether } from "../../lib/files/write_file.ts";
import { seededRandom } from "../../lib/random.ts";
import { readRows } from "../../lib/experiments/rows.ts";
import { ownKernelSpec } from "../../tools/notebooks/run_notebooks.ts";
import { copyReadyProject } from "../copy_project.ts";
import { goodAnswer, plainAnswer, randomFile, startMirror } from "../files/mirror.ts";

const LINUX = Deno.build.os === "linux", POSIX = Deno.build.os !== "windows";
const KILL_AT = fileURLToPath(new URL("kill_at.ts", import.meta.url));
const LEFTOVER =
  /^\.cache\/live_\d+\/|\.\d+\.part$|\.part(\.json)?$|^\.cache\/kernels\/[\w-]+\.\d+\.[-0-9a-f]+\.json$|\/\.lock$/;

const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Two: cells"] },
    ...['import { activate, matrix } from "../lib/mod.ts";', "activate('relu', matrix(1, 2, [-1, 1])).data"].map((
      source,
      i,
    ) => (
      { cell_type: "code", id: `c${i}`, metadata: {}, source: [source], outputs: [], execution_count: null }
    )),
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

const DOWNLOAD = `
import { downloadMnist } from "./lib/files/mnist.ts";
const [mirror, files] = JSON.parse(Deno.args[0]);
await downloadMnist({ folder: "out", mirrors: [mirror], files, patience: 2 });
Deno.exit(0);
`;

/** The project in a folder of its own, ready to run, with one small notebook, a small Plotly and a folder `out`. */
async function withProject(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await copyReadyProject(folder);
    for await (const { name } of Deno.readDir(`${folder}/notebooks`)) {
      if (/^\d\d_/.test(name)) await Deno.remove(`${folder}/notebooks/${name}`);
    }
    await Deno.writeTextFile(`${folder}/notebooks/00_two_cells.ipynb`, NOTEBOOK);
    await Deno.writeTextFile(`${folder}/tools/pages/book/plotly.ts`, "export {};"); // bundling the real one takes longest of all
    await Deno.writeTextFile(`${folder}/download.ts`, DOWNLOAD);
    await Deno.mkdir(`${folder}/temporary`);
    await Deno.mkdir(`${folder}/out`);
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Ending {
  code: number;
  signal: string | null;
  err: string;
  seconds: number;
}

/** Runs a program in the copy until it ends or is killed, behind other words (`sh -c …`) where there are any. */
async function run(
  folder: string,
  program: readonly string[],
  { before = [], killAt, killAfter }: { before?: readonly string[]; killAt?: number; killAfter?: number } = {},
): Promise<Ending> {
  const preload = before.length ? [] : [`--preload=${KILL_AT}`];
  const [command, ...args] = [...before, Deno.execPath(), "run", "-A", ...preload, ...program];
  const started = performance.now();
  const child = new Deno.Command(command!, {
    args,
    cwd: folder,
    env: {
      DIGITS_DATA: "drawn",
      NO_COLOR: "1",
      TMPDIR: `${folder}/temporary`,
      ...killAt !== undefined && { DIGITS_KILL_AT: String(killAt) },
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = killAfter === undefined ? undefined : setTimeout(() => {
    try {
      child.kill("SIGKILL");
    } catch { /* it was done already */ }
  }, killAfter * 1000);
  const { code, signal, stderr } = await child.output();
  clearTimeout(timer);
  return { code, signal, err: new TextDecoder().decode(stderr), seconds: (performance.now() - started) / 1000 };
}

/** Every file below a folder, by path, with a digest of its bytes. */
async function snapshot(folder: string, below = folder): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(below)) {
    const path = `${below}/${name}`;
    if (isDirectory) { for (const [key, value] of await snapshot(folder, path)) found.set(key, value); }
    else found.set(relative(folder, path), digest(await Deno.readFile(path)));
  }
  return new Map([...found].toSorted());
}
const digest = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Moments of a run of so many operations and seconds: odd ones numbers of operations, even ones seconds, all its length. */
function moments(times: number, operations: number, seconds: number): { killAt?: number; killAfter?: number }[] {
  const random = seededRandom(7), half = Math.ceil(times / 2);
  return Array.from({ length: times }, (_, i) => {
    const share = (Math.floor(i / 2) + random()) / half;
    return i % 2 ? { killAfter: share * seconds } : { killAt: 1 + Math.floor(share * operations) };
  });
}

/** Kills a command again and again, looks at every file of the project each time, and at last lets it end. */
async function interrupt(folder: string, program: readonly string[], place: string, usual: number): Promise<void> {
  const kept = async () => (await snapshot(`${folder}/.cache`)).size, before = await kept();
  let whole = await run(folder, program);
  if (await kept() > before) whole = await run(folder, program); // the first one trained the book's networks
  assertEquals(whole.code, 0, whole.err);
  const operations = Number(/operations: (\d+)/.exec(whole.err)?.[1]);
  const wanted = await snapshot(folder), written = [...wanted.keys()].filter((path) => path.startsWith(`${place}/`));
  const older = async () => {
    for (const path of written) if (!path.endsWith(".lock")) await Deno.writeTextFile(`${folder}/${path}`, "old");
  };
  let killed = 0;
  const times = Number(Deno.env.get("DIGITS_INTERRUPTIONS") ?? usual);
  for (const moment of moments(times, operations, whole.seconds)) {
    await older();
    killed += Number((await run(folder, program, moment)).signal === "SIGKILL");
    const where = `killed at ${JSON.stringify(moment)}`, now = await snapshot(folder);
    for (const [path, found] of now) {
      if (!wanted.has(path)) assertMatch(path, LEFTOVER, where);
      else if (found !== wanted.get(path)) {
        assert(written.includes(path) && found === digest("old"), `${where}: ${path} is neither old nor new`);
      }
    }
    assertEquals([...wanted.keys()].filter((path) => !now.has(path)), [], `${where}: files have gone`);
  }
  assert(killed >= times / 4, `only ${killed} of ${times} were killed in time`);
  await older();
  const last = await run(folder, program);
  assertEquals(last.code, 0, last.err);
  assertEquals(await snapshot(folder), wanted, "the next call makes all files new and leaves nothing else");
}

Deno.test("set-up, killed at any moment: Deno starts all the same, and the next call does the rest and clears up", () =>
  withProject(async (folder) => {
    const program = ["tools/setup.ts"], times = Number(Deno.env.get("DIGITS_INTERRUPTIONS") ?? 4);
    const afresh = () => Deno.remove(`${folder}/.cache`, { recursive: true });
    await afresh();
    const whole = await run(folder, program), operations = Number(/operations: (\d+)/.exec(whole.err)?.[1]);
    for (const moment of moments(times, operations, whole.seconds)) {
      await afresh();
      await run(folder, program, moment);
      const next = await run(folder, program), where = `killed at ${JSON.stringify(moment)}`;
      assertEquals(next.code, 0, `${where}: ${next.err}`);
      assertEquals([...(await snapshot(folder)).keys()].filter((path) => path.endsWith(".part")), [], where);
    }
  }));

Deno.test("train --save, killed at any moment: the weights are the old or the new ones, and the next call clears up", () =>
  withProject(async (folder) => {
    const train = [
      "tools/commands/train.ts",
      "--tutorial",
      "003",
      "--data",
      "drawn:600",
      "--iterations",
      "2",
      "--save",
    ];
    await interrupt(folder, [...train, "out/weights.safetensors"], "out", 6);
  }));

Deno.test("train --save FOLDER, killed while it writes: each text file is the old or the new one", () =>
  withProject(async (folder) => {
    const train = [
      "tools/commands/train.ts",
      "--tutorial",
      "003",
      "--data",
      "drawn:600",
      "--iterations",
      "2",
      "--save",
    ];
    await interrupt(folder, [...train, "out/weights"], "out/weights", 4);
  }));

Deno.test("writeTogether() puts no file in its place when one of them cannot be written, and leaves no part", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a`, "old");
    const files = [[`${folder}/a`, "new"], [`${folder}/nowhere/b`, "new"]] as const;
    await assertRejects(
      () => writeTogether(files),
      Error,
      `Cannot write "${folder}/nowhere/b": there is no such folder`,
    );
    assertEquals([...await snapshot(folder)], [["a", digest("old")]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("book, killed at any moment: every page is the old or the new one, and the next call clears up", () =>
  withProject((folder) => interrupt(folder, ["tools/commands/book.ts"], "book", 10)));

Deno.test("learn, killed at any moment: notebooks and pages are old or new, and no kernel outlives it", () =>
  withProject(async (folder) => {
    await interrupt(folder, ["tools/commands/learn.ts"], "book", 4);
    if (LINUX) await until(async () => !(await kernelsOf(folder)).length, "a kernel is still running");
  }));

Deno.test("data, killed at any moment: files are the old or the right ones, and the next call goes on and clears up", () =>
  withProject(async (folder) => {
    const files = await Promise.all([1, 2, 3].map((k) => randomFile(`${k}.gz`, 60_000, k)));
    using mirror = startMirror((request, write) => {
      const asked = files.find(({ file }) => request.line.includes(`/${file.name} `))!;
      return goodAnswer(asked.packed, { piece: 4000, pause: 5 })(request, write);
    });
    const what = JSON.stringify([mirror.url, files.map(({ file }) => file)]);
    await interrupt(folder, ["download.ts", what], "out", 8);
    await Deno.writeTextFile(`${folder}/out/1.gz.part.json`, "{}"); // killed after the file took its place
    assertEquals((await run(folder, ["download.ts", what])).code, 0);
    assertEquals([...(await snapshot(`${folder}/out`)).keys()], [".lock", "1.gz", "2.gz", "3.gz"]);
  }));

Deno.test("experiment, killed at any moment: no row is lost or torn for the next call, which does the rest", () =>
  withProject(async (folder) => {
    const out = `${folder}/out/rows.jsonl`, grid = `${folder}/out/grid.json`;
    const settings = { data: "drawn:2200", hidden: [[4], [5]], init: "he", optimiser: ["adam", "sgd"], epochs: 1 };
    await Deno.writeTextFile(grid, JSON.stringify(settings));
    const program = ["tools/commands/experiment.ts", grid, "--out", out, "--workers", "2"];
    const whole = await run(folder, program), operations = Number(/operations: (\d+)/.exec(whole.err)?.[1]);
    assertEquals(whole.code, 0, whole.err);
    const times = Number(Deno.env.get("DIGITS_INTERRUPTIONS") ?? 6), ids = new Set<string>();
    const wanted = new Set((await readRows(out)).map(({ id }) => id));
    for (const [i, moment] of moments(times, operations, whole.seconds).entries()) {
      if (i % 3 === 0) {
        await Deno.remove(out).catch(() => {});
        ids.clear();
      }
      await run(folder, program, moment);
      const rows = await readRows(out), found = rows.map(({ id }) => id);
      assert(rows.every((row) => !("error" in row)), JSON.stringify(rows));
      assertEquals(new Set(found).size, found.length, "a row is there twice");
      for (const id of ids) assert(found.includes(id), "a row was lost");
      for (const id of found) ids.add(id);
    }
    const last = await run(folder, program);
    assertEquals(last.code, 0, last.err);
    assertEquals(new Set((await readRows(out)).map(({ id }) => id)), wanted);
    assertEquals([...(await snapshot(folder)).keys()].filter((path) => LEFTOVER.test(path)), []);
  }));

Deno.test("a kernel whose starter is killed ends by itself", { ignore: !LINUX }, () =>
  withProject(async (folder) => {
    const starter = `
      import { Kernel } from "./tools/notebooks/kernel/client.ts";
      import { ownKernelSpec } from "./tools/notebooks/run_notebooks.ts";
      const kernel = await Kernel.start(await ownKernelSpec(), "notebooks");
      console.error((await kernel.execute("6 * 7", 10_000)).count);
      Deno.kill(Deno.pid, "SIGKILL");`;
    await Deno.writeTextFile(`${folder}/starter.ts`, starter);
    const { signal, err } = await run(folder, ["starter.ts"]);
    assertEquals([signal, err], ["SIGKILL", "1\n"], "what the kernel is asked to watch is no cell of the notebook");
    await until(async () => !(await kernelsOf(folder)).length, "the kernel is still running");
  }));

Deno.test("a kernel whose starter was killed before it could say so is ended by the next one that starts", {
  ignore: !LINUX,
}, () =>
  withProject(async (folder) => {
    const starter = `
      import { writeConnectionFile } from "./tools/notebooks/kernel/connection_file.ts";
      const ports = Array.from({ length: 5 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
      const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports.map(({ addr }) => addr.port);
      for (const port of ports) port.close();
      const file = await writeConnectionFile({ transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256",
        key: "secret", shell_port, iopub_port, stdin_port, control_port, hb_port });
      const [command, ...args] = ${JSON.stringify((await ownKernelSpec()).argv)};
      new Deno.Command(command, { args: args.map((arg) => arg.replace("{connection_file}", file)), stdin: "null",
        stdout: "null", stderr: "null" }).spawn();
      Deno.kill(Deno.pid, "SIGKILL");`;
    const end =
      `import { endForgottenKernels } from "./tools/notebooks/kernel/connection_file.ts"; await endForgottenKernels();`;
    await Deno.writeTextFile(`${folder}/starter.ts`, starter);
    await Deno.writeTextFile(`${folder}/end.ts`, end);
    assertEquals((await run(folder, ["starter.ts"])).signal, "SIGKILL");
    assertEquals((await kernelsOf(folder)).length, 1);
    assertEquals((await run(folder, ["end.ts"])).code, 0);
    await until(async () => !(await kernelsOf(folder)).length, "the kernel is still running");
    assertEquals((await Array.fromAsync(Deno.readDir(`${folder}/.cache/kernels`))).length, 0);
  }));

/** Numbers of the kernel processes that were started by a copy of the project. */
async function kernelsOf(folder: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const words = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => ""); // ended meanwhile
    if (words.includes("jupyter") && words.includes(folder)) found.push(Number(name));
  }
  return found;
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const end = performance.now() + 8000; !await holds();) {
    assert(performance.now() < end, otherwise);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Fault {
  name: string;
  /** What stands before a command, so that it meets the fault in the folder `place`, which then holds the old files. */
  before: (place: string) => string[];
  reason: string;
  /** How many bytes there is room for. */
  room: number;
  possible: boolean;
}

/** In a view of the disks that only this process has: a disk of its own at `place`, whose files are kept at the end. */
function ownDisk(place: string, size: string, then = "true"): string[] {
  const script = `mkdir "$0.old" && cp -a "$0/." "$0.old" && mount -t tmpfs -o size=${size} none "$0" &&
    cp -a "$0.old/." "$0" && ${then} && { "$@"; code=$?; cp -a "$0/." "$0.after"; exit $code; }`;
  return ["unshare", "--map-root-user", "--mount", "sh", "-c", `mkdir "$0.after"; ${script}`, place];
}

const maySeparate = LINUX &&
  await new Deno.Command("unshare", {
    args: ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
    stderr: "null",
  }).output().then(({ success }) => success).catch(() => false);

const FAULTS: readonly Fault[] = [
  {
    name: "a disk that is full",
    before: (place) => ownDisk(place, "64k"),
    reason: "the disk is full; make room and try again",
    room: 65_536,
    possible: maySeparate,
  },
  {
    name: "a disk that can only be read",
    before: (place) => ownDisk(place, "64k", 'mount -o remount,ro "$0"'),
    reason: "the disk can only be read; choose another place",
    room: 65_536,
    possible: maySeparate,
  },
  {
    name: "a limit on the size of files",
    before: () => ["sh", "-c", `trap "" XFSZ; ulimit -f 40; exec "$@"`, "sh"], // without the trap it is a signal
    reason: "no file may be as large as that here; raise the limit (ulimit -f), or choose another place",
    room: 40 * 512,
    possible: POSIX,
  },
];

for (const { name, before, reason, room, possible } of FAULTS) {
  Deno.test(`${name}: train, data, experiment, book and learn say so in one sentence, and the old files stay`, {
    ignore: !possible,
  }, () =>
    withProject(async (folder) => {
      const body = (await randomFile("", 200_000, 1)).packed;
      using mirror = startMirror(plainAnswer(body, { headers: 'etag: "v1"\r\n' }));
      const grid = `${folder}/grid.json`, row = { id: "1", settings: {}, format: 2, note: "" };
      const rows = JSON.stringify({ ...row, note: "-".repeat(room - 100 - JSON.stringify(row).length) }) + "\n";
      await Deno.writeTextFile(grid, JSON.stringify({ data: "drawn:2200", tutorial: "003", iterations: [1, 2] }));
      const train = [
        "tools/commands/train.ts",
        "--tutorial",
        "003",
        "--data",
        "drawn:600",
        "--iterations",
        "2",
        "--save",
      ];
      const cases: [file: string, place: string, program: string[]][] = [
        ["weights.json", "out", [...train, "out/weights.json"]],
        ["TrainedW1.in", "out", [...train, "out"]],
        ["train-images-idx3-ubyte.gz", "out", ["tools/commands/data.ts", "--mirror", mirror.url, "--to", "out"]],
        ["rows.jsonl", "out", ["tools/commands/experiment.ts", grid, "--out", "out/rows.jsonl", "--workers", "1"]],
        ["", "book", ["tools/commands/book.ts"]],
        ["", "book", ["tools/commands/learn.ts"]],
      ];
      for (const [file, place, program] of cases) {
        const path = `${folder}/${place}`, after = reason.includes("ulimit") ? path : `${path}.after`;
        for (const old of [path, `${path}.old`, `${path}.after`]) {
          await Deno.remove(old, { recursive: true }).catch(() => {}); // of the case before
        }
        await Deno.mkdir(path);
        const old = file === "rows.jsonl" ? rows : "old"; // with room for the beginning of a row, but not for all of it
        await Deno.writeTextFile(`${path}/${file || "index.html"}`, old);
        const { code, err } = await run(folder, program, { before: before(path) });
        assertEquals(code, 1, `${program[0]}: ${err}`);
        assertMatch(err, /^Cannot write (to )?[^\n]*\n$/, "one sentence and nothing else");
        assertStringIncludes(err, reason);
        assert(file && err.includes(file) || err.includes(`${place}/`) || err.includes(`to "${place}"`), err);
        const left = await snapshot(after);
        assertEquals(left.get(file || "index.html"), digest(old), `${program[0]}: the old file is gone`);
        const parts = [...left.keys()].filter((name) => LEFTOVER.test(name) && !/\.gz\.part/.test(name)); // a download goes on
        assertEquals(parts, [], program[0]);
      }
    }));
}

Deno.test("a file where a folder must be, and a folder where the file must be, are told before any work", () =>
  withProject(async (folder) => {
    await Deno.writeTextFile(`${folder}/out/file`, "old");
    await Deno.mkdir(`${folder}/out/folder.json`);
    const grid = `${folder}/out/grid.json`;
    await Deno.writeTextFile(grid, JSON.stringify({ data: "drawn:2200", tutorial: "003", iterations: 1 }));
    const cases = [
      ["tools/commands/train.ts", "--save", "out/file/weights.json"],
      ["tools/commands/train.ts", "--save", "out/file/weights"],
      ["tools/commands/train.ts", "--save", "out/nowhere/weights.json"],
      ["tools/commands/train.ts", "--save", "out/folder.json"],
      ["tools/commands/experiment.ts", grid, "--out", "out/file/rows.jsonl"],
      ["tools/commands/data.ts", "--mirror", "http://127.0.0.1:1/", "--to", "out/file/mnist"],
    ];
    for (const program of cases) {
      const { code, err } = await run(folder, program, { before: ["env"] });
      assertEquals(code, 1, `${program}: ${err}`);
      assertMatch(
        err,
        /^Cannot write (to )?"[^"]*out\/[^"]*": (a file|a folder|there is no such folder)[^\n]*; [^\n]*\n$/,
      );
    }
    assertEquals(await Deno.readTextFile(`${folder}/out/file`), "old");
  }));
