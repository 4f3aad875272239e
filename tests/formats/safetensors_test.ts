import { assertEquals, assertThrows } from "@std/assert";
import { networkFromJson, networkToJson } from "../../lib/formats/json.ts";
import { networkFromSafetensors, networkToSafetensors } from "../../lib/formats/safetensors.ts";
import { toRows } from "../../lib/matrix.ts";
import { initialise } from "../../lib/network/init.ts";
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
