import { assert, assertEquals, assertThrows } from "@std/assert";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { drawDigit, drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { loadDigits, mnistFolder } from "../../lib/data/sources.ts";
import { pixelsOf } from "../../lib/data/digits.ts";
import { infer } from "../../lib/engine/evaluate.ts";
import { trainEpochs } from "../../lib/engine/train.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import { type GreyImage, resize } from "../../lib/images/grey_image.ts";
import { centreByMass, preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import { matrix } from "../../lib/matrix.ts";
import { glorot, initialise, type Network } from "../../lib/network/init.ts";
import { predict } from "../../lib/network/predict.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { photo } from "./photo.ts";

async function reads(network: Network, pictures: Uint8Array[]): Promise<Uint8Array> {
  const images = matrix(
    784,
    pictures.length,
    Float64Array.from(pictures.flatMap((pixels) => [...pixels]), (grey) => grey / 255),
  );
  return predict(await infer(network, images, { engine: "fast" }));
}

async function learned(set: { pixels: Uint8Array; labels: Uint8Array }, epochs: number): Promise<Network> {
  const random = seededRandom(1), start = initialise([784, 128, 128, 10], random, glorot);
  const images = normalise({ ...set, width: 28, height: 28, name: "", provenance: "" });
  return (await trainEpochs(start, { images, labels: set.labels }, {
    epochs,
    optimiser: adam(),
    random,
    engine: "fast",
  })).network;
}

const kinds = [{}, { lightOnDark: true }, { lines: true }];

Deno.test("preparePhoto() lets a network read photos, whichever side is dark and however uneven the light", async () => {
  const network = await learned(drawDigits(12_000, 1), 4);
  for (const kind of kinds) {
    const photos = Array.from({ length: 60 }, (_, i) => photo(i % 10, 5000 + i, kind));
    const stages = photos.map(preparePhoto);
    assert(stages.every(({ lightOnDark }) => lightOnDark === (kind.lightOnDark ?? false)), JSON.stringify(kind));
    const right = (read: Uint8Array) => read.filter((digit, i) => digit === i % 10).length;
    const plain = right(await reads(network, photos.map((_, i) => drawDigit(i % 10, 5000 + i))));
    const ours = right(await reads(network, stages.map(({ prepared }) => prepared)));
    const raw = right(await reads(network, photos.map(preparePhotoRaw)));
    assert(ours >= plain - 5, `${JSON.stringify(kind)}: ${ours} of 60 photos, ${plain} of 60 originals`);
    assert(raw < ours - 20, `${JSON.stringify(kind)}: 004's way reads ${raw}, ours ${ours}`);
  }
});

Deno.test("preparePhoto() places the digit as MNIST does, and names blank paper", () => {
  for (let seed = 0; seed < 40; seed++) {
    const { prepared, digit, blank } = preparePhoto(photo(seed % 10, seed));
    assert(!blank && digit.data.some((value) => value > 0));
    assertEquals(centreByMass(prepared), prepared, "the centre of mass is where it belongs");
    const inked = [...prepared.keys()].filter((i) => prepared[i]! > 60);
    const rows = inked.map((i) => Math.floor(i / 28)), cols = inked.map((i) => i % 28);
    const longer = Math.max(Math.max(...rows) - Math.min(...rows), Math.max(...cols) - Math.min(...cols)) + 1;
    assert(longer >= 17 && longer <= 20, `seed ${seed}: ${longer} pixels`);
    assert(Math.max(...prepared) > 230);
  }
  const noise = seededRandom(1),
    paper = (width: number, height: number): GreyImage => ({
      width,
      height,
      data: Float64Array.from({ length: width * height }, () => 220 + 8 * noise()),
    });
  for (
    const image of [paper(200, 300), paper(1, 1), paper(3, 500), { width: 5, height: 5, data: new Float64Array(25) }]
  ) {
    const { blank, prepared } = preparePhoto(image);
    assertEquals([blank, prepared.every((grey) => grey === 0)], [true, true]);
  }
  assertThrows(() => preparePhoto({ width: 0, height: 4, data: new Float64Array() }), RangeError, "0 × 4 pixels");
});

Deno.test("centreByMass() leaves MNIST-like digits where they are and brings shifted ones back", () => {
  const set = drawDigits(300, 4), shifted = new Uint8Array(784);
  let moved = 0;
  for (let i = 0; i < 300; i++) {
    const pixels = pixelsOf(set, i), centred = centreByMass(pixels);
    moved += Number(centred.some((grey, p) => grey !== pixels[p])); // a centre half-way between two pixels
    shifted.fill(0);
    pixels.forEach((grey, p) => {
      if (grey && p % 28 + 2 < 28) shifted[p + 2] = grey;
    });
    if (shifted.reduce((a, b) => a + b) === pixels.reduce((a, b) => a + b)) {
      assertEquals(centreByMass(shifted), centred);
    }
  }
  assert(moved <= 3, `${moved} of 300 moved`);
  assertEquals(centreByMass(new Uint8Array(784)), new Uint8Array(784));
  assertThrows(() => centreByMass(new Uint8Array(5)), TypeError, "Cannot centre 5 pixels");
});

Deno.test("resize() keeps the mean, and the picture where it has the size already", () => {
  const random = seededRandom(2),
    image = { width: 31, height: 17, data: Float64Array.from({ length: 31 * 17 }, () => 255 * random()) };
  const mean = ({ data }: GreyImage) => data.reduce((a, b) => a + b) / data.length;
  for (const [w, h] of [[7, 5], [31, 17], [1, 1], [60, 40]] as const) {
    assert(Math.abs(mean(resize(image, w, h)) - mean(image)) < 1e-9);
  }
  assertEquals(resize(image, 31, 17).data.map(Math.round), image.data.map(Math.round));
  assertThrows(() => resize(image, 0, 3), RangeError, "a side must be a whole number from 1, got 0");
});

Deno.test("decodeImage() reads PNG of every depth and kind, and JPEG, as the brightness they show", () => {
  const levels = [0, 80, 160, 255],
    close = (image: GreyImage, expected: number[], off = 1) =>
      assert(
        image.data.length === expected.length && image.data.every((value, i) => Math.abs(value - expected[i]!) <= off),
        `${[...image.data]} must be ${expected}`,
      );
  const png = (data: Uint8Array | Uint16Array, channels: 1 | 2 | 3 | 4, depth: 8 | 16 = 8) =>
    decodeImage(encodePng({ width: 2, height: 2, data, channels, depth }), "x.png");
  close(png(Uint8Array.from(levels), 1), levels);
  close(png(Uint16Array.from(levels, (v) => v * 257), 1, 16), levels);
  close(png(Uint8Array.from(levels.flatMap((v) => [v, v, v])), 3), levels);
  close(png(Uint8Array.from(levels.flatMap((v) => [v, v, v, 255])), 4), levels);
  close(png(Uint8Array.from(levels.flatMap(() => [0, 0, 0, 0])), 4), [255, 255, 255, 255]); // nothing there is paper
  close(png(Uint8Array.from(levels.flatMap(() => [0, 128])), 2), [127, 127, 127, 127]);
  close(png(Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), 3), [76, 150, 29, 255]);
  const grey = photo(3, 9), rgba = Uint8Array.from([...grey.data].flatMap((v) => [v, v, v, 255]));
  const jpeg = decodeImage(encodeJpeg({ width: grey.width, height: grey.height, data: rgba }, 95).data, "x.jpg");
  assertEquals([jpeg.width, jpeg.height], [grey.width, grey.height]);
  const off = jpeg.data.reduce((sum, value, i) => sum + Math.abs(value - grey.data[i]!), 0) / jpeg.data.length;
  assert(off < 6, `JPEG differs by ${off} grey levels on average`);
});

Deno.test("decodeImage() refuses what is no image, and what is too large before it is unpacked", () => {
  const png = encodePng({ width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4), channels: 1 });
  assertThrows(
    () => decodeImage(new TextEncoder().encode("label,1"), "a.csv"),
    SyntaxError,
    'Cannot read "a.csv" as an image: must be PNG or JPEG, its first bytes are 6c 61 62 65',
  );
  assertThrows(() => decodeImage(new Uint8Array(), "none"), SyntaxError, "its first bytes are none");
  assertThrows(() => decodeImage(png.slice(0, 40), "cut.png"), SyntaxError, 'Cannot read "cut.png" as PNG');
  assertThrows(
    () => decodeImage(Uint8Array.of(0xFF, 0xD8, 0xFF, 0xE0, 0, 16), "cut.jpg"),
    SyntaxError,
    'Cannot read "cut.jpg" as JPEG',
  );
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 4_000_000_000);
  assertThrows(() => decodeImage(huge, "huge.png"), SyntaxError, "too many, at most 50,000,000");
});

Deno.test({
  name: "MNIST: centring leaves 99.9 % of its test digits; moved 4 px they are read again (needs MNIST)",
  ignore: mnistFolder() === null,
}, async () => {
  const mnist = await loadDigits("mnist"), test = mnist.test!, network = await learned(mnist, 3);
  const all = Array.from(test.labels, (_, i) => pixelsOf(test, i));
  const unmoved = all.filter((pixels) => centreByMass(pixels).every((grey, p) => grey === pixels[p])).length;
  assert(unmoved >= 9990, `${unmoved} of 10,000 unmoved`);
  const moved = all.map((pixels) => {
    const shifted = new Uint8Array(784);
    pixels.forEach((grey, p) => {
      if (p % 28 + 4 < 28) shifted[p + 4] = grey;
    });
    return shifted;
  });
  const share = async (pictures: Uint8Array[]) =>
    (await reads(network, pictures)).filter((digit, i) => digit === test.labels[i]).length / 10_000;
  const [without, centred] = [await share(moved), await share(moved.map(centreByMass))];
  assert(without > 0.2 && without < 0.45, `without centring ${without}`);
  assert(centred >= 0.97, `with centring ${centred}`);
});
