import { assertEquals, assertThrows } from "@std/assert";
import { headerOf } from "../../lib/images/headers.ts";
import { chunk, joined, madePng } from "./png_maker.ts";

Deno.test("headerOf() says size and orientation of a PNG before anything is unpacked", () => {
  const { file } = madePng({ kind: "grey", depth: 8, interlaced: false, transparent: false }, 7, 3, 1);
  assertEquals(headerOf(file, "PNG"), { width: 7, height: 3, orientation: 1 });
  const little = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0);
  const held = joined([file.subarray(0, 33), chunk("eXIf", little), file.subarray(33)]);
  assertEquals(headerOf(held, "PNG").orientation, 6);
  assertThrows(() => headerOf(file.subarray(0, 20), "PNG"), Error, "it ends in its header");
});

Deno.test("headerOf() walks through a JPEG: stray bytes pass, a missing end does not", () => {
  const frame = [0xFF, 0xC0, 0, 11, 8, 0, 5, 0, 9, 1, 1, 0x11, 0], end = [0xFF, 0xD9];
  assertEquals(headerOf(Uint8Array.of(0xFF, 0xD8, ...frame, 7, 7, ...end), "JPEG"), {
    ...{ width: 9, height: 5, components: 1, orientation: 1 },
  });
  assertThrows(() => headerOf(Uint8Array.of(0xFF, 0xD8, ...frame, 7), "JPEG"), Error, "its end marker is missing");
  assertThrows(() => headerOf(Uint8Array.of(0xFF, 0xD8, ...end), "JPEG"), Error, "before its frame header");
});
