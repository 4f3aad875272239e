import { assertEquals } from "@std/assert";
import { format } from "../lib/format.ts";

Deno.test("format() rounds numbers, cuts long lists, and breaks only what is too long", () => {
  assertEquals([format(1 / 3), format(NaN), format("a"), format(true), format(undefined)], [
    "0.333333",
    "NaN",
    '"a"',
    "true",
    "undefined",
  ]);
  assertEquals(format(new Float64Array(20)), "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 20 in all]");
  assertEquals(format({ a: [1, 2], b: null }), "{ a: [1, 2], b: null }");
  const long = "x".repeat(60);
  assertEquals(format({ first: long, second: long }), `{\n  first: "${long}",\n  second: "${long}"\n}`);
});
