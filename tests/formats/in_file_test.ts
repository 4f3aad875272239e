import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatInFile, parseInFile } from "../../lib/formats/in_file.ts";
import { fromRows, matrix, toRows } from "../../lib/matrix.ts";

Deno.test("parseInFile() and formatInFile(): comments, exponents, and every number back to the last bit", () => {
  assertEquals(toRows(parseInFile("# made by hand\n1.5,-2e-3 # first\n\n3,4\n", "x")), [[1.5, -0.002], [3, 4]]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 12 }),
      (numbers) => {
        const m = matrix(
          1,
          numbers.length,
          numbers.map((n) => n + 0),
        ); // no minus zero: text does not keep it
        assertEquals(parseInFile(formatInFile(m), "x"), m);
      },
    ),
  );
  assertThrows(() => parseInFile("1,2\n3\n", "W1.in"), SyntaxError, '"W1.in" row 2: expected 2 numbers, got 1');
  assertThrows(
    () => parseInFile("1,two\n", "W1.in"),
    SyntaxError,
    'row 1, column 2: expected a finite number, got "two"',
  );
  assertThrows(() => parseInFile("1,inf\n2,NaN\n", "W1.in"), SyntaxError, 'got "inf"');
  assertThrows(() => parseInFile("# nothing\n", "W1.in"), SyntaxError, "no row of numbers");
  assertThrows(
    () => parseInFile("1,2\n3, \n", "W1.in"),
    SyntaxError,
    'row 2, column 2: expected a finite number, got " "',
  );
  assertThrows(() => parseInFile("1\n,\n", "W1.in"), SyntaxError, "row 2: expected 1 numbers, got 2");
  assertEquals(toRows(parseInFile("1,2\n  # indented\n3,4\n", "x")), [[1, 2], [3, 4]]);
  assertEquals(formatInFile(fromRows([[1, 2, 3], [4, 5, 6]])), "1,2,3\n4,5,6\n");
});
