import { assertEquals, assertThrows } from "@std/assert";
import { networkFromJson, networkToJson } from "../../lib/formats/json.ts";
import { networkFromSafetensors, networkToSafetensors } from "../../lib/formats/safetensors.ts";
import { toRows } from "../../lib/matrix.ts";
import { initialise } from "../../lib/network/init.ts";
import { initialiseLayers, type LayerList } from "../../lib/network/init_layers.ts";
import { seededRandom } from "../../lib/random.ts";
import { latin, u32 } from "../files/samples.ts";

Deno.test("networkFromSafetensors() reads 32-bit files of other programs", () => {
  const header = JSON.stringify({
    "layers.0.weight": { dtype: "F32", shape: [1, 2], data_offsets: [0, 8] },
    "layers.0.bias": { dtype: "F32", shape: [1], data_offsets: [8, 12] },
  });
  const file = Uint8Array.from([
    ...u32(header.length, 0),
    ...latin(header),
    ...new Uint8Array(Float32Array.of(0.5, -1, 2).buffer),
  ]);
  const { layers: [layer] } = networkFromSafetensors(file, "x");
  assertEquals([toRows(layer!.weights), toRows(layer!.bias), layer!.activation], [[[0.5, -1]], [[2]], "softmax"]);
});

Deno.test("a network with convolutions comes back to the last bit, from either file", () => {
  const plan: LayerList = [36, { filters: 3, size: 3, padding: 1, pool: 2 }, { filters: 4, size: 2 }, 5, 2];
  const network = initialiseLayers(plan, seededRandom(1));
  assertEquals(networkFromSafetensors(networkToSafetensors(network), "w"), network);
  assertEquals(networkFromJson(networkToJson(network), "w"), network);
});

Deno.test("a file's notes on convolutions are read with care", () => {
  const network = initialiseLayers([36, { filters: 3, size: 3 }, 2], seededRandom(1));
  const json = (change: (convolution: Record<string, unknown>) => unknown) => {
    const written = JSON.parse(networkToJson(network));
    written.layers[0].convolution = change(written.layers[0].convolution);
    return () => networkFromJson(JSON.stringify(written), "w");
  };
  assertThrows(json(({ pool: _, ...rest }) => rest), SyntaxError, "the convolution of layer 1 needs height, width");
  assertThrows(json(() => "big"), SyntaxError, "all whole numbers; height is none");
  assertThrows(json((c) => ({ ...c, size: 4 })), TypeError, "weights [3 × 9] must have 16 columns");
  assertThrows(json((c) => ({ ...c, pool: 3 })), RangeError, "pool must divide its 4 × 4 sums, got 3");
  const text = new TextDecoder("latin1").decode(networkToSafetensors(network));
  const with_ = (from: string, to: string) => {
    const padded = to.padEnd(from.length);
    if (!text.includes(from)) throw new Error(`${from} is not there`);
    return () => networkFromSafetensors(Uint8Array.from(text.replace(from, padded), (c) => c.charCodeAt(0)), "w");
  };
  assertThrows(with_('"[{', '"({'), SyntaxError, "its note on convolutions must be a JSON list");
  assertThrows(with_('\\"size\\":3', '\\"size\\":9'), RangeError, "a window of 9 × 9 must fit into the picture");
  assertThrows(with_('\\"pool\\"', '\\"loop\\"'), SyntaxError, "pool is none");
});

Deno.test("loading a network refuses what is cut off, not a number, or does not fit", () => {
  const network = initialise([3, 2, 2], seededRandom(1)), file = networkToSafetensors(network);
  for (let length = 0; length < file.length; length += 9) {
    assertThrows(
      () => networkFromSafetensors(file.subarray(0, length), "w"),
      SyntaxError,
      'Cannot read "w" as safetensors',
    );
  }
  const nan = file.slice();
  new DataView(nan.buffer).setFloat64(file.length - 8, NaN, true);
  assertThrows(() => networkFromSafetensors(nan, "w"), SyntaxError, "not finite");
  assertThrows(() => networkFromJson("{", "w"), SyntaxError, 'Cannot read "w" as a network');
  assertThrows(() => networkFromJson('{"format":"x"}', "w"), SyntaxError, "its format must be");
  const wrong = JSON.parse(networkToJson(network));
  wrong.layers[1].weights = [[1, 2, 3], [4, 5, 6]];
  assertThrows(
    () => networkFromJson(JSON.stringify(wrong), "w"),
    TypeError,
    "layer 2: weights [2 × 3] must have 2 columns",
  );
  wrong.layers[1].weights = [[1, "a"]];
  assertThrows(
    () => networkFromJson(JSON.stringify(wrong), "w"),
    SyntaxError,
    "layer 2 needs activation, bias and weights",
  );
});
