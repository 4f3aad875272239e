/**
 * The page of times, from what `bench.ts` and `felt.ts` have written beside it.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import { runDeno } from "../../tools/run_deno.ts";

type Points = readonly (readonly [size: number, seconds: number])[];

const read = async (name: string) => JSON.parse(await Deno.readTextFile(new URL(name, import.meta.url)));

/** What came of a row of the table; `skipped` says why nothing did. */
interface Result {
  readonly work: string;
  readonly peer: string;
  readonly aim: number;
  readonly skipped?: string;
  readonly version: string;
  readonly threads: number;
  readonly theirThreads: number;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
}

const short = (seconds: number) =>
  seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;

function rowOf({ work, peer, aim, skipped, version, threads, theirThreads, ours, theirs, ratio }: Result): string {
  if (skipped) return `| ${work} | ${peer} | – | – | – | ${aim} | – | not measured: ${skipped} |`;
  const below = ratio < aim ? " (below)" : "";
  return `| ${work} | ${peer} | ${short(theirs)} | ${short(ours)} | ${ratio.toPrecision(3)} | ${aim}${below} | ` +
    `${threads} / ${theirThreads} | \`${version}\` |`;
}

/** The slope of log seconds against log size: 1 is linear, 0 costs nothing. */
export function exponent(points: Points): number {
  const x = points.map(([size]) => Math.log(size)), y = points.map(([, seconds]) => Math.log(seconds));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length,
    mx = mean(x),
    my = mean(y);
  return mean(x.map((v, i) => (v - mx) * (y[i]! - my))) / mean(x.map((v) => (v - mx) ** 2));
}

/** Writes tests/bench/README.md. */
export async function writePage(): Promise<void> {
  const { machine, rounds, results, growth } = await read("results.json"), felt = await read("felt.json");
  const seconds = (value: number) => `${value.toPrecision(2)} s`;
  const grown = Object.entries(growth as Record<string, Points>).map(([name, points]) =>
    `| ${name} | ${points.map(([size, value]) => `${size}: ${seconds(value)}`).join(", ")} | ${
      exponent(points).toFixed(2)
    } |`
  );
  const waited = (felt.rows as { what: string; command: string; seconds: number[]; megabytes: number }[]).map((row) =>
    `| ${row.what} | \`${row.command}\` | ${
      row.seconds.map((value) => value.toFixed(value < 10 ? 1 : 0)).join(", ")
    } | ${row.megabytes || "–"} |`
  );
  const bounds = await Deno.readTextFile(new URL("bounds.md", import.meta.url));
  const page = `# How fast

## What a reader waits for

Seconds from Enter to what is named, each time that it was measured; memory is the most that all its processes held at once.
\`deno run -A tests/bench/felt.ts\` measures it again in a fresh clone; ${felt.cores} cores, Deno ${felt.deno}.

| what | command | seconds | MB |
|---|---|---|---|
${waited.join("\n")}

## Beside its peers

Peer's time divided by ours, the same work in the same run, in turns; medians of ${rounds} samples after warming up.
\`deno task bench\` measures it again and writes this page; ${machine.cores} cores, Deno ${machine.deno.deno}.

| work | peer | peer | ours | ratio | aim | threads: ours / peer | version |
|---|---|---|---|---|---|---|---|
${(results as Result[]).map(rowOf).join("\n")}

${bounds}
## How it grows

The engine alone, one worker, 784-128-128-10 and batches of 32 unless said: seconds for an epoch (rows: for as many rows;
workers: for one iteration over 41,000 rows). The exponent is the slope of the logarithms: 1 is linear.

| what | size: seconds | exponent |
|---|---|---|
${grown.join("\n")}
`;
  await writeWhole(new URL("README.md", import.meta.url), page);
  await runDeno(["fmt", "--quiet", "tests/bench"]);
}

if (import.meta.main) await writePage();
