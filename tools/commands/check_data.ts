/**
 * Is a CSV of digits clean? Tutorial 000's second step as a command.
 *
 * @module
 */
import { checkDigitTable, describeFinding, layoutOf, type NumericTable } from "../../lib/data/cleanliness.ts";
import { oneClassOnly } from "../../lib/data/digit_table.ts";
import { readNumericCsv } from "../../lib/files/csv_files.ts";
import { fromHome, loadDigits } from "../../lib/files/sources.ts";
import { asUsage, parseCommand, run } from "../command.ts";

if (import.meta.main) {
  const { values, operands: [file] } = parseCommand({
    name: "check-data",
    summary: "Checks a CSV of digits: a label 0-9 first or last in each line, and pixels 0-255 or 0-1.",
    operands: "FILE",
    count: [1, 1],
    options: { json: { type: "boolean", help: "one JSON object per finding, and a last one with the verdict" } },
    notes: ["Exit status: 0 clean, 1 not clean or not readable, 2 wrong usage."],
  });
  await run(async () => {
    const [, other] = /^(mnist|mat|in|npz|drawn)(?::|$)/.exec(file!) ?? [];
    if (other) return await checkByLoading(file!, values.json === true);
    const path = fromHome(file!.replace(/^csv:/, "")), table = await readNumericCsv(path);
    const layout = layoutOf(table), findings = checkDigitTable(table, layout), clean = findings.length === 0;
    const labels = clean && layout.place !== "one-hot" ? labelsOf(table, layout.place === "last") : [];
    const remark = oneClassOnly(labels, "digits");
    if (values.json) {
      for (const finding of findings) console.log(JSON.stringify({ event: "finding", ...finding }));
      console.log(
        JSON.stringify({
          event: "verdict",
          file,
          rows: table.rows,
          columns: table.cols,
          clean,
          ...remark && { remark },
        }),
      );
      return clean ? 0 : 1;
    }
    console.log(`${file}: ${table.rows.toLocaleString("en")} rows of ${table.cols} cells`);
    for (const finding of findings) {
      console.log(`  ${describeFinding(finding)}`);
      for (const { line, column, found } of finding.places.slice(1)) {
        console.log(`      also line ${line}${column ? `, column ${column}` : ""}: ${found}`);
      }
    }
    if (layout.place !== null && clean) {
      const side = Math.sqrt(layout.size),
        where = { first: "first", last: "last", "one-hot": "last ten", none: "" }[layout.place];
      console.log(
        `  label in the ${where} column${where === "last ten" ? "s" : ""}, pixels of ${side} × ${side} from 0 to ${
          layout.unit ? 1 : 255
        }`,
      );
    }
    if (remark) console.log(`  but ${remark}`);
    console.log(clean ? "Clean: every value is what it should be." : "Not clean.");
    return clean ? 0 : 1;
  });
}

/** The other kinds of data are clean if they can be loaded: their readers refuse whatever is not as it should be. */
async function checkByLoading(source: string, json: boolean): Promise<number> {
  const { provenance, labels, width, height, test } = await asUsage(() => loadDigits(source));
  const remark = oneClassOnly(labels, "digits");
  if (json) {
    console.log(
      JSON.stringify({
        event: "verdict",
        file: source,
        rows: labels.length,
        columns: width * height,
        clean: true,
        ...remark && { remark },
      }),
    );
    return 0;
  }
  console.log(
    `${provenance}: ${width} × ${height} pixels${
      test ? `, and ${test.labels.length.toLocaleString("en")} to test on` : ""
    }`,
  );
  if (remark) console.log(`  but ${remark}`);
  console.log("Clean: every value is what it should be.");
  return 0;
}

function labelsOf({ rows, cols, values }: NumericTable, last: boolean): number[] {
  return Array.from({ length: rows }, (_, row) => values[row * cols + (last ? cols - 1 : 0)]!);
}
