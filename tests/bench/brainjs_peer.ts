// A peer of `deno task bench` that people who write JavaScript know: brain.js, which looks at one digit at a time. As peers.py:
// each line on standard input asks for the seconds of an epoch of 60,000.
import { slice } from "../../lib/data/digits.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { toRows, transpose } from "../../lib/matrix.ts";
import { loadDigits } from "../../lib/files/sources.ts";

const ROWS = 1000, PACKAGE = "npm:brain.js@1.6.1"; // fetched only here

try {
  // deno-lint-ignore no-explicit-any -- as in tfjs_peer.ts
  const { default: brain }: any = await import(PACKAGE),
    set = slice(await loadDigits(`mnist:${Deno.args[0]}`), 0, ROWS);
  const inputs = toRows(transpose(normalise(set))), outputs = toRows(transpose(oneHot(set.labels, 10)));
  const lesson = inputs.map((input, i) => ({ input, output: outputs[i] }));
  const network = new brain.NeuralNetwork({ hiddenLayers: [128, 128], activation: "relu" });
  console.log(`ready: brain.js ${PACKAGE.split("@")[1]}`);
  for await (const _ of Deno.stdin.readable) {
    const start = performance.now();
    network.train(lesson, { iterations: 1, errorThresh: 1e-9, praxis: "adam" });
    console.log((performance.now() - start) / 1000 * 60_000 / ROWS);
  }
} catch (reason) {
  console.log(`missing: ${(reason as Error).message.split("\n")[0]}`);
}
