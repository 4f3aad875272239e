import { assertEquals } from "@std/assert";
import { checkCleanliness, checkDigitTable, describeFinding } from "../../lib/data/cleanliness.ts";
import { parseNumericCsv } from "../../lib/formats/csv.ts";

const table = (text: string) => parseNumericCsv(new TextEncoder().encode(text), "test.csv");

Deno.test("checkCleanliness() on the five small tables, one verdict each", () => {
  const report = (values: number[]) => checkCleanliness(values);
  assertEquals(report([0, 255, -1000, 1000]), { nan: 0, infinite: 0, extreme: 0, clean: true });
  assertEquals(report([0, NaN]), { nan: 1, infinite: 0, extreme: 0, clean: false });
  assertEquals(report([Infinity, -Infinity]), { nan: 0, infinite: 2, extreme: 2, clean: false });
  assertEquals(report([1e6]), { nan: 0, infinite: 0, extreme: 1, clean: false });
  assertEquals(report([NaN, 1e6]), { nan: 1, infinite: 0, extreme: 1, clean: false });
  assertEquals(report([]).clean, true);
  assertEquals(checkCleanliness([5], 4).extreme, 1);
});

Deno.test("checkDigitTable() finds each planted fault where it is, and invents none", () => {
  const good = "label,p0,p1,p2,p3\n3,0,255,0,0\n9,1,2,0,0\n";
  assertEquals(checkDigitTable(table(good)), []);
  const head = "label,p0,p1,p2,p3\n";
  const cases: [string, string, number, number][] = [
    [`${head}11,0,0,9,9\n`, "label", 2, 1],
    [`${head}-1,0,0,9,9\n`, "label", 2, 1],
    [`${head}3.5,0,0,9,9\n`, "label", 2, 1],
    [`${head}1,0,256,9,9\n`, "pixel", 2, 3],
    [`${head}1,-1,0,9,9\n`, "pixel", 2, 2],
    [`${head}1,0.5,0,9,9\n`, "pixel", 2, 2],
    [`${head}1,nan,0,9,9\n`, "NaN", 2, 2],
    [`${head}1,inf,0,9,9\n`, "infinity", 2, 2],
    [`${head}1,,0,9,9\n`, "empty cell", 2, 2],
    [`${head}1,ink,0,9,9\n`, "text in a cell", 2, 2],
    [`${head}1,0\n`, "wrong number of cells", 2, 0],
    ["label,p0,p1,p2\n1,0,9,9\n", "size", 2, 0],
    ["kind,p0,p1,p2,p3\n1,0,0,9,9\n", "no label column", 1, 0],
    ["p0,p1,p2,p3\n1,0,9,9\n", "no label column", 1, 0],
    ["p0,p1,p2,p3,class\n0,9,9,0,12\n", "label", 2, 5],
    ["0,9,9,0,1,0,1,0,0,0,0,0,0,0\n9,0,0,9,0,1,0,0,0,0,0,0,0,0\n", "one-hot label", 1, 5],
  ];
  for (const [text, rule, line, column] of cases) {
    const findings = checkDigitTable(table(text));
    assertEquals(findings.map((f) => f.rule), [rule], text);
    assertEquals([findings[0]!.count, findings[0]!.places[0]!.line, findings[0]!.places[0]!.column], [1, line, column]);
  }
});

Deno.test("checkDigitTable() counts all and names the first five", () => {
  const [finding] = checkDigitTable(table("label,p\n" + "12,7\n".repeat(9)));
  assertEquals([finding!.count, finding!.places.length], [9, 5]);
  assertEquals(
    describeFinding(finding!),
    "label at line 2, column 1 and 8 more: must be a whole number from 0 to 9, got 12",
  );
});

Deno.test("describeFinding() names one place and the others' number, a row by its line alone", () => {
  const described = (text: string) => checkDigitTable(table(text)).map(describeFinding);
  assertEquals(described("label,a,b,c,d\n1,0,0,0,0\n2,0,300,0,0\n3,1\n4,-1,0,0,0\n5,1,inf,0,0\n"), [
    "pixel at line 3, column 3 and 1 more: must be a whole number from 0 to 255, or all pixels from 0 to 1, got 300",
    "wrong number of cells at line 4: must be as many cells as the first line has, got 2 cells instead of 5",
    "infinity at line 6, column 3: must be a finite number, got Infinity",
  ]);
  assertEquals(described("label,p\nx,0\n1,x\n,2\n"), [
    'text in a cell at line 2, column 1 and 1 more: must be a number, got "x"',
    'empty cell at line 4, column 1: must be a number, got ""',
  ]);
});
