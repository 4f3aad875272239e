import { assert, assertEquals } from "@std/assert";
import { display, same } from "../../lib/course/same.ts";

Deno.test("same() is equal all the way down, to nine digits, and tells lists from what is none", () => {
  assert(same([1, [2, { a: 3 }]], [1 + 1e-12, [2, { a: 3 }]]));
  assert(same(Float64Array.of(1, 2), [1, 2]));
  assert(same(Float32Array.of(1 / 3), [1 / 3]) && !same([0.3333333], [1 / 3]));
  assert(same(NaN, NaN) && same(0, -0) && same(Infinity, Infinity) && !same(Infinity, 1e308));
  const apart: [unknown, unknown][] = [[[1], { 0: 1 }], [{}, []], [new Set(), {}], [new Date(), {}], [[1], [1, 2]]];
  apart.push([{ a: 1 }, { b: 1 }], [{ a: undefined }, { b: 1 }], [null, undefined], ["1", 1], [1, true]);
  for (const [a, b] of apart) assertEquals([same(a, b), same(b, a)], [false, false], `${display(a)} and ${display(b)}`);
});

Deno.test("display() has a word for what prints as nothing", () => {
  assertEquals(display(new Set([1, 2])), "a Set of 2: [1, 2]");
  assertEquals(display(new Map([["a", 1]])), 'a Map of 1: [["a", 1]]');
  assertEquals(
    display([1].values()),
    "an iterator (Array Iterator): spread it, [...x]".replace("Array Iterator", [1].values().constructor.name),
  );
  assertEquals(display(Float32Array.of(0.5)), "Float32Array [0.5]");
  assertEquals(display([Promise.resolve()]), "[a promise, …]");
  assertEquals(display({ a: [1] }), "{ a: [1] }");
});
