import { assertEquals, assertThrows } from "@std/assert";
import { parseIdx } from "../../lib/formats/idx.ts";

Deno.test("parseIdx() reads images and labels, and refuses what does not fit", () => {
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9), "x").sizes, [1, 1, 2]);
  const ones = Array.from({ length: 8 }, () => [0, 0, 0, 1]).flat();
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 8, ...ones, 7), "x").sizes, [1, 1, 1, 1, 1, 1, 1, 1]);
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), "x"), { sizes: [0], data: new Uint8Array() });
  const refuse = (bytes: number[], text: string) =>
    assertThrows(() => parseIdx(Uint8Array.from(bytes), "x"), SyntaxError, text);
  refuse([], "bytes 0 and 1 must be 0");
  refuse([60, 33, 68, 79], "bytes 0 and 1 must be 0, got 60 33");
  refuse([0, 1, 8, 1, 0, 0, 0, 0], "bytes 0 and 1 must be 0, got 0 1");
  refuse([1, 0, 8, 1, 0, 0, 0, 0], "bytes 0 and 1 must be 0, got 1 0");
  refuse([0, 0, 8, 0], "0 dimensions need a header of 4 bytes, got 4");
  refuse([0, 0, 8, 9], "the number of dimensions, must be at most 8, got 9");
  refuse([0, 0, 13, 1, 0, 0, 0, 0], "byte 2 must be 8 for unsigned bytes, got 13");
  refuse([0, 0, 8, 3, 0, 0], "3 dimensions need a header of 16 bytes, got 6");
  refuse([0, 0, 8, 1, 0, 0, 0, 4, 1, 2], "announces 4 = 4 bytes, the file holds 2");
  refuse([0, 0, 8, 1, 255, 255, 255, 255, 1], "announces 4294967295");
});
