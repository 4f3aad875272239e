import { assert, assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import fc from "fast-check";
import { parseNumericCsv } from "../../lib/formats/csv.ts";

const read = (text: string) => parseNumericCsv(new TextEncoder().encode(text), "test.csv");

const rowsOf = ({ rows, cols, values }: ReturnType<typeof read>) =>
  Array.from({ length: rows }, (_, r) => [...values.subarray(r * cols, (r + 1) * cols)]);

Deno.test("parseNumericCsv() reads header, rows and the line of each row", () => {
  const table = read("label,a,b\n1,2,3\n\n4,5,6\n");
  assertEquals(table.header, ["label", "a", "b"]);
  assertEquals(rowsOf(table), [[1, 2, 3], [4, 5, 6]]);
  assertEquals([...table.lines], [2, 4]);
  assertEquals(table.faults, []);
  assertEquals(Object.values(table.faultCounts), [0, 0, 0, 0, 0]);
});

Deno.test("parseNumericCsv() takes CRLF, CR, a byte order mark, no last line end, quotes and spaces", () => {
  for (
    const text of [
      "a,b\r\n1,2\r\n3,4\r\n",
      "a,b\r1,2\r3,4",
      "\uFEFFa,b\n1,2\n3,4",
      'a,b\n"1",2\n3,"4"\n',
      "a,b\n 1, 2\n3\t,4 \n",
    ]
  ) {
    const table = read(text);
    assertEquals([table.header, rowsOf(table), table.faults], [["a", "b"], [[1, 2], [3, 4]], []], JSON.stringify(text));
  }
});

Deno.test("parseNumericCsv() reads numbers in all their forms", () => {
  const forms = ["-1", "+2", "1.5", ".5", "5.", "1e3", "-2.5E-2", "inf", "-Infinity", "nan", "123456789012345678"];
  assertEquals(rowsOf(read(`x\n${forms.join("\n")}\n`)).flat(), [
    -1,
    2,
    1.5,
    0.5,
    5,
    1000,
    -0.025,
    Infinity,
    -Infinity,
    NaN,
    123456789012345680,
  ]);
});

Deno.test("parseNumericCsv() reads a file without header, and a header with numbers in it", () => {
  assertEquals([read("1,2\n3,4").header, read("1,2\n3,4").rows], [null, 2]);
  assertEquals(read("label,0,1\n7,8,9").header, ["label", "0", "1"]);
  assertEquals(read("1,x\n3,4").faults, [{ kind: "text", line: 1, column: 2, found: "x" }]); // a typing error, no header
});

Deno.test("parseNumericCsv() lists empty cells, text, hexadecimal, ragged rows and broken quotes with their place", () => {
  const { faults, rows, values, cols } = read('a,b,c\n1,,3\n1,x,0x10\n1,2\n1,2,3,4\n"5,6,7\n');
  assertEquals(faults.map(({ kind, line, column }) => [kind, line, column]), [
    ["empty", 2, 2],
    ["text", 3, 2],
    ["text", 3, 3],
    ["ragged", 4, 0],
    ["ragged", 5, 0],
    ["quote", 6, 1],
    ["ragged", 6, 0],
  ]);
  assertEquals([rows, cols, values.length], [5, 3, 15]);
});

Deno.test("parseNumericCsv() keeps the first hundred faults of a kind and counts them all", () => {
  const { faults, faultCounts } = read("a,b\n" + "1,\n".repeat(5000));
  assertEquals([faults.length, faultCounts.empty], [100, 5000]);
});

Deno.test("parseNumericCsv() reads a header that begins with an empty name, and semicolons or tabs between cells", () => {
  assertEquals(read(",label,p0\n0,7,255\n").header, ["", "label", "p0"]);
  for (const between of [";", "\t"]) {
    const { header, values, faults } = read(`label${between}p0\n7${between}"255"\n1${between} 3\n`);
    assertEquals([header, [...values], faults], [["label", "p0"], [7, 255, 1, 3], []]);
  }
  assertEquals(read("a;b\n0,5;1\n").faults, [{ kind: "text", line: 2, column: 1, found: "0,5" }]);
  assertThrows(() => read("label;p0\n"), SyntaxError, "found no row of numbers");
});

Deno.test("parseNumericCsv() counts lines inside quotes", () => {
  const { faults } = read('a,b\n"1\n",2\nx,3\n');
  assertEquals(faults, [{ kind: "text", line: 4, column: 1, found: "x" }]);
});

Deno.test("parseNumericCsv() keeps quotes within quotes, commas and line ends, and says what stands behind a closing one", () => {
  const { faults, rows } = read('a,b\n"x""y, z",2\n"",3\n"4"5,6\n"7" ,8\n');
  assertEquals(faults, [
    { kind: "text", line: 2, column: 1, found: 'x"y, z' },
    { kind: "empty", line: 3, column: 1, found: "" },
    { kind: "quote", line: 4, column: 1, found: "45" },
  ]);
  assertEquals(rows, 4);
  assertEquals(read('a,b\n1,"2\n').faults[0], { kind: "quote", line: 2, column: 2, found: "2" });
});

Deno.test("parseNumericCsv() counts every line, empty ones and all line ends included", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const table = read(["", "a,b", "", "1,2", "", "", "x,4", "5,6", ""].join(end));
    assertEquals([[...table.lines], table.faults.map(({ line }) => line)], [[4, 7, 8], [7]], JSON.stringify(end));
  }
});

Deno.test("parseNumericCsv() tells a header from a row with typing errors by its first cell, or by more than half", () => {
  assertEquals(read("0,x,y,z\n1,2,3,4").header, ["0", "x", "y", "z"]);
  assertEquals(read("0,x,1,z\n1,2,3,4").header, null); // half of them only
  assertEquals(read("x,0,1,2\n1,2,3,4").header, ["x", "0", "1", "2"]);
  assertEquals(read(",0,1,2\n1,2,3,4").header, null); // an empty cell is no name
});

Deno.test("parseNumericCsv() takes for a byte order mark nothing else than one", () => {
  assertEquals(read("\uFB01,b\n1,2").header, ["\uFB01", "b"]); // its first byte is that of the mark
  assertEquals(read("a\u00BF,b\n1,2").header, ["a\u00BF", "b"]); // its third byte is
  assertEquals(read("\uFEFF1,2").values[0], 1);
});

Deno.test("parseNumericCsv() reads up to the last digit a number can hold", () => {
  const numbers = [
    "999999999999999",
    "9007199254740993",
    "0.1",
    "123456.789012345",
    "0.1234567890123456",
    "00012",
    "0.",
  ];
  assertEquals(rowsOf(read(`x\n${numbers.join("\n")}`)).flat(), numbers.map(Number));
  for (const text of [".", "1.2.3", "1..2", "1e", "--1", "0x10", "1 2", "1_0"]) {
    assertEquals(read(`x\n1\n${text}\n`).faults, [{ kind: "text", line: 3, column: 1, found: text }]);
  }
});

Deno.test("parseNumericCsv() grows with the file", () => {
  const text = "label,p\n" + Array.from({ length: 5000 }, (_, i) => `${i % 10},${i % 256}`).join("\n");
  const table = read(text);
  assertEquals([table.rows, table.values.length, table.values[9999]], [5000, 10_000, 4999 % 256]);
});

Deno.test("parseNumericCsv() refuses what is no CSV in one sentence", () => {
  assertThrows(() => read(""), SyntaxError, 'Cannot read "test.csv" as CSV: found no row of numbers');
  assertThrows(() => read("a,b\n"), SyntaxError, "no row of numbers");
  assertThrows(() => parseNumericCsv(Uint8Array.of(0xFF, 0xFE, 49, 0), "x.csv"), SyntaxError, "it is UTF-16");
  assertThrows(() => parseNumericCsv(Uint8Array.of(0xFE, 0xFF, 0, 49), "x.csv"), SyntaxError, "it is UTF-16");
  for (const [a, b] of [[0xFF, 49], [49, 0xFE], [0xFE, 49], [49, 0xFF]] as const) { // half a mark is none
    assertEquals(parseNumericCsv(Uint8Array.of(a, b, 10, 50), "x.csv").rows, 1);
  }
  assertThrows(() => parseNumericCsv(Uint8Array.of(49, 44, 0, 7), "x.csv"), SyntaxError, "byte 2 is 0");
  assertThrows(() => parseNumericCsv(Uint8Array.of(0, 49), "x.csv"), SyntaxError, "byte 0 is 0");
  const { message } = assertThrows(() => read("label;p0,b\n"), SyntaxError);
  assertEquals(message, 'Cannot read "test.csv" as CSV: found no row of numbers'); // two cells: the commas are there
});

Deno.test("parseNumericCsv() and @std/csv agree on every well-formed table", () => {
  const cell = fc.oneof(
    fc.integer({ min: -999, max: 999 }).map(String),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
    fc.integer({ min: 0, max: 255 }).map((v) => `"${v}"`),
  );
  const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.tuple(
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
    )
  );
  fc.assert(fc.property(tables, ([rows, end, mark]) => {
    const text = (mark ? "\uFEFF" : "") + rows.map((row) => row.join(",")).join(end) + end;
    assertEquals(rowsOf(read(text)), parse(text).map((row) => row.map(Number)));
  }));
});

Deno.test("parseNumericCsv() never throws anything but a SyntaxError, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        const { rows, cols, values, lines } = parseNumericCsv(bytes, "x");
        assertEquals([values.length, lines.length], [rows * cols, rows]);
      } catch (error) {
        assert(error instanceof SyntaxError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
