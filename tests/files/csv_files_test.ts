import { assertEquals, assertRejects } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { gzipSync } from "node:zlib";
import { checkDigitTable } from "../../lib/data/cleanliness.ts";
import { loadTestCsv, readNumericCsv } from "../../lib/files/csv_files.ts";
import { loadDigits } from "../../lib/files/sources.ts";

// three digits of 2 × 2 pixels; the first and the last pixel are paper, as corners are
const ROWS = [[7, 0, 255, 51, 0], [3, 0, 102, 0, 0], [0, 0, 255, 153, 0]];
const last = ROWS.map(([label, ...pixels]) => [...pixels, label]);
const oneHot = ROWS.map((
  [label, ...pixels],
) => [...pixels, ...Array.from({ length: 10 }, (_, k) => Number(k === label))]);
const unit = ROWS.map(([label, ...pixels]) => [label, ...pixels.map((grey) => grey! / 255)]);
const text = (rows: readonly (readonly unknown[])[], header = "", between = ",") =>
  (header ? `${header}\n` : "") + rows.map((row) => row.join(between)).join("\n") + "\n";
const FIRST = text(ROWS, "label,a,b,c,d");

async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  action: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/${name}`, typeof content === "string" ? strToU8(content) : content);
    return await action(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("csv: takes the label first or last, by name or by what the columns hold, in every dialect and packing", async () => {
  const files: [name: string, content: string | Uint8Array, said: string][] = [
    ["first.csv", FIRST, ""],
    ...["Label", "class", "y", "Digit", "TARGET", '"label"'].map((name): [string, string, string] => [
      "named.csv",
      text(last, `a,b,c,d,${name}`),
      ", the label in the last column",
    ]),
    ["quoted.csv", text(last, '"a","b","c","d","class"'), ", the label in the last column"],
    ["bare.csv", text(ROWS), ""],
    ["bare_last.csv", text(last), ", the label in the last column"],
    ["floats_last.csv", text(last.map((row) => row.map((value) => `${value}.0`))), ", the label in the last column"],
    ["semicolons.csv", text(last, "a;b;c;d;class", ";"), ", the label in the last column"],
    ["tabs.tsv", text(ROWS, "label\ta\tb\tc\td", "\t"), ""],
    ["one_hot.csv", text(oneHot), ", the label as ten 0s and 1s"],
    ["unit.csv", text(unit, "label,a,b,c,d"), ", pixels from 0 to 1"],
    ["train.csv.gz", gzipSync(strToU8(FIRST)), ""],
    ["gz_named.csv", gzipSync(strToU8(FIRST)), ""],
    ["train.csv.zip", zipSync({ "train.csv": strToU8(FIRST) }), ""],
    [
      "kaggle.zip",
      zipSync({ "test.csv": strToU8("a\n1\n"), "d/train.csv": strToU8(FIRST), "s.txt": strToU8("x") }),
      "",
    ],
  ];
  for (const [name, content, said] of files) {
    await withFile(name, content, async (path) => {
      const { labels, pixels, width, provenance } = await loadDigits(`csv:${path}`);
      assertEquals([[...labels], [...pixels], width], [[7, 3, 0], ROWS.flatMap((row) => row.slice(1)), 2], name);
      assertEquals(provenance, `3 digits from ${name}${said}`);
      assertEquals(checkDigitTable(await readNumericCsv(path)), [], name); // check-data never contradicts train
    });
  }
});

Deno.test("csv: black and white of 0 and 1 is ink and paper, not nearly black", async () => {
  await withFile("bits.csv", "label,a,b,c,d\n1,0,1,1,0\n2,1,1,0,0\n", async (path) => {
    assertEquals([...(await loadDigits(`csv:${path}`)).pixels], [0, 255, 255, 0, 255, 255, 0, 0]);
  });
});

Deno.test("csv: what cannot be told apart or read is one sentence with the way out", async () => {
  const files: [name: string, content: string | Uint8Array, problem: string][] = [
    ["both.csv", "1,0,9,9,2\n2,0,9,9,1\n", "no header, and both columns hold digits"],
    ["test.csv", text(ROWS.map((row) => row.slice(1)), "p0,p1,p2,p3"), '"predict --csv" reads that'],
    [
      "other.csv",
      text(ROWS, "kind,a,b,c,d"),
      'must be a first or last column named "label" (or class, y, digit, target)',
    ],
    ["minus.csv", "label,a\n1,-0.5\n2,1\n", "a whole number from 0 to 255, or all pixels from 0 to 1, got -0.5"],
    [
      "two.zip",
      zipSync({ "a.csv": strToU8(FIRST), "b.csv": strToU8(FIRST) }),
      "one CSV is needed in it, found a.csv, b.csv",
    ],
    ["book.csv", zipSync({ "xl/workbook.xml": strToU8("x") }), "it is an Excel workbook: save it as CSV"],
    ["cut.csv.gz", gzipSync(strToU8(FIRST)).subarray(0, 30), 'Cannot unpack "cut.csv.gz": it is damaged or cut off'],
    ["digits.csv", strToU8("PAR1\0\0\0"), "it is a Parquet file: save it as CSV"],
    ["digits.pkl", Uint8Array.of(0x80, 4, 0x95, 0, 0), "it is a Python pickle"],
    ["pickle.pkl.gz", gzipSync(Uint8Array.of(0x80, 4, 0x95, 0, 0)), "it is a Python pickle"],
  ];
  for (const [name, content, problem] of files) {
    await withFile(name, content, async (path) => {
      await assertRejects(() => loadDigits(`csv:${path}`), SyntaxError, problem);
    });
  }
});

Deno.test("loadTestCsv() takes a table with labels or without, and refuses the rest", async () => {
  const pixels = ROWS.map((row) => row.slice(1)), shares = pixels.flat().map((grey) => grey! / 255);
  for (const content of [text(pixels, "p0,p1,p2,p3"), text(pixels), FIRST, text(unit, "label,a,b,c,d")]) {
    const { rows, cols, data } = await withFile("test.csv", content, loadTestCsv);
    assertEquals([rows, cols, [...data]], [4, 3, shares], content);
  }
  await withFile("test.csv", "p0,p1,p2,p3\n1,2,3,4\n0,0,300,0\n", async (path) => {
    await assertRejects(() => loadTestCsv(path), SyntaxError, "pixel at line 3, column 3");
  });
});
