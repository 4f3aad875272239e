/**
 * Is a CSV of digits clean? Tutorial 000's second step as a command.
 *
 * @module
 */
import { checkDigitTable, describeFinding, type Finding } from "../../lib/data/cleanliness.ts";
import { doubtsAbout } from "../../lib/data/digit_table.ts";
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
    const other = /^(mnist|mat|in|npz|drawn|pictures)(?::|$)/.test(file!), path = fromHome(file!.replace(/^csv:/, ""));
    const { rows, cols, findings } = other ? { rows: 0, cols: 0, findings: [] } : await lookThrough(path);
    if (!other && !values.json) console.log(`${file}: ${rows.toLocaleString("en")} rows of ${cols} cells`);
    for (const finding of findings) {
      values.json ? console.log(JSON.stringify({ event: "finding", ...finding })) : tell(finding);
    }
    const clean = findings.length === 0; // then it must load: what is clean here, `train` takes
    const set = clean ? await asUsage(() => loadDigits(other ? file! : `csv:${path}`)) : null;
    const remark = set ? doubtsAbout(set, "digits").join("; and ") : "";
    if (values.json) {
      const size = other ? { rows: set!.labels.length, columns: set!.width * set!.height } : { rows, columns: cols };
      console.log(JSON.stringify({ event: "verdict", file, ...size, clean, ...remark && { remark } }));
    } else {
      if (set) console.log(`  ${set.provenance}; ${set.width} × ${set.height} pixels`);
      if (remark) console.log(`  but ${remark}`);
      console.log(clean ? "Clean: every value is what it should be." : "Not clean.");
    }
    return clean ? 0 : 1;
  });
}

/** The table is let go before it is loaded: two of them at once may be a gigabyte. */
async function lookThrough(path: string): Promise<{ rows: number; cols: number; findings: Finding[] }> {
  const table = await readNumericCsv(path), { rows, cols } = table;
  return { rows, cols, findings: checkDigitTable(table) };
}

function tell(finding: Finding): void {
  console.log(`  ${describeFinding(finding)}`);
  for (const { line, column, found } of finding.places.slice(1)) {
    console.log(`      also line ${line}${column ? `, column ${column}` : ""}: ${found}`);
  }
}
