import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { inflateSync } from "node:zlib";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { encodePng } from "../../lib/images/png.ts";
import { columns, fromRows, matrix } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import { blameOf, blamePicture } from "../../lib/plots/blame_picture.ts";
import { courseMap } from "../../lib/plots/course_map.ts";
import { digitGallery, gallery, numbersPicture } from "../../lib/plots/digits.ts";
import type { Figure } from "../../lib/plots/figure.ts";
import { barsFigure, histogramFigure, historyFigure, linesFigure } from "../../lib/plots/figures.ts";
import { confusionFigure, heatFigure } from "../../lib/plots/heat_maps.ts";
import { graphPicture, walkThroughPicture } from "../../lib/plots/network_pictures.ts";
import { toPng } from "../../lib/plots/static.ts";
import { savePicture } from "../../lib/notebook.ts";
import { seededRandom } from "../../lib/random.ts";

const words = { title: "Title", x: "x axis (unit)", y: "y axis (unit)", caption: "One sentence." };
const history = [0, 10, 20].map((iteration) => ({
  iteration,
  loss: 2 - iteration / 20,
  accuracy: iteration / 40,
  testLoss: 2,
  testAccuracy: 0.4,
}));
const figures: Record<string, Figure> = {
  lines: linesFigure([{ name: "a", x: [0, 1], y: [1, 10] }, { name: "b", x: [0, 1], y: [2, 3] }], {
    ...words,
    logY: true,
  }),
  bars: barsFigure(["p", "q"], [{
    name: "n",
    values: [1, 2],
    text: ["1", "2"],
    interval: { up: [0.1, 0.1], down: [0.2, 0.1] },
  }], words),
  histogram: histogramFigure([{ name: "v", values: [0, 0.2, 0.9, 1] }], 4, words),
  heat: heatFigure(fromRows([[-1, 2], [3, -4]]), { ...words, signed: true, decimals: 1 }),
  confusion: confusionFigure(fromRows([[5, 1], [2, 7]])),
  history: historyFigure(history, "Training", { train: 100, test: 50 }),
};

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`the ${name} figure has titles, axis titles, a caption and finite numbers`, () => {
    const layout = figure.layout as Record<string, { title?: { text: string }; text?: string }>;
    assert(layout.title!.text && layout.xaxis!.title!.text && layout.yaxis!.title!.text && figure.caption);
    assert(figure.data.length > 0);
    assert(!/null|NaN/.test(JSON.stringify(figure.data)));
  });

  Deno.test(`the ${name} figure becomes a PNG with its titles in it`, async () => {
    const png = await toPng(figure);
    assertEquals([...png.slice(0, 4)], [0x89, 0x50, 0x4E, 0x47]);
    const view = new DataView(png.buffer, png.byteOffset);
    assertEquals(view.getUint32(16), 720);
    assert(png.length > 4000, `only ${png.length} bytes: is it empty?`);
  });
}

Deno.test("savePicture() writes what toPng() draws", async () => {
  const path = await Deno.makeTempFile({ suffix: ".png" });
  try {
    await savePicture(figures.bars!, path);
    assertEquals(await Deno.readFile(path), await toPng(figures.bars!));
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("toPng() gives the same bytes for the same figure", async () => {
  assertEquals(await toPng(figures.heat!), await toPng(figures.heat!));
});

Deno.test("histogramFigure() counts every value once", () => {
  assertEquals((figures.histogram!.data[0] as { y: number[] }).y, [2, 0, 0, 2]);
});

Deno.test("heatFigure() centres signed colours on zero", () => {
  const { zmin, zmax } = figures.heat!.data[0] as { zmin: number; zmax: number };
  assertEquals([zmin, zmax], [-4, 4]);
});

Deno.test("confusionFigure() writes all counts, colours only mistakes, and names the most frequent", () => {
  const { z, text } = figures.confusion!.data[0] as { z: number[][]; text: string[][] };
  assertEquals(z, [[0, 1], [2, 0]]);
  assertEquals(text, [["5", "1"], ["2", "7"]]);
  assertStringIncludes(figures.confusion!.caption, "2 of digit 1 are read as 0");
});

Deno.test("historyFigure() needs a record, and draws the test part only where there is one", () => {
  assertThrows(() => historyFigure([], "x", { train: 1 }), RangeError, "at least one record");
  assertEquals(
    [
      figures.history!.data.length,
      historyFigure([{ iteration: 0, loss: 1, accuracy: 0 }], "x", { train: 1 }).data.length,
    ],
    [4, 2],
  );
});

Deno.test("gallery() draws a tile per image, captions, verdicts, and refuses nothing at all", () => {
  const { svg } = gallery([{ values: [0, 9, 9, 0], caption: "<a>", verdict: "wrong" }, { values: [1, 0, 0, 0] }], {
    caption: "c",
    columns: 1,
  });
  assertStringIncludes(svg, "✗ &lt;a&gt;");
  assertEquals(svg.match(/<g transform/g)!.length, 2);
  assertThrows(() => gallery([], { caption: "c" }), RangeError, "at least one tile");
});

Deno.test("digitGallery() and numbersPicture() show the pixels that are there", () => {
  const set = drawDigits(3, 1);
  assertStringIncludes(digitGallery(set, [2, 0], { caption: "c" }).svg, `>${set.labels[2]}</text>`);
  const { svg, caption } = numbersPicture(set, 1);
  assertEquals(svg.match(/<text/g)!.length, 784);
  assertStringIncludes(caption, `labelled ${set.labels[1]}`);
});

Deno.test("courseMap() marks one chapter and refuses others", () => {
  assertStringIncludes(courseMap(4).caption, "chapter 4");
  assertThrows(() => courseMap(99), RangeError);
});

Deno.test("blamePicture() prints backward's numbers, and the pixels' blame is the slope of the loss", () => {
  const network = initialise([784, 10, 10], seededRandom(3)), set = drawDigits(5, 2), X = normalise(set);
  const { layers, pixels } = blameOf(network, X, set.labels, 3), { svg } = blamePicture(network, X, set.labels, 3);
  const { layers: expected } = backward(network, forward(network, columns(X, 3)), oneHot([set.labels[3]!]));
  layers.forEach((dZ, l) => assertEquals(dZ, expected[l]!.bias));
  for (const value of layers.flatMap(({ data }) => [...data])) {
    assert(svg.includes(`>${value === 0 ? "none" : value.toFixed(3)}<`), String(value));
  }
  const image = columns(X, 3), label = [set.labels[3]!], h = 1e-5;
  for (const pixel of [14 * 28 + 14, 10 * 28 + 13, 20 * 28 + 9, 0]) {
    const loss = (step: number) => {
      const data = image.data.slice();
      data[pixel]! += step;
      const pass = forward(network, { ...image, data });
      return cost(network, pass, label);
    };
    const slope = (loss(h) - loss(-h)) / (2 * h);
    assert(Math.abs(slope - pixels.data[pixel]!) < 1e-6, `pixel ${pixel}: ${pixels.data[pixel]}, measured ${slope}`);
  }
  assertThrows(
    () => blamePicture(initialise([784, 5, 5, 10], seededRandom(1)), X, set.labels, 0),
    TypeError,
    "needs 2 layers",
  );
});

Deno.test("walkThroughPicture() and graphPicture() print the network's own numbers", () => {
  const X = normalise(drawDigits(2, 3)), network = initialise([784, 10, 10], seededRandom(1));
  const { preActivations: [z1], probabilities } = forward(network, columns(X, 1));
  const { svg } = walkThroughPicture(network, X, 1);
  for (const z of z1!.data) assertStringIncludes(svg, z > 0 ? `>${z.toFixed(2)}<` : ">silent<");
  for (const p of probabilities.data) assertStringIncludes(svg, `>${(100 * p).toFixed(1)} %<`);
  assertThrows(
    () => walkThroughPicture(initialise([784, 5, 5, 10], seededRandom(1)), X, 0),
    TypeError,
    "needs 2 layers, got 3",
  );

  const small = initialise([2, 2, 2], seededRandom(4)), pass = forward(small, fromRows([[1], [0.5]]));
  const gradients = backward(small, pass, oneHot([0], 2));
  const drawn = graphPicture(small, pass, gradients).svg;
  for (const { weights } of gradients.layers) {
    for (const g of weights.data) assertStringIncludes(drawn, `>${g.toFixed(3)}<`);
  }
});

Deno.test("encodePng() writes what a PNG reader gets back, and refuses a wrong size", () => {
  const png = encodePng(Uint8Array.of(1, 2, 3, 4, 5, 6), 3, 2, 1), view = new DataView(png.buffer);
  const length = view.getUint32(33); // behind the signature and IHDR
  assertEquals([...inflateSync(png.subarray(41, 41 + length))], [0, 1, 2, 3, 0, 4, 5, 6]);
  assertThrows(() => encodePng(new Uint8Array(5), 3, 2, 1), TypeError, "needs 6 bytes and at least one, got 5");
  assertThrows(() => encodePng(matrixBytes(0), 0, 0, 4), TypeError);
});

const matrixBytes = (n: number) => Uint8Array.from(matrix(n, 1).data);
