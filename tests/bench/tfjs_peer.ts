// The peer of `deno task bench` in the same language: tutorial 004 by TensorFlow.js on WebAssembly, one thread, as its
// users write it. As peers.py: each line on standard input asks for the seconds of an epoch of 60,000.
import { slice } from "../../lib/data/digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { loadDigits } from "../../lib/files/sources.ts";

const ROWS = 6400; // an epoch of all takes a quarter of a minute
const PACKAGES = ["npm:@tensorflow/tfjs@4.22.0", "npm:@tensorflow/tfjs-backend-wasm@4.22.0"]; // fetched only here

try {
  // deno-lint-ignore no-explicit-any -- its types would have to be fetched by everybody who checks this project
  const [tf, wasm]: any[] = await Promise.all(PACKAGES.map((name) => import(name)));
  wasm.setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  const set = slice(await loadDigits(`mnist:${Deno.args[0]}`), 0, ROWS), { dense } = tf.layers;
  const images = tf.tensor2d(Float32Array.from(normalise(set).data), [ROWS, 784]);
  const labels = tf.tensor1d(Float32Array.from(set.labels));
  const layers = [
    dense({ inputShape: [784], units: 128, activation: "relu" }),
    dense({ units: 128, activation: "relu" }),
    dense({ units: 10, activation: "softmax" }),
  ];
  const network = tf.sequential({ layers });
  network.compile({ optimizer: tf.train.adam(0.001), loss: "sparseCategoricalCrossentropy" });
  console.log(`ready: tfjs ${tf.version_core}`);
  for await (const _ of Deno.stdin.readable) {
    const start = performance.now();
    await network.fit(images, labels, { batchSize: 32, epochs: 1, verbose: 0 });
    console.log((performance.now() - start) / 1000 * 60_000 / ROWS);
  }
} catch (reason) {
  console.log(`missing: ${(reason as Error).message.split("\n")[0]}`);
}
