import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseNumericCsv } from "../../lib/formats/csv.ts";
import { digitCsvReader, parseDigitCsv } from "../../lib/formats/digit_csv.ts";

Deno.test("parseDigitCsv() reads what parseNumericCsv() reads, or leaves it to it", () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.constant("0") },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 255 }).map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "256",
        "999",
        "1000",
        "",
        " 1",
        "1 ",
        "-1",
        "3.5",
        "1e2",
        '"7"',
        "x",
        "00",
        "007",
        "+1",
      ),
    },
  );
  const file = fc.record({
    header: fc.constantFrom("", "label,a,b\n", "label,a,b\r\n", "\uFEFFlabel,a,b\n", '"label",a,b\n', "\n\n"),
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
    width: fc.option(fc.integer({ min: 1, max: 7 })),
    end: fc.constantFrom("\n", "\r\n", "\r", "\n\n"),
    last: fc.boolean(),
  });
  let taken = 0;
  fc.assert(
    fc.property(file, ({ header, rows, width, end, last }) => {
      const even = width === null
        ? rows
        : rows.map((row) => Array.from({ length: width }, (_, i) => row[i % row.length]!));
      const text = header + even.map((row) => row.join(",")).join(end) + (last ? end : "");
      const fast = parseDigitCsv(encode(text));
      if (!fast) return;
      taken++;
      const table = parseNumericCsv(encode(text), "x.csv"), { labels, pixels, cols } = fast;
      assertEquals([table.rows, table.cols, table.faults.length], [labels.length, cols, 0], JSON.stringify(text));
      const values = Array.from(labels, (label, i) => [label, ...pixels.subarray(i * (cols - 1), (i + 1) * (cols - 1))])
        .flat();
      assertEquals([...table.values], values, JSON.stringify(text));
    }),
    { numRuns: 3000 },
  );
  assert(taken > 100, `only ${taken} files were plain`);
});

Deno.test("parseDigitCsv() takes every plain file: all numbers to 255, any line ends, zeros in pairs and alone", () => {
  const read = (text: string) => {
    const { labels, pixels, cols } = parseDigitCsv(new TextEncoder().encode(text))!;
    return [[...labels], [...pixels], cols];
  };
  const all = Array.from({ length: 256 }, (_, i) => i);
  assertEquals(read(`9,${all}\n0,${all.toReversed()}\n`), [[9, 0], [...all, ...all.toReversed()], 257]);
  for (const end of ["\n", "\r\n", "\r", "\n\n"]) {
    for (const header of ["", `label,a,b${end}`, `\uFEFFlabel,a,b${end}`, `Digit,1,2${end}`]) {
      assertEquals(read(`${header}7,0,255${end}1,10,99${end}`), [[7, 1], [0, 255, 10, 99], 3], JSON.stringify(header));
      assertEquals(read(`${header}7,0,255${end}1,10,9`), [[7, 1], [0, 255, 10, 9], 3]);
      assertEquals(read(`${header}7,0,255${end}1,0,0`), [[7, 1], [0, 255, 0, 0], 3]);
    }
  }
  for (let zeros = 1; zeros <= 6; zeros++) { // before, between and behind other numbers
    const none = new Array<number>(zeros).fill(0);
    for (const pixels of [none, [5, ...none], [...none, 5], [5, ...none, 123, ...none]]) {
      assertEquals(read(`3,${pixels}\n0,${pixels}`), [[3, 0], [...pixels, ...pixels], pixels.length + 1]);
    }
  }
  assertEquals(read("0,5\n9,6\n"), [[0, 9], [5, 6], 2]);
  assertEquals(read("label\u00BF,a\n1,2\n"), [[1], [2], 2]);
  assertEquals(read("l\u00BF,a\n1,2\n"), [[1], [2], 2]); // the third byte of a byte order mark, and no mark
});

Deno.test("parseDigitCsv() refuses what is not plain", () => {
  const read = (text: string) => parseDigitCsv(new TextEncoder().encode(text));
  for (
    const text of [
      "",
      "label,a\n",
      "1,2\n1,2,3\n",
      "1,2,3\n1,2\n",
      "1,256\n",
      "1,2,\n",
      "1,,2\n",
      "1 ,2\n",
      "5\n",
      "1,2;3\n",
      "1,2\n1",
      "1,2\n1\n",
      "1,2,3\n4,5,",
      "1,",
      "1,256,3\n",
      "256,1\n",
      "1,1000\n",
      "1,2/\n", // the signs beside 0 and 9
      "1,/2\n",
      "1,2:\n",
      "1,:2\n",
      "1,12:\n",
      "1,12/\n",
      "/,2\n",
      ":,2\n",
      "label\n5\n",
      "label,a,b\n1,2\n",
      "label,a\n1,2,3\n",
      'label,"a"\n1,2\n',
      "nan,1\n2,3\n",
      "inf,1\n2,3\n",
      "\uFB01label,a\n1,2\n", // the first byte of a byte order mark, and no mark
      "1,2,0,0,\n",
      "1,0,0,0,0,\n",
      "1,2\n3,0,0\n",
    ]
  ) {
    assertEquals(read(text), null, JSON.stringify(text));
  }
  assertEquals(read("1,0,0,0,0\n2,0,0,0,7")?.pixels, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7));
});

Deno.test("digitCsvReader() refuses a piece as soon as it is not plain, and a second header", () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  for (
    const text of ["5\n", "label,a\n1,2,3\n", "label,a\n1,x\n", "label,a\n1,2\n3\n", "_a,b\n1,2\n", 'label,"a"\n1,2\n']
  ) {
    assertEquals(digitCsvReader(100).push(encode(text)), false, JSON.stringify(text));
  }
  for (const second of ["label,a\n5,6\n", "\uFEFF5,6\n", "5,6,7\n"]) {
    const reader = digitCsvReader(100);
    assertEquals([reader.push(encode("label,a\n1,2\n")), reader.push(encode(second))], [true, false]);
  }
  const reader = digitCsvReader(100); // the header alone, then the rows
  assertEquals([reader.push(encode("label,a\n")), reader.end(), reader.push(encode("1,2\n"))], [true, null, true]);
  assertEquals(reader.end(), { header: ["label", "a"], labels: Uint8Array.of(1), pixels: Uint8Array.of(2), cols: 2 });
});
