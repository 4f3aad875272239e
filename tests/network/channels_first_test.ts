import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { fromRows, matrix, toRows } from "../../lib/matrix.ts";
import { channelsFirst, channelsLast, channelsOf } from "../../lib/network/channels_first.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("channelsFirst() by hand: three places with two channels each", () => {
  assertEquals(toRows(channelsFirst(fromRows([[1, 10, 2, 20, 3, 30]]), 2)), [[1, 2, 3, 10, 20, 30]]);
});

Deno.test("channelsLast() takes channelsFirst() back, for any size", () => {
  const sizes = fc.integer({ min: 1, max: 6 });
  fc.assert(fc.property(sizes, sizes, sizes, (rows, places, channels) => {
    const weights = matrix(rows, places * channels, Array.from({ length: rows * places * channels }, (_, i) => i));
    assertEquals(channelsLast(channelsFirst(weights, channels), channels), weights);
  }));
});

Deno.test("channelsOf() says what a layer's columns hold", () => {
  const { layers } = initialiseLayers([36, { filters: 2, size: 3 }, { filters: 5, size: 2 }, 4, 3], seededRandom(1));
  assertEquals(layers.map((layer, l) => channelsOf(layer, layers[l - 1])), [1, 2, 5, 1]);
});
