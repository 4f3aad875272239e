import { assert, assertEquals } from "@std/assert";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader: 100 MB they do not need
import * as ort from "npm:onnxruntime-web@1.22.0";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { networkToOnnx } from "../../lib/formats/onnx.ts";
import type { Matrix } from "../../lib/matrix.ts";
import { forward, mostLikely } from "../../lib/network/forward.ts";
import { initialiseLayers, type LayerList } from "../../lib/network/init_layers.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import type { Activations, Network } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";

ort.env.wasm.numThreads = 1;

/** Reads with onnxruntime what the plain code reads: the same digits, probabilities to a hundred-thousandth. */
async function assertSame(network: Network, images: Matrix): Promise<void> {
  const { probabilities } = forward(network, images),
    session = await ort.InferenceSession.create(networkToOnnx(network));
  assertEquals([session.inputNames, session.outputNames], [["images"], ["probabilities"]]);
  const input = new ort.Tensor("float32", Float32Array.from(images.data), [images.cols, images.rows]);
  const { probabilities: read } = await session.run({ images: input }), data = read!.data as Float32Array;
  assertEquals([...read!.dims], [images.cols, probabilities.rows]);
  const off = data.reduce((most, p, i) => Math.max(most, Math.abs(p - probabilities.data[i]!)), 0);
  assert(off < 1e-5, `probabilities differ by ${off}`);
  assertEquals(mostLikely({ ...probabilities, data: Float64Array.from(data) }), mostLikely(probabilities));
  await session.release();
}

const sigmoid: Activations = { hidden: "sigmoid", output: "sigmoid" };

for (
  const [name, sizes, bends] of [
    ["784-10-10", [784, 10, 10], {}],
    ["784-128-128-10", [784, 128, 128, 10], {}],
    ["sigmoid network", [784, 25, 10], sigmoid],
    ["one layer of two classes", [784, 2], {}],
  ] as [string, number[], Activations][]
) {
  Deno.test(`networkToOnnx(): onnxruntime reads as we do, one digit and five hundred: ${name}`, async () => {
    const network = initialise(sizes, seededRandom(1), glorot, bends);
    for (const count of [1, 500]) await assertSame(network, normalise(drawDigits(count, 2)));
  });
}

const CONVOLUTIONS: readonly LayerList[] = [
  [784, { filters: 4, size: 5, pool: 2 }, { filters: 6, size: 3, padding: 1, pool: 3 }, 12, 10],
  [784, { filters: 3, size: 4, padding: 3, pool: 31 }, 10],
  [784, { filters: 2, size: 1 }, 10],
];
for (const [i, plan] of CONVOLUTIONS.entries()) {
  Deno.test(`networkToOnnx(): onnxruntime reads as we do, with convolutions, ${i + 1} of ${CONVOLUTIONS.length}`, async () => {
    const network = initialiseLayers(plan, seededRandom(i), glorot);
    for (const count of [1, 100]) await assertSame(network, normalise(drawDigits(count, 2)));
  });
}

Deno.test(
  { name: "networkToOnnx(): the same over MNIST's 10,000 test digits (needs MNIST)", ignore: mnistFolder() === null },
  async () => {
    const network = initialise([784, 128, 128, 10], seededRandom(4), glorot);
    await assertSame(network, normalise((await loadDigits("mnist")).test!));
  },
);
