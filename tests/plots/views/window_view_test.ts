import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { matrix } from "../../../lib/matrix.ts";
import { convolve } from "../../../lib/network/convolution.ts";
import { packDigits } from "../../../lib/plots/views/packed.ts";
import { windowViewOf } from "../../../lib/plots/views/window_view.ts";
import { drive } from "./drive.ts";
import { set } from "./samples.ts";

const filters = [
  { name: "left edge", weights: [-1, 0, 1, -1, 0, 1, -1, 0, 1] },
  { name: "mean", weights: Array.from({ length: 9 }, () => 1 / 9), bias: -0.25 },
];
const view = () => drive(windowViewOf({ digits: packDigits(set, [4, 5]), filters }));

Deno.test("windowView(): the sum is that of the products, by hand, wherever the window lies", () => {
  const driven = view();
  driven.choose("digit", `1: ${set.labels[5]}`);
  driven.choose("filter", "mean");
  for (const [row, column] of [[0, 0], [11, 9], [25, 25]] as const) {
    driven.slide("row", row);
    driven.slide("column", column);
    let sum = -0.25;
    for (let dy = 0; dy < 3; dy++) {
      for (let dx = 0; dx < 3; dx++) sum += set.pixels[5 * 784 + 28 * (row + dy) + column + dx]! / 255 / 9;
    }
    assertAlmostEquals(driven.answer.sum, sum, 1e-12);
    assertEquals(driven.answer.map[26 * row + column], driven.answer.sum);
    assertStringIncludes(driven.said, `mean at row ${row}, column ${column} of`);
  }
});

Deno.test("windowView(): pooled, the map is the library's own", () => {
  const driven = view(), X = matrix(784, 1, Float64Array.from(set.pixels.subarray(4 * 784, 5 * 784), (g) => g / 255));
  driven.press("pool 2 × 2");
  const convolution = { height: 28, width: 28, channels: 1, size: 3, padding: 0, pool: 2 };
  const layer = {
    weights: matrix(1, 9, filters[0]!.weights),
    bias: matrix(1, 1),
    activation: "relu",
    convolution,
  } as const;
  assertEquals(driven.answer.map, [...convolve(layer, X).data]);
  assertEquals([driven.answer.map.length, driven.answer.mapWidth], [13 * 13, 13]);
  assertStringIncludes(driven.said, "13 × 13");
});

Deno.test("windowView(): pointed at, the window comes with its middle, and stays inside", () => {
  const driven = view();
  driven.point(0, 8 + 9 * 14, 8 + 9 * 10, "hover");
  assertEquals([driven.state.row, driven.state.column], [9, 13]);
  driven.point(0, -50, 9999, "move");
  assertEquals([driven.state.row, driven.state.column], [25, 0]);
  driven.point(2, 8 + 9 * 3 + 4, 8 + 9 * 20 + 4, "hover");
  assertEquals([driven.state.row, driven.state.column], [20, 3]);
  const before = driven.state;
  driven.point(1, 20, 20, "hover");
  assertEquals(driven.state, before);
});
