import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normal, seededRandom, shuffledIndices, uniform } from "../lib/random.ts";
import golden from "./golden/numerics.json" with { type: "json" };

Deno.test("seededRandom() gives the reference's numbers", () => {
  const random = seededRandom(42);
  assertEquals(golden.seed42.map(() => random()), golden.seed42);
});

Deno.test("seededRandom() refuses what is no whole number", () => {
  assertThrows(() => seededRandom(1.5), RangeError, "seed must be a whole number, got 1.5");
  assertThrows(() => seededRandom(NaN), RangeError);
});

Deno.test("normal() gives the reference's numbers, and has mean 0 and deviation 1", () => {
  const draw = normal(seededRandom(1));
  golden.seed1normal.forEach((value) => assertAlmostEquals(draw(), value, 1e-12));
  const many = Array.from({ length: 20_000 }, normal(seededRandom(5)));
  const mean = many.reduce((a, b) => a + b) / many.length;
  assertAlmostEquals(mean, 0, 0.03);
  assertAlmostEquals(Math.sqrt(many.reduce((sum, v) => sum + (v - mean) ** 2, 0) / many.length), 1, 0.03);
});

Deno.test("uniform() stays inside its bounds", () => {
  const random = seededRandom(3);
  for (let i = 0; i < 1000; i++) {
    const value = uniform(random, -2, 5);
    assert(value >= -2 && value < 5);
  }
});

Deno.test("shuffledIndices() gives every order of three about equally often", () => {
  const random = seededRandom(2), seen = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffledIndices(3, random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assertEquals(seen.size, 6);
  for (const [order, count] of seen) assert(count > 880 && count < 1120, `${order}: ${count}`);
});

Deno.test("shuffledIndices() gives the reference's order, loses nothing, and takes 0 and 1", () => {
  assertEquals(shuffledIndices(10, seededRandom(7)), golden.seed7permutation);
  assertEquals(shuffledIndices(500, seededRandom(1)).sort((a, b) => a - b), Array.from({ length: 500 }, (_, i) => i));
  assertEquals([shuffledIndices(0, seededRandom(1)), shuffledIndices(1, seededRandom(1))], [[], [0]]);
  assertThrows(() => shuffledIndices(-1, seededRandom(1)), RangeError, "count must be a whole number from 0, got -1");
});
