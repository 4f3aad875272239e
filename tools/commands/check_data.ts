/**
 * Is a CSV of digits clean? Tutorial 000's second step as a command.
 *
 * @module
 */
import { checkDigitTable, describeFinding } from "../../lib/data/cleanliness.ts";
import { readNumericCsv } from "../../lib/files/digit_files.ts";
import { parseCommand, run } from "../command.ts";

if (import.meta.main) {
  const { values, operands: [file] } = parseCommand({
    name: "check-data",
    summary: "Checks a CSV in Kaggle's form: a header, then a label 0-9 and pixels 0-255 in each line.",
    operands: "FILE",
    count: [1, 1],
    options: { json: { type: "boolean", help: "one JSON object per finding, and a last one with the verdict" } },
    notes: ["Exit status: 0 clean, 1 not clean or not readable, 2 wrong usage."],
  });
  await run(async () => {
    const table = await readNumericCsv(file!), findings = checkDigitTable(table), clean = findings.length === 0;
    if (values.json) {
      for (const finding of findings) console.log(JSON.stringify({ event: "finding", ...finding }));
      console.log(JSON.stringify({ event: "verdict", file, rows: table.rows, columns: table.cols, clean }));
      return clean ? 0 : 1;
    }
    console.log(`${file}: ${table.rows.toLocaleString("en")} rows of ${table.cols} cells`);
    for (const finding of findings) {
      console.log(`  ${describeFinding(finding)}`);
      for (const { line, column, found } of finding.places.slice(1)) {
        console.log(`      also line ${line}${column ? `, column ${column}` : ""}: ${found}`);
      }
    }
    console.log(clean ? "Clean: every value is what it should be." : "Not clean.");
    return clean ? 0 : 1;
  });
}
