import { oneHot } from "../../lib/data/prepare.ts";
import { matrix } from "../../lib/matrix.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom } from "../../lib/random.ts";
import { scalarBias, scalarBiasWrongCount } from "../../lib/tutorials/as_written.ts";
import { assertClose, assertMatrixClose } from "../assert_close.ts";
import golden from "../golden/relu_softmax_12_5_3.json" with { type: "json" };
import { reluStart } from "../golden/networks.ts";

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("scalarBiasWrongCount() divides by the rows of the whole file", () => {
  const network = initialise([4, 3, 2], seededRandom(9), uniformHalf),
    X = examples(4, 1000, 10),
    labels = Array.from({ length: 1000 }, (_, j) => j % 2);
  const pass = forward(network, X), targets = oneHot(labels, 2);
  const half = scalarBiasWrongCount(network, pass, targets).layers[0]!.weights.data; // 1,000 of 2,000 rows
  assertClose(half, scalarBias(network, pass, targets).layers[0]!.weights.data.map((value) => value / 2));
});

Deno.test("scalarBias() makes the tutorials' mistake: one number for all, 0 at the output", () => {
  const { network, images } = reluStart();
  const { layers } = scalarBias(network, forward(network, images), oneHot(golden.y, 3));
  assertClose(layers[0]!.bias.data, new Array(5).fill(golden.asWritten.db1));
  assertClose(layers[1]!.bias.data, [0, 0, 0]);
  const next = update(network, { layers }, 0.1);
  assertMatrixClose(next.layers[0]!.bias, golden.asWritten.updated_b1);
});
