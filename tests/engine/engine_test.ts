import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Digits } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot, split } from "../../lib/data/prepare.ts";
import { fastObjective, infer } from "../../lib/engine/evaluate.ts";
import { train, trainEpochs } from "../../lib/engine/train.ts";
import { Pace, startCrew, TASK } from "../../lib/engine/crew.ts";
import { openEngine } from "../../lib/engine/engine.ts";
import { compileKernels } from "../../lib/engine/kernels.ts";
import { layOut } from "../../lib/engine/layout.ts";
import { objectiveOf } from "../../lib/course/train_tutorial.ts";
import { type Matrix, matrix } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { type Bends, glorot, he, initialise, type Network } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import { accuracy, predict } from "../../lib/network/predict.ts";
import { pack } from "../../lib/network/theta.ts";
import { normal, seededRandom } from "../../lib/random.ts";
import { minimise } from "../../lib/training/lbfgs.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import type { Examples } from "../../lib/training/train.ts";
import { buildKernels, BUILDS } from "../../tools/build_kernels.ts";

const SIGMOID: Bends = { hidden: "sigmoid", output: "sigmoid" };

function drawn(count: number, seed: number): Examples {
  const set = drawDigits(count, seed);
  return { images: normalise(set), labels: set.labels };
}

/** Images without a zero, of any size: what the engine takes as they are. */
function dense(inputs: number, count: number, seed: number, classes = 10): Examples {
  const draw = normal(seededRandom(seed)), uniform = seededRandom(seed + 1);
  return {
    images: matrix(inputs, count, Float64Array.from({ length: inputs * count }, draw)),
    labels: Uint8Array.from({ length: count }, () => Math.floor(classes * uniform())),
  };
}

/** Three in ten numbers, none of them a 255th: entries of 8 bytes. */
function thin(inputs: number, count: number, seed: number): Examples {
  const { images, labels } = dense(inputs, count, seed), keep = seededRandom(seed + 2);
  return { images: { ...images, data: images.data.map((x) => keep() < 0.3 ? x : 0) }, labels };
}

/** The largest difference, as a share of the largest number in `expected`. */
function apart(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  assertEquals(got.length, expected.length);
  let largest = 0, scale = 0;
  for (let i = 0; i < got.length; i++) {
    largest = Math.max(largest, Math.abs(got[i]! - expected[i]!));
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return largest / scale;
}

const NETWORKS: [string, number[], Bends][] = [
  ["no hidden layer", [784, 10], {}],
  ["784-10-10 ReLU", [784, 10, 10], {}],
  ["784-25-10 sigmoid", [784, 25, 10], SIGMOID],
  ["odd widths, four layers", [784, 33, 7, 19, 10], {}],
  ["784-128-128-10", [784, 128, 128, 10], {}],
  ["one unit", [784, 1, 10], { hidden: "sigmoid" }],
];

for (const [name, sizes, bends] of NETWORKS) {
  for (
    const [kind, make] of [["drawn", drawn], ["dense", dense.bind(null, 784)], ["thin", thin.bind(null, 784)]] as const
  ) {
    Deno.test(`the engine's cost and gradient equal the plain code's: ${name}, ${kind} images`, async () => {
      const network = initialise(sizes, seededRandom(3), glorot, bends), examples = make(83, 5);
      const pass = forward(network, examples.images), lambda = 0.7;
      await using fast = await fastObjective(network, examples, lambda);
      const { value, gradient } = fast!.objective(pack(network.layers));
      const expected = backward(network, pass, oneHot(examples.labels, 10), lambda);
      const loss = cost(network, pass, examples.labels, lambda);
      assert(Math.abs(value - loss) < 3e-6 * loss, `cost ${value}, must be ${loss}`);
      const difference = apart(gradient, pack(expected.layers));
      assert(difference < 3e-6, `gradient differs by ${difference} of its largest number`);
    });
  }
}

Deno.test("infer() gives the plain code's probabilities, for one image and for more than a chunk", async () => {
  for (const count of [1, 3, 1030]) {
    const network = initialise([784, 20, 10], seededRandom(1), he), { images, labels } = drawn(count, 2);
    const fast = await infer(network, images, { engine: "fast" }), plain = await infer(network, images);
    assert(apart(fast.data, plain.data) < 1e-5);
    assertEquals(accuracy(predict(fast), labels), accuracy(predict(plain), labels));
  }
  assertEquals((await infer(initialise([4, 10], seededRandom(1)), matrix(4, 0), { engine: "fast" })).cols, 0);
});

Deno.test("infer() takes bytes, chunk by chunk: of any size, mostly paper, all ink, or none", async () => {
  const uniform = seededRandom(5), ink = { thin: 0.2, thick: 0.9, none: 0 };
  for (const [width, height] of [[28, 28], [7, 5], [1, 1], [16, 1], [5, 13]] as const) {
    for (const share of Object.values(ink)) {
      const count = 2100, size = width * height, labels = new Uint8Array(count); // two chunks and a part of one
      const grey = () => uniform() < share ? 1 + Math.floor(255 * uniform()) : 0;
      const set: Digits = {
        name: "made up",
        provenance: "",
        pixels: Uint8Array.from({ length: size * count }, grey),
        labels,
        width,
        height,
      };
      const network = initialise([size, 6, 3], seededRandom(1), he);
      const fast = await infer(network, set, { engine: "fast" }), plain = await infer(network, set);
      assert(apart(fast.data, plain.data) < 1e-5, `${width} × ${height}, ${share}`);
    }
  }
});

Deno.test("train() on the engine keeps to the plain code's path: loss within 1e-5 after 60 iterations", async () => {
  const { train: lesson, test } = split(drawDigits(2700, 4), 200);
  const [examples, held] = [lesson, test].map((set): Examples => ({ images: normalise(set), labels: set.labels }));
  const start = initialise([784, 10, 10], seededRandom(1)),
    options = { iterations: 60, learningRate: 0.1, test: held!, lambda: 0.5 };
  const plain = await train(start, examples!, options);
  for (const workers of [1, 2]) {
    const fast = await train(start, examples!, { ...options, engine: "fast", workers });
    assertEquals(fast.history.map(({ iteration }) => iteration), plain.history.map(({ iteration }) => iteration));
    fast.history.forEach((record, i) => {
      const expected = plain.history[i]!;
      for (const key of ["loss", "testLoss"] as const) {
        assert(
          Math.abs(record[key]! - expected[key]!) < 1e-5,
          `${key} at ${record.iteration}: ${record[key]}, must be ${expected[key]}`,
        );
      }
      assert(Math.abs(record.accuracy - expected.accuracy) < 2 / 2500, "two digits at most on the other side");
    });
    const difference = apart(pack(fast.network.layers), pack(plain.network.layers));
    // a unit that is nearly 0 for one image may land on its other side: 1/2500 of one step
    assert(difference < 1e-4, `the weights differ by ${difference} of the largest`);
  }
});

Deno.test("a pass over all examples gives the same bytes every time, for any number of workers", async () => {
  const start = initialise([784, 10, 10], seededRandom(1));
  for (const examples of [drawn(2600, 6), drawn(300, 7), drawn(9, 8)]) { // eight shares of examples, three, one
    const run = async (workers: number) => {
      const options = { iterations: 12, learningRate: 0.1, engine: "fast", workers } as const;
      const { network, history } = await train(start, examples, options);
      return [...pack(network.layers), ...history.map(({ loss }) => loss)];
    };
    const alone = await run(1);
    for (const workers of [1, 2, 3, 20]) assertEquals(await run(workers), alone, `${workers} workers`);
  }
});

for (
  const [name, make] of [
    ["plain steps", () => sgd(0.1)],
    ["momentum", () => momentum(0.02)],
    ["Adam", () => adam()],
    ["Adam as published", () => adam({ form: "paper", epsilon: 1e-3 })],
  ] as const
) {
  Deno.test(`trainEpochs() on the engine keeps to the plain code's path: ${name}`, async () => {
    for (const examples of [drawn(330, 7), dense(50, 330, 8)]) { // the last batch is a short one
      const start = initialise([examples.images.rows, 24, 16, 10], seededRandom(2), glorot), epochs = 3;
      const run = (engine: "fast" | "reference") =>
        trainEpochs(start, examples, {
          epochs,
          optimiser: make(),
          random: seededRandom(9),
          lambda: 0.1,
          validation: drawnLike(examples),
          engine,
        });
      const [plain, fast] = await Promise.all([run("reference"), run("fast")]);
      assertEquals([fast.iterations, fast.history.length], [plain.iterations, epochs]);
      fast.history.forEach((record, i) => {
        const expected = plain.history[i]!;
        for (const key of ["loss", "validationLoss"] as const) {
          assert(
            Math.abs(record[key]! - expected[key]!) < 1e-5,
            `${key} after epoch ${i + 1}: ${record[key]}, must be ${expected[key]}`,
          );
        }
        assert(Math.abs(record.accuracy - expected.accuracy) < 1e-9);
      });
    }
  });
}

Deno.test("mini-batches give the same bytes with one worker, two, three, or more than there is work for", async () => {
  const cases = [drawn(203, 7), dense(50, 203, 8), thin(31, 203, 9)]; // batches of 29: odd shares, and a short last one
  for (const examples of cases) {
    for (const make of [() => sgd(0.1), () => momentum(0.02), () => adam()]) {
      const start = initialise([examples.images.rows, 21, 16, 10], seededRandom(2), glorot);
      const run = async (workers: number) => {
        const options = {
          epochs: 2,
          batchSize: 29,
          random: seededRandom(9),
          lambda: 0.1,
          engine: "fast",
          workers,
        } as const;
        const { network, history } = await trainEpochs(start, examples, { ...options, optimiser: make() });
        return { bytes: pack(network.layers), loss: history.at(-1)!.loss };
      };
      const alone = await run(1);
      for (const workers of [2, 3, 40]) {
        const { bytes, loss } = await run(workers);
        assertEquals(bytes, alone.bytes, `${workers} workers`);
        assert(Math.abs(loss - alone.loss) < 1e-12 * loss, `${workers} workers: loss ${loss}, alone ${alone.loss}`);
      }
    }
  }
});

Deno.test("a crew that slows the work down is left out, and asked again later", () => {
  const pace = new Pace(),
    run = (steps: number, alone: number, together: number) => {
      let used = 0;
      for (let step = 0; step < steps; step++) {
        used += Number(pace.together);
        pace.took(pace.together ? together : alone);
      }
      return used;
    };
  assertEquals(run(470, 2, 1), 470); // at first it is trusted
  assertEquals(run(30, 2, 3), 15); // then both ways are timed, half of the steps each
  assertEquals(run(470, 2, 3), 0);
  assertEquals(run(30, 2, 1), 15);
  assertEquals(run(470, 2, 1), 470);
});

Deno.test("a worker that fails ends the wait for it with an error", async () => {
  const examples = drawn(40, 1), start = initialise([784, 10, 10], seededRandom(1));
  await using engine = await openEngine(start, [examples]);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true }); // too small for all that is in it
  const { workplaces } = engine!.layout, layout = { ...engine!.layout, signals: 1024, task: 2048 };
  const crew = await startCrew((await compileKernels())!, memory, {
    ...layout,
    workplaces: [...workplaces, ...workplaces],
  }, 1);
  crew.begin(TASK.gradient);
  assertThrows(() => crew.finish(), Error, "A worker of the engine failed");
  await crew.close();
});

function drawnLike({ images, labels }: Examples): Examples {
  const cols = 40;
  return {
    images: matrix(images.rows, cols, images.data.slice(0, images.rows * cols)),
    labels: Array.from(labels).slice(0, cols),
  };
}

Deno.test("L-BFGS on the engine reaches the plain code's J", async () => {
  const { images, labels } = drawn(400, 3), start = initialise([784, 12, 10], seededRandom(1), glorot, SIGMOID);
  await using fast = await fastObjective(start, { images, labels }, 0.1);
  const plain = objectiveOf(start, { images, labels }, 0.1), first = pack(start.layers);
  const [a, b] = await Promise.all(
    [fast!.objective, plain].map((objective) => minimise(objective, first, { maxIterations: 30 })),
  );
  assertEquals(a!.iteration, 30);
  assert(Math.abs(a!.value - b!.value) < 2e-3 * b!.value, `J ${a!.value}, must be ${b!.value}`);
});

Deno.test("train() and trainEpochs() on the engine stop, resume, and hand out the network on the way", async () => {
  const examples = drawn(300, 1), start = initialise([784, 10, 10], seededRandom(1));
  const options = { learningRate: 0.1, engine: "fast" as const };
  const stopped = await train(start, examples, { ...options, iterations: 50, shouldStop: (k) => k >= 0 });
  assertEquals([stopped.stopped, stopped.iterations, stopped.history.length], [true, 0, 1]);
  const half = await train(start, examples, { ...options, iterations: 20 });
  const resumed = await train(start, examples, { ...options, iterations: 40, resume: half });
  const whole = await train(start, examples, { ...options, iterations: 40 });
  assertEquals(pack(resumed.network.layers), pack(whole.network.layers));
  assertEquals(resumed.history.map(({ iteration }) => iteration), [0, 10, 20, 40]);

  const seen: Network[] = [];
  const epochs = await trainEpochs(start, examples, {
    epochs: 2,
    optimiser: adam(),
    engine: "fast",
    onEpoch: (_, network) => void seen.push(network),
    shouldStop: ({ epoch }) => epoch === 1,
  });
  assertEquals([epochs.stopped, epochs.history.length], [false, 2]); // asked every 20 ms only
  assertEquals(pack(seen[1]!.layers), pack(epochs.network.layers));
});

Deno.test("the engine says what is wrong as the plain code does", async () => {
  const examples = drawn(20, 1), start = initialise([784, 10, 10], seededRandom(1)), engine = "fast" as const;
  const small = initialise([400, 10, 10], seededRandom(1));
  const run = (network: Network, over: object) =>
    train(network, examples, { iterations: 5, learningRate: 0.1, engine, ...over });
  await assertRejects(() => run(small, {}), TypeError, "Cannot multiply weights1 [10 × 400] by images [784 × 20]");
  await assertRejects(
    () => run(start, { iterations: 0 }),
    RangeError,
    "iterations must be a whole number from 1, got 0",
  );
  await assertRejects(() => run(start, { learningRate: -1 }), RangeError, "learningRate");
  await assertRejects(() => run(start, { learningRate: 1e30, iterations: 20 }), RangeError, "loss must be finite");
  await assertRejects(() => run(start, { test: { ...examples, labels: [1] } }), TypeError, "1 labels");
  await assertRejects(
    () =>
      train(start, { ...examples, labels: new Uint8Array(20).fill(11) }, { iterations: 5, learningRate: 0.1, engine }),
    RangeError,
    "must be a whole number from 0 to 9, got 11",
  );
  await assertRejects(
    () => trainEpochs(start, examples, { epochs: 0, optimiser: adam(), engine }),
    RangeError,
    "epochs must be a whole number from 1, got 0",
  );
  for (const make of [sgd, momentum, (rate: number) => adam({ learningRate: rate })]) {
    assertThrows(() => make(-0.1), RangeError, "learningRate must be a finite number above 0, got -0.1");
  }
  await assertRejects(() => run(start, { learningRate: Infinity }), RangeError, "learningRate must be a finite number");
  const broken: Matrix = { ...examples.images, data: examples.images.data.map((x, i) => i === 400 ? NaN : x) };
  await assertRejects(
    () => train(start, { ...examples, images: broken }, { iterations: 5, learningRate: 0.1, engine }),
    RangeError,
    "finite",
  );
});

Deno.test("the committed kernels are what the source compiles to, byte for byte", async () => {
  for (const [name, features] of Object.entries(BUILDS)) {
    const committed = await Deno.readFile(new URL(`../../lib/engine/${name}`, import.meta.url));
    assert(
      indexOfDifference(await buildKernels(features), committed) < 0,
      `${name} is not built from kernels.as.ts: run "deno run -A tools/build_kernels.ts"`,
    );
  }
});

function indexOfDifference(a: Uint8Array, b: Uint8Array): number {
  return a.length === b.length ? a.findIndex((byte, i) => byte !== b[i]) : Math.min(a.length, b.length);
}

Deno.test("without fused multiply-add, without any vectors, or without memory the same comes out", async () => {
  const code = (hide: string) => `
    const compile = WebAssembly.compile;
    if (${hide} === 3) WebAssembly.Memory = class { constructor() { throw new RangeError("no memory"); } };
    let asked = 0;
    WebAssembly.compile = (bytes) => ++asked <= ${hide} % 3 ? Promise.reject(new Error("no such instruction")) : compile(bytes);
    const { train } = await import(${JSON.stringify(new URL("../../lib/engine/train.ts", import.meta.url).href)});
    const { drawDigits, initialise, normalise, seededRandom } = await import(${
    JSON.stringify(new URL("../../lib/mod.ts", import.meta.url).href)
  });
    const set = drawDigits(60, 1);
    const { history } = await train(initialise([784, 10, 10], seededRandom(1)), { images: normalise(set), labels: set.labels }, { iterations: 30, learningRate: 0.1, engine: "fast" });
    console.log(asked, history.at(-1).loss);`;
  const losses = await Promise.all(["0", "1", "2", "3"].map(async (hide) => {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["eval", code(hide)] }).output();
    const said = new TextDecoder().decode(stdout).trim();
    assert(said, new TextDecoder().decode(stderr));
    const [asked, loss] = said.split(" ").map(Number) as [number, number];
    assertEquals(asked, Math.min(2, Number(hide) % 3 + 1));
    return loss;
  }));
  const [relaxed, plain, none, noMemory] = losses as [number, number, number, number];
  assert(Math.abs(relaxed - none) < 1e-5 && Math.abs(plain - none) < 1e-5, losses.join(" "));
  assert(plain !== none && relaxed !== none, "the three must really be three");
  assertEquals(noMemory, none);
});

Deno.test("beyond 2 GB every place keeps its own address, and beyond 4 GB the plain code does the work", async () => {
  const network = initialise([784, 10, 10], seededRandom(1)),
    huge = new Proxy(new Uint8Array(), {
      get: (_, key) => key === "length" ? 784 * 3_000_000 : 1,
    });
  const images = { rows: 784, cols: 3_000_000, data: huge },
    many = { workers: 1, work: "batches" as const, moments: 0, grey: true };
  const { sets: [lesson], parameters, order, signals, bytes } = layOut(network, [{ images }], 1024, many);
  assert(0 < parameters && parameters < lesson!.dense && lesson!.dense < order && order < signals && signals < bytes);
  assert(bytes > 4 * 784 * 3_000_000, String(bytes));
  assertEquals(await openEngine(network, [{ images }], { work: "batches" }), null);
});
