import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { readCell, readPlain } from "../../lib/formats/csv_cells.ts";

const COMMA = 44, bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("readPlain() gives what Number gives, to the last bit, or leaves the cell to readCell()", () => {
  const part = fc.stringMatching(/^[0-9]{0,17}$/);
  const written = fc.tuple(
    fc.constantFrom("", "+", "-"),
    part,
    fc.constantFrom("", "."),
    part,
    fc.constantFrom("", "e", "E-", "e+"),
    fc.nat(30),
  )
    .map(([sign, whole, point, rest, e, power]) => `${sign}${whole}${point}${rest}${e && `${e}${power}`}`);
  fc.assert(fc.property(written, fc.constantFrom("", ",", "\n", "\r\n"), (text, end) => {
    const cell = readPlain(bytes(text + end), 0, COMMA);
    if (cell) assertEquals([cell.value, cell.end], [Number(text), text.length]);
    const { value, kind } = readCell(bytes(text + end), 0, COMMA);
    assertEquals(kind ? NaN : value, /\d/.test(text.split(/e/i)[0]!) ? Number(text) : NaN, text);
  }));
  assertEquals(readPlain(bytes('"-1.5e3",'), 0, COMMA)!.value, -1500);
  for (const text of ["", "-", "e5", "1e", "1e+", "1x", "0x10", "1 ", '"1', "1e400", "--1", "1.2.3"]) {
    assertEquals(readPlain(bytes(text), 0, COMMA), null, text);
  }
});

Deno.test("readCell(): of a cell that is longer than any number the beginning is kept, and what is wrong with it is said", () => {
  const long = "x".repeat(70_000);
  for (
    const [text, kind] of [[long, "text"], [`"${long}"`, "text"], [`"1"${long}`, "quote"], [
      `"${long}`,
      "quote",
    ]] as const
  ) {
    const cell = readCell(bytes(`${text},`), 0, COMMA);
    assertEquals([cell.kind, cell.text.length < 66_000, Number.isNaN(cell.value)], [kind, true, true]);
  }
  assertEquals(readCell(bytes(`${"1".repeat(60_000)}x,`), 0, COMMA).kind, "text"); // in no time
});
