import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { turned } from "../../lib/data/augment.ts";
import { distorter, distortionRandom, type Distortions } from "../../lib/data/distort.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { seededRandom } from "../../lib/random.ts";

const seven = drawDigits(20, 1).pixels.slice(0, 784);
const changed = (distortions: Distortions, random = seededRandom(1), picture: ArrayLike<number> = seven, side = 28) => {
  const out = new Float64Array(picture.length);
  distorter(side, side, distortions)(picture, out, random);
  return out;
};
/** Draws that always give the same number. */
const always = (value: number) => Object.assign(() => value, {});

Deno.test("distorter() without distortions leaves a picture as it is", () => {
  assertEquals([...changed({})], [...seven]);
  assertEquals([...changed({ shift: 0, turn: 0, scale: 0, elastic: { strength: 0, smoothness: 4 } })], [...seven]);
});

Deno.test("distorter() shifts to its limit and no further, by hand", () => {
  const picture = [0, 0, 0, 0, 9, 0, 0, 0, 0];
  assertEquals([...changed({ shift: 1 }, always(1), picture, 3)], [0, 0, 0, 0, 0, 0, 0, 0, 9]); // right and down
  assertEquals([...changed({ shift: 1 }, always(0), picture, 3)], [9, 0, 0, 0, 0, 0, 0, 0, 0]);
  assertEquals([...changed({ shift: 1 }, always(0.75), picture, 3)].slice(4), [2.25, 2.25, 0, 2.25, 2.25]); // half a pixel
});

Deno.test("distorter() turns clockwise, and as far as it is told", () => {
  const picture = [0, 5, 0, 0, 0, 0, 0, 0, 0]; // above the middle
  const out = changed({ turn: 90 }, always(1), picture, 3);
  assertAlmostEquals(out[5]!, 5, 1e-9); // right of it
  const one = changed({ turn: 30 }, always(1)); // turned() takes the other middle, half a pixel off
  const off = (degrees: number) =>
    turned(drawDigits(20, 1), degrees).pixels.slice(0, 784).reduce((sum, v, i) => sum + Math.abs(v - one[i]!), 0);
  assert(off(30) < 0.3 * off(-30), `${off(30)} and ${off(-30)}`);
});

Deno.test("distorter() stretches each axis on its own", () => {
  const draws = [0.5, 1, 0.5, 0.5, 0.5], line = Array.from({ length: 49 }, (_, i) => Number(i % 7 === 5));
  const out = changed({ scale: 0.5 }, Object.assign(() => draws.shift()!, {}), line, 7); // twice and half: 1.5 wide, 1 high
  assert(out[27]! > out[26]! && out[25] === 0, "two right of the middle is three right of it now");
});

Deno.test("the elastic field is as strong as Simard's: α times a random field smoothed by a Gaussian", () => {
  // a ramp shows the field: what comes out minus what went in is the pull to the right
  const side = 60, ramp = Float64Array.from({ length: side * side }, (_, i) => i % side), pulls: number[] = [];
  const distort = distorter(side, side, { elastic: { strength: 34, smoothness: 4 } }),
    out = new Float64Array(side * side);
  for (let seed = 0; seed < 40; seed++) {
    distort(ramp, out, seededRandom(seed));
    for (let y = 20; y < 40; y++) for (let x = 20; x < 40; x++) pulls.push(out[y * side + x]! - ramp[y * side + x]!);
  }
  const mean = pulls.reduce((a, b) => a + b) / pulls.length;
  const spread = Math.sqrt(pulls.reduce((sum, p) => sum + (p - mean) ** 2, 0) / pulls.length);
  const wanted = 34 * Math.sqrt(1 / 3) / (2 * 4 * Math.sqrt(Math.PI)); // a uniform number's spread, over 2σ√π
  assert(Math.abs(spread / wanted - 1) < 0.1, `${spread}, must be about ${wanted}`);
  assert(Math.abs(mean) < 0.2, `${mean}`);
});

Deno.test("the same seed, epoch and digit give the same picture, any other another", () => {
  const distortions = { shift: 2, turn: 10, scale: 0.1, elastic: { strength: 20, smoothness: 4 } };
  const one = changed(distortions, distortionRandom(1, 2, 3));
  assertEquals(changed(distortions, distortionRandom(1, 2, 3)), one);
  for (const [seed, epoch, digit] of [[2, 2, 3], [1, 3, 3], [1, 2, 4]] as [number, number, number][]) {
    assert(changed(distortions, distortionRandom(seed, epoch, digit)).some((v, i) => v !== one[i]));
  }
  const ink = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b);
  for (let seed = 0; seed < 50; seed++) {
    const out = changed(distortions, seededRandom(seed));
    assert(out.every((v) => v >= 0 && v <= 255));
    assert(Math.abs(ink(out) / ink(seven) - 1) < 0.4, "about as much ink as before");
  }
});

Deno.test("distortions out of range are refused by name", () => {
  const refused = (distortions: Distortions, words: string) =>
    assertThrows(() => distorter(28, 28, distortions), RangeError, words);
  refused({ shift: -1 }, "shift must be a finite number from 0, got -1");
  refused({ turn: 181 }, "turn must be from 0 to 180, got 181");
  refused({ scale: 1 }, "scale must be from 0 to 0.9, got 1");
  refused({ elastic: { strength: NaN, smoothness: 4 } }, "elastic.strength must be a finite number from 0, got NaN");
  refused({ elastic: { strength: 8, smoothness: 0 } }, "elastic.smoothness must be a finite number from 1, got 0");
});
