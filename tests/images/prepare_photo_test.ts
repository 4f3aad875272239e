import { assert, assertEquals, assertThrows } from "@std/assert";
import { encode as encodePng } from "fast-png";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigit, drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { centreByMass } from "../../lib/images/fit_digit.ts";
import { preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import { matrix } from "../../lib/matrix.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { photo } from "./photo.ts";

async function reads(network: Network, pictures: Uint8Array[]): Promise<Uint8Array> {
  const images = matrix(
    784,
    pictures.length,
    Float64Array.from(pictures.flatMap((pixels) => [...pixels]), (grey) => grey / 255),
  );
  return mostLikely(await probabilitiesOf(network, images, { engine: "fast" }));
}

async function learned(set: { pixels: Uint8Array; labels: Uint8Array }, epochs: number): Promise<Network> {
  const random = seededRandom(1), start = initialise([784, 128, 128, 10], random, glorot);
  const images = normalise({ ...set, width: 28, height: 28, name: "", provenance: "" });
  return (await train(start, { images, labels: set.labels }, {
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
    const stages = photos.map((image) => preparePhoto(image));
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

function jpegOf({ width, height, data }: GreyImage): Uint8Array {
  const rgba = Uint8Array.from([...data].flatMap((v) => [v, v, v, 255]));
  return Uint8Array.from(encodeJpeg({ width, height, data: rgba }, 95).data);
}

Deno.test({
  name: "MNIST: centring leaves 99.9 % of its test digits; moved 4 px they are read again; photos, too (needs MNIST)",
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
  const [still, without, centred] = [await share(all), await share(moved), await share(moved.map(centreByMass))];
  assert(without > 0.2 && without < 0.45, `without centring ${without}`);
  assert(still > 0.96 && centred > still - 0.003, `with centring ${centred}, before they were moved ${still}`);
  const kept = Array.from({ length: 100 }, (_, i) => 9000 + i); // photos of test digits, none of which was learned
  const photos = kept.map((i) => photo(test.labels[i]!, i, { pixels: pixelsOf(test, i) }));
  const files = await Promise.all(photos.map(async (image, k) => {
    const { width, height } = image, data = Uint8Array.from(image.data);
    return await decodeImage(k % 2 ? jpegOf(image) : encodePng({ width, height, data, channels: 1 }), `${k}`);
  }));
  const right = (read: Uint8Array) => read.filter((digit, k) => digit === test.labels[kept[k]!]).length;
  const ours = right(await reads(network, files.map((image) => preparePhoto(image).prepared)));
  const raw = right(await reads(network, files.map(preparePhotoRaw)));
  assert(ours >= 95 && raw < 40, `of 100 photos ours reads ${ours}, 004's way ${raw}`);
});
