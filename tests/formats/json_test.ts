import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { networkFromJson, networkToJson } from "../../lib/formats/json.ts";
import { networkFromSafetensors, networkToSafetensors } from "../../lib/formats/safetensors.ts";
import { gaussian, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

const networks = fc.tuple(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }), fc.nat(999))
  .map(([sizes, seed]) => initialise(sizes, seededRandom(seed), gaussian, { hidden: seed % 2 ? "sigmoid" : "relu" }));

Deno.test("networks saved as JSON and as safetensors come back to the last bit", () => {
  fc.assert(fc.property(networks, (network) => {
    assertEquals(networkFromJson(networkToJson(network), "x"), network);
    assertEquals(networkFromSafetensors(networkToSafetensors(network), "x"), network);
  }));
});
