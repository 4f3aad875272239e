/**
 * Times the engine, the plain code and the readers beside their peers, in turns, in one run.
 *
 * @module
 */
import { type Examples, examplesOf } from "../../lib/data/examples.ts";
import { loadavg } from "node:os";
import { readDigitCsv } from "../../lib/files/csv_files.ts";
import { type Digits, slice } from "../../lib/data/digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { CONVOLUTIONAL, tutorial } from "../../lib/tutorials/tutorials.ts";
import { openEngine } from "../../lib/engine/open.ts";
import { type EngineName, fastObjective, probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import type { Network } from "../../lib/network/network.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { epsilonUniform, glorot, initialise } from "../../lib/network/init.ts";
import { flatten } from "../../lib/network/theta.ts";
import { linesFigure, type Series } from "../../lib/plots/figures.ts";
import { toPng } from "../../lib/plots/static.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { parseCommand, run, wholeNumber } from "../../tools/command.ts";
import { toKaggleCsv } from "../../lib/formats/kaggle_csv.ts";
import { projectPath, ROOT } from "../../tools/root.ts";
import { writePage } from "./page.ts";
import { runDeno } from "../../tools/run_deno.ts";

/** Gives the seconds for one unit of work. */
type Sample = () => number | Promise<number>;

/** One line of the table. */
interface Row {
  readonly work: string;
  readonly peer: string;
  /** Its name in tests/bench/peers.py, or in SCRIPTS. */
  readonly run: string;
  readonly ours: (bench: Material) => Sample | Promise<Sample>;
  readonly threads: number;
  /** The peer's, where another number suits it better. */
  readonly theirThreads?: number;
  readonly hold: number;
  readonly aim: number;
}

interface Material {
  readonly mnist: Digits;
  readonly kaggle: Examples;
  readonly middle: Examples;
  readonly csv: string;
}

const timed = async (work: () => unknown, count = 1) => {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work();
  return (performance.now() - start) / 1000 / count;
};

/** An iteration of `train`: what 40 take more than 10, so that neither opening nor reading counts. */
function descent(engine: EngineName, workers: number) {
  return ({ kaggle }: Material): Sample => async () => {
    const start = initialise([784, 10, 10], seededRandom(1)), options = { learningRate: 0.1, engine, workers };
    const marks: number[] = [], [from, to] = engine === "fast" ? [20, 120] : [3, 11];
    await train(start, kaggle, {
      ...options,
      iterations: to + 1, // the last one is recorded without asking
      record: (k) => {
        if (k === from || k === to) marks.push(performance.now());
        return false;
      },
    });
    return (marks[1]! - marks[0]!) / 1000 / (to - from);
  };
}

function evaluation(workers: number) {
  return async ({ middle }: Material): Promise<Sample> => {
    const network = initialise([400, 25, 10], seededRandom(1), epsilonUniform, tutorial("002").activations);
    const fast = await fastObjective(network, middle, 1, { engine: "fast", workers }), x = flatten(network.layers);
    await timed(() => fast!.objective(x), 300); // until the compiler has settled
    return () => timed(() => fast!.objective(x), 30);
  };
}

/** An epoch of 60,000, by one of so many. */
function epochOf(start: Network, batchSize: number, count: number, workers: number) {
  return ({ mnist }: Material): Sample => {
    const examples = examplesOf(slice(mnist, 0, count));
    return async () => {
      let begun = 0, seconds = 0;
      await train(start, examples, {
        epochs: 2, // the first one is for the compiler
        batchSize,
        optimiser: adam(),
        random: seededRandom(1),
        engine: "fast",
        workers,
        onRecord: () => {
          seconds = (performance.now() - begun) / 1000;
          begun = performance.now();
        },
      });
      return seconds * 60_000 / count;
    };
  };
}

const epoch = (width: number, count: number, workers: number) =>
  epochOf(initialise([784, width, width, 10], seededRandom(1), glorot), 32, count, workers);

/** Of chapter 15's network. */
const convolution = (count: number, workers: number) =>
  epochOf(initialiseLayers(CONVOLUTIONAL.layers!, seededRandom(1)), 64, count, workers);

function inference({ mnist }: Material): Sample {
  const network = initialise([784, 128, 128, 10], seededRandom(1), glorot);
  return () => timed(() => probabilitiesOf(network, mnist.test!, { engine: "fast" }), 5);
}

/** The network's part alone: the images are in the engine's memory, as a peer's are in its tensors. */
async function inferencePacked({ mnist }: Material): Promise<Sample> {
  const network = initialise([784, 128, 128, 10], seededRandom(1), glorot), images = normalise(mnist.test!);
  const engine = (await openEngine(network, [{ images }], { work: "reading" }))!;
  return () => timed(() => engine.probabilities(), 5);
}

const readCsv = async ({ csv }: Material): Promise<Sample> => {
  const read = () => timed(() => readDigitCsv(csv));
  for (let k = 0; k < 7; k++) await read(); // until the compiler has settled
  return read;
};
/** Tutorial 004 as a process of its own: start, data, three epochs, the test part, weights on disk. */
function wholeProcess(): Sample {
  const args = ["--tutorial", "004", "--data", `mnist:${mnistFolder()}`, "--epochs", "3"];
  return async () => {
    const place = await Deno.makeTempDir(), start = performance.now();
    const { success, text } = await runDeno([
      ...["run", "-A", "tools/commands/train.ts", ...args, "--save", `${place}/digits.safetensors`],
    ]);
    const seconds = (performance.now() - start) / 1000;
    await Deno.remove(place, { recursive: true });
    if (!success) throw new Error(text);
    return seconds;
  };
}

/** Peers that are not Python's. */
const SCRIPTS: Readonly<Record<string, string>> = {
  "tfjs-epoch": "tfjs_peer.ts",
  "brainjs-epoch": "brainjs_peer.ts",
  "std-csv": "std_csv_peer.ts",
};

const FULL = "000/001: one iteration, 41,000 × 784, full batch", EPOCH = "004: one epoch of 60,000, batch 32, Adam";
const WINDOWS = "15: one epoch of 60,000, 16 and 32 filters of 5 × 5, batch 64, Adam";
const ROWS: readonly Row[] = [
  {
    work: FULL,
    peer: "NumPy float64 as written",
    run: "numpy-descent",
    ours: descent("fast", 2),
    threads: 2,
    hold: 5.5,
    aim: 8,
  },
  {
    work: FULL,
    peer: "NumPy float32",
    run: "numpy32-descent",
    ours: descent("fast", 2),
    threads: 2,
    hold: 2.2,
    aim: 3,
  },
  { work: FULL, peer: "PyTorch", run: "torch-descent", ours: descent("fast", 2), threads: 2, hold: 2.2, aim: 3 },
  {
    work: `${FULL}, plain TypeScript`,
    peer: "NumPy float64 as written",
    run: "numpy-descent",
    ours: descent("reference", 1),
    threads: 1,
    hold: 0.7,
    aim: 1,
  },
  {
    work: "002/003: cost and gradient, 5,000 × 400",
    peer: "NumPy, digit by digit",
    run: "numpy-sigmoid-loops",
    ours: evaluation(2),
    threads: 2,
    theirThreads: 1, // a loop has no use for more
    hold: 34,
    aim: 70,
  },
  {
    work: "002/003: cost and gradient, 5,000 × 400",
    peer: "NumPy, vectorised",
    run: "numpy-sigmoid",
    ours: evaluation(2),
    threads: 2,
    hold: 1.4,
    aim: 2.5,
  },
  ...["TensorFlow", "JAX", "PyTorch"].map((backend): Row => ({
    work: EPOCH,
    peer: `Keras 3 on ${backend}, as written`,
    run: `keras-${backend.replace("PyTorch", "torch").toLowerCase()}-epoch`,
    ours: epoch(128, 60_000, 2),
    threads: 2,
    hold: backend === "JAX" ? 2 : 8,
    aim: backend === "JAX" ? 3 : 12,
  })),
  {
    work: "004 as a process: start, three epochs, test part, weights saved",
    peer: "Keras 3 on TensorFlow, as written",
    run: "keras-tensorflow-process",
    ours: wholeProcess,
    threads: 2,
    hold: 7,
    aim: 10,
  },
  {
    work: EPOCH,
    peer: "JAX, one compiled epoch",
    run: "jax-epoch",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    hold: 1.2,
    aim: 2,
  },
  {
    work: EPOCH,
    peer: "scikit-learn, `MLPClassifier`",
    run: "sklearn-epoch",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    hold: 4,
    aim: 6,
  },
  {
    work: EPOCH,
    peer: "PyTorch, torch.compile",
    run: "torch-epoch-compiled",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    hold: 3,
    aim: 4,
  },
  {
    work: EPOCH,
    peer: "PyTorch, its quickest: one thread",
    run: "torch-epoch",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    theirThreads: 1,
    hold: 3,
    aim: 4,
  },
  { work: EPOCH, peer: "PyTorch", run: "torch-epoch", ours: epoch(128, 60_000, 1), threads: 1, hold: 3, aim: 4 },
  {
    work: EPOCH,
    peer: "TensorFlow.js on WebAssembly",
    run: "tfjs-epoch",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    theirThreads: 1, // it has no more of them in Deno
    hold: 30,
    aim: 40,
  },
  {
    work: EPOCH,
    peer: "brain.js",
    run: "brainjs-epoch",
    ours: epoch(128, 60_000, 2),
    threads: 2,
    theirThreads: 1,
    hold: 100,
    aim: 150,
  },
  ...([[512, 6400, 2.5], [1024, 3200, 1.5], [2048, 1600, 1.5]] as const).map(([units, rows, aim]): Row => ({
    work: `the same with ${units} units`,
    peer: "PyTorch",
    run: `torch-epoch-${units}`,
    ours: epoch(units, rows, 1),
    threads: 1,
    hold: units === 512 ? 1.5 : 0.67,
    aim,
  })),
  {
    work: WINDOWS,
    peer: "PyTorch",
    run: "torch-convolution",
    ours: convolution(12_800, 2),
    threads: 2,
    hold: 1.5,
    aim: 2,
  },
  {
    work: WINDOWS,
    peer: "PyTorch",
    run: "torch-convolution",
    ours: convolution(12_800, 1),
    threads: 1,
    hold: 1.5,
    aim: 2,
  },
  {
    work: WINDOWS,
    peer: "Keras 3 on PyTorch",
    run: "keras-torch-convolution",
    ours: convolution(12_800, 2),
    threads: 2,
    hold: 1.5,
    aim: 2,
  },
  {
    work: "reading 10,000 images, 784-128-128-10",
    peer: "PyTorch",
    run: "torch-inference",
    ours: inference,
    threads: 1,
    hold: 0.7,
    aim: 1.2,
  },
  {
    work: "the same, images in place on both sides",
    peer: "PyTorch",
    run: "torch-inference",
    ours: inferencePacked,
    threads: 1,
    hold: 0.7,
    aim: 1.2,
  },
  {
    work: "train.csv, 42,000 rows, to bytes",
    peer: "pandas",
    run: "pandas-csv",
    ours: readCsv,
    threads: 1,
    hold: 6,
    aim: 9,
  },
  {
    work: "train.csv, 42,000 rows, to bytes",
    peer: "NumPy loadtxt",
    run: "numpy-csv",
    ours: readCsv,
    threads: 1,
    hold: 4,
    aim: 6,
  },
  {
    work: "train.csv, 42,000 rows, to bytes",
    peer: "@std/csv (or its stand-in)",
    run: "std-csv",
    ours: readCsv,
    threads: 1,
    hold: 15,
    aim: 20,
  },
];

/** The Python of tests/bench/requirements.txt, where it was made. */
async function benchPython(): Promise<string> {
  const own = projectPath(".cache/bench/bin/python");
  return await Deno.stat(own).then(() => own, () => "python3");
}

/** A peer's process, or what it lacks. */
async function startPeer(python: string, name: string, threads: number, csv: string) {
  const script = SCRIPTS[name], folder = mnistFolder()!;
  const [command, args] = script
    ? [Deno.execPath(), ["run", "-A", "--no-lock", "--quiet", `tests/bench/${script}`, folder, csv]]
    : [python, ["tests/bench/peers.py", name, folder, csv]];
  const process = new Deno.Command(command, {
    args,
    env: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(
    new TransformStream<string, string>({
      transform: (text, out) => text.split("\n").filter(Boolean).forEach((line) => out.enqueue(line)),
    }),
  ).getReader();
  const input = process.stdin.getWriter();
  const close = async () => {
    await input.close().catch(() => {});
    await process.status;
  };
  const said = (await lines.read()).value ?? "missing: it ended without a word";
  const sample = async () => {
    await input.write(new TextEncoder().encode("\n"));
    return Number((await lines.read()).value);
  };
  return { said, sample, close };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 300));
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const show = (seconds: number) => seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;

/** How seconds grow with rows, width, depth, filters, batch size and workers, engine only. */
async function growth({ mnist, kaggle }: Material): Promise<Record<string, [number, number][]>> {
  const rows: [number, number][] = [], batch: [number, number][] = [], width: [number, number][] = [];
  const workers: [number, number][] = [], depth: [number, number][] = [], filters: [number, number][] = [];
  for (const count of [1000, 3000, 10_000, 30_000, 60_000]) {
    rows.push([count, await epoch(128, count, 1)({ mnist } as Material)() * count / 60_000]);
  }
  for (const units of [10, 32, 128, 512, 1024, 2048]) {
    const count = units > 1500 ? 1600 : units > 200 ? 3200 : 20_000;
    width.push([units, await epoch(units, count, 1)({ mnist } as Material)()]);
  }
  for (const layers of [1, 2, 4, 8]) {
    const start = initialise([784, ...Array(layers).fill(128), 10], seededRandom(1), glorot);
    depth.push([layers, await epochOf(start, 32, 10_000, 1)({ mnist } as Material)()]);
  }
  for (const count of [4, 8, 16, 32]) {
    const start = initialiseLayers([784, { filters: count, size: 5, pool: 2 }, 10], seededRandom(1));
    filters.push([count, await epochOf(start, 32, 3000, 1)({ mnist } as Material)()]);
  }
  const part = slice(mnist, 0, 20_000), examples = examplesOf(part);
  for (const batchSize of [8, 32, 128, 512, 2000]) {
    const start = initialise([784, 128, 128, 10], seededRandom(1), glorot), options = { optimiser: adam(), batchSize };
    await train(start, examples, { ...options, epochs: 1, engine: "fast" });
    const seconds = await timed(() => train(start, examples, { ...options, epochs: 2, engine: "fast" }));
    batch.push([batchSize, seconds / 2 * 3]);
  }
  for (const count of [1, 2]) workers.push([count, await descent("fast", count)({ kaggle } as Material)()]);
  return { rows, width, depth, filters, batch, workers };
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "bench",
    summary:
      "Times the engine beside its peers (NumPy, PyTorch, JAX, Keras, TensorFlow.js, pandas …), in turns; needs MNIST.",
    options: {
      rounds: { type: "string", value: "N", help: "samples of each, after one to warm up (5)" },
      python: { type: "string", value: "PATH", help: "the Python that has the peers (.cache/bench's, else python3)" },
      only: { type: "string", value: "TEXT", help: "only lines that contain this, and nothing is written" },
      json: { type: "boolean", help: "one JSON object per line" },
    },
    notes: [
      "Writes tests/bench/README.md, tests/bench/results.json and notebooks/speed.png. Peers that are missing are named.",
      "Ratios are peer's time divided by ours: above 1 we are faster. Nothing else should run meanwhile.",
    ],
  });
  await run(async () => {
    const rounds = wholeNumber("rounds", values.rounds, 1) ?? 5,
      python = (values.python as string) ?? await benchPython();
    const only = values.only as string | undefined;
    const mnist = await loadDigits("mnist"), rows = slice(mnist, 1000, 42_000), first = slice(mnist, 0, 5000);
    const csv = await Deno.makeTempFile({ suffix: ".csv" });
    await Deno.writeTextFile(csv, toKaggleCsv(slice(mnist, 0, 42_000)));
    const material: Material = {
      mnist,
      kaggle: examplesOf(rows),
      middle: tutorial("002").examples(first),
      csv,
    };
    const results: unknown[] = [];
    for (const row of ROWS.filter(({ work, peer }) => !only || `${work} ${peer}`.includes(only))) {
      const peer = await startPeer(python, row.run, row.theirThreads ?? row.threads, csv);
      if (!peer.said.startsWith("ready")) {
        if (values.json) console.log(JSON.stringify({ work: row.work, peer: row.peer, skipped: peer.said }));
        else console.log(`${row.work}, ${row.peer}: ${peer.said}`);
        results.push({ work: row.work, peer: row.peer, aim: row.aim, skipped: peer.said });
        await peer.close();
        continue;
      }
      const ours = await row.ours(material), mine: number[] = [], theirs: number[] = [];
      await ours(), await peer.sample();
      const load = loadavg()[0]!;
      for (let round = 0; round < rounds; round++) {
        theirs.push(await peer.sample());
        await rest(); // what one has left to tidy up must not be in the other's time
        mine.push(await ours());
        await rest();
      }
      await peer.close();
      const ratio = median(theirs) / median(mine);
      const result = {
        work: row.work,
        peer: row.peer,
        version: peer.said.replace("ready: ", ""),
        threads: row.threads,
        theirThreads: row.theirThreads ?? row.threads,
        ours: median(mine),
        theirs: median(theirs),
        ratio,
        hold: row.hold,
        aim: row.aim,
        load: Number(load.toFixed(2)),
        samples: { ours: mine, theirs },
      };
      results.push(result);
      if (values.json) console.log(JSON.stringify(result));
      else {
        console.log(
          `${row.work}, ${row.peer}: ${show(median(theirs))} / ${show(median(mine))} = ${
            ratio.toFixed(2)
          } (hold ${row.hold})`,
        );
      }
    }
    await Deno.remove(csv);
    if (only) return 0;
    const grown = await growth(material), machine = { cores: navigator.hardwareConcurrency, deno: Deno.version };
    if (values.json) console.log(JSON.stringify({ growth: grown }));
    const text = JSON.stringify({ machine, rounds, results, growth: grown }, null, 1);
    await writeWhole(new URL("results.json", import.meta.url), `${text}\n`);
    await writePage();
    const names: Record<string, string> = {
      rows: "rows",
      width: "units",
      depth: "hidden layers",
      filters: "filters",
      batch: "batch size",
    };
    const lines = Object.entries(names).map(([key, name]): Series => ({
      name,
      x: grown[key]!.map(([x]) => x),
      y: grown[key]!.map(([, y]) => y),
      mode: "lines+markers",
    }));
    await writeWhole(new URL("notebooks/speed.png", ROOT), await toPng(growthFigure(lines), 2));
    return 0;
  });
}

/** Seconds against size on two logarithmic axes: a straight line at 45° is linear growth. */
function growthFigure(lines: Series[]) {
  return linesFigure(lines, {
    title: "How the engine's time grows",
    x: "rows, units, layers, filters or batch size",
    y: "seconds",
    caption: "Seconds for an epoch against rows, width, depth, filters and batch size.",
    logX: true,
    logY: true,
  });
}
