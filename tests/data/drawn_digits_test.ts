import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawDigit, drawDigits } from "../../lib/data/drawn_digits.ts";

Deno.test("drawDigits() is a function of its seed, down to the last byte", async () => {
  const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
  const set = drawDigits(500, 2024);
  // recorded from this function: a change of any byte changes all the course's numbers, and must be meant
  assertEquals(await digest(set.pixels as Uint8Array<ArrayBuffer>), "d0932f0e24c9851d");
  assertEquals(drawDigits(500, 2024).pixels, set.pixels);
  assert(drawDigits(500, 2025).pixels.some((grey, i) => grey !== set.pixels[i]));
});

Deno.test("drawDigits() draws the same bytes without the optimising compiler", async () => {
  const code = `import { drawDigits } from ${
    JSON.stringify(new URL("../../lib/data/drawn_digits.ts", import.meta.url).href)
  };
    console.log(new Uint8Array(await crypto.subtle.digest("SHA-256", drawDigits(500, 2024).pixels)).toHex().slice(0, 16));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", "--v8-flags=--no-opt", code] }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "d0932f0e24c9851d");
});

Deno.test("drawDigit() is a function of class and variation, and fills MNIST's box", () => {
  assertEquals(drawDigit(3, 5), drawDigit(3, 5));
  assert(drawDigit(3, 5).some((grey, i) => grey !== drawDigit(3, 6)[i]));
  for (let digit = 0; digit < 10; digit++) {
    for (let variation = 0; variation < 300; variation++) {
      const pixels = drawDigit(digit, variation);
      const inked = [...pixels.keys()].filter((i) => pixels[i]! > 40);
      const rows = inked.map((i) => Math.floor(i / 28)), cols = inked.map((i) => i % 28);
      const high = Math.max(...rows) - Math.min(...rows) + 1, wide = Math.max(...cols) - Math.min(...cols) + 1;
      const name = `digit ${digit}, variation ${variation}: ${wide} × ${high}`;
      assert(Math.max(high, wide) >= 18 && Math.max(high, wide) <= 22, name);
      assert(Math.max(...pixels) > 200, `${name}: no pixel is dark`);
      assert(inked.length > 20 && inked.length < 320, `${name}: ${inked.length} pixels of ink`);
    }
  }
});

Deno.test("drawDigit() and drawDigits() refuse what cannot be drawn", () => {
  assertThrows(() => drawDigit(10, 1), RangeError, "Cannot draw 10");
  assertThrows(() => drawDigits(0, 1), RangeError, "count must be a whole number from 1, got 0");
});
