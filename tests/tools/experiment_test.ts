import { assert, assertEquals, assertThrows } from "@std/assert";
import type { ExperimentRow } from "../../lib/experiments/rows.ts";
import { FORMAT, readRows, type Row, RowFile } from "../../lib/experiments/rows.ts";
import { duration } from "../../tools/command.ts";
import { parseShard } from "../../tools/commands/experiment.ts";
import { small } from "../experiments/fixtures.ts";
import { withFolder } from "../with_folder.ts";

const command = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tools/commands/experiment.ts", ...args],
    cwd: new URL("../../", import.meta.url),
    env: { DIGITS_DATA: "drawn", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });

async function output(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await command(...args).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/** What does not hang on when and how fast it was done. */
const bare = (rows: readonly Row[]) =>
  (rows as (ExperimentRow & Row)[]).map((row) => ({ ...row, seconds: 0, date: "" })).toSorted((a, b) =>
    a.id < b.id ? -1 : 1
  );

Deno.test("experiment: killed at any moment it loses no row, goes on, and shards make up the whole", () =>
  withFolder(async (folder) => {
    const grid = `${folder}/grid.json`, out = `${folder}/rows.jsonl`;
    await Deno.writeTextFile(grid, JSON.stringify({ ...small, seed: [1, 2, 3] }));
    for (const wait of [700, 1100, 1300]) { // somewhere in the middle
      const child = command(grid, "--out", out, "--workers", "2").spawn(), before = (await readRows(out)).length;
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        child.kill("SIGKILL");
      } catch { /* it was done already */ }
      await Promise.all([child.status, child.stdout.cancel(), child.stderr.cancel()]);
      assert((await readRows(out)).length >= before);
    }
    await Deno.writeTextFile(out, '{"id":"0123456789ab","settings":{"hid', { append: true }); // as if the power had failed within a row
    const last = await output(grid, "--out", out);
    assertEquals(last.code, 0, last.stderr);
    const rows = bare(await readRows(out));
    assertEquals(rows.length, 12);
    const { date, deno, machine, format, data } = (await readRows(out))[0]!;
    assert(Math.abs(Date.now() - Date.parse(date!)) < 600_000 && /cores/.test(machine!), `${date}, ${machine}`);
    assertEquals([deno, format, data.name], [Deno.version.deno, FORMAT, "drawn digits"]);
    const nothing = await output(grid, "--out", out, "--json");
    assertEquals([nothing.code, nothing.stdout], [0, ""]);
    for (const k of [1, 2, 3, 4]) {
      await output(grid, "--shard", `${k}/4`, "--out", `${folder}/parts.${k}-of-4.jsonl`, "--workers", "1");
    }
    const merged = await output(grid, "--out", `${folder}/parts.jsonl`, "--merge");
    assertEquals([merged.code, merged.stderr], [0, ""]);
    assert(
      merged.stdout.includes("12 rows of 4 shards") && merged.stdout.includes("12 trainings, 12 done before"),
      merged.stdout,
    );
    assertEquals(bare(await readRows(`${folder}/parts.jsonl`)), rows);
  }));

Deno.test("experiment: a finished grid tells the table again, and --report writes a page, Markdown and pictures", () =>
  withFolder(async (folder) => {
    const grid = `${folder}/grid.json`, out = `${folder}/mine.jsonl`;
    const two = { ...small, hidden: [[], [6]], optimiser: "sgd", validation: 200 };
    await Deno.writeTextFile(grid, JSON.stringify(two));
    assertEquals((await output(grid, "--out", out)).code, 0);
    const again = await output(grid, "--out", out, "--report");
    assert(again.stdout.includes("4 trainings, 4 done before"), again.stdout);
    assert(
      /^hidden +validation part/m.test(again.stdout) && /^none +\d+\.\d % of 200 \(2 seeds, /m.test(again.stdout),
      again.stdout,
    );
    assert(again.stdout.includes("Its test part, opened once: "), again.stdout);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    assertEquals(names, ["grid.json", "mine-1.svg", "mine-2.svg", "mine.html", "mine.jsonl", "mine.md"]);
    const [html, markdown] = await Promise.all(
      ["html", "md"].map((ending) => Deno.readTextFile(`${folder}/mine.${ending}`)),
    );
    assertEquals([html!.match(/<svg/g)?.length, html!.match(/<tr>/g)?.length], [2, 3]);
    assert(!/<script|src=/.test(html!), "the page needs nothing else");
    assert(markdown!.includes("](mine-2.svg)"));
  }));

Deno.test("experiment: wrong grids, shards and rows are named, and nothing is lost", () =>
  withFolder(async (folder) => {
    const rows = `${folder}/o.jsonl`;
    const say = async (content: string, ...more: string[]) => {
      await Deno.writeTextFile(`${folder}/g.json`, content);
      const { code, stderr } = await output(`${folder}/g.json`, "--out", rows, ...more);
      return `${code} ${stderr}`;
    };
    const good = '{"data":"drawn:2500","tutorial":"003","iterations":2}';
    assert((await say("{")).startsWith('1 Cannot read "'));
    assert((await say('{"data":"drawn"}')).startsWith('2 Cannot use the grid: "hidden" is missing'));
    assert((await say('{"data":"moon","tutorial":"000"}')).startsWith('2 Cannot load data "moon"'));
    assert((await say("null")).startsWith("2 Cannot use the grid: must be an object, got null"));
    assert((await say(good, "--merge")).startsWith("1 Cannot join: beside"));
    for (const [text, fault] of [["no row\n", "line 1 is no row"], ['{"mine": true}', "line 1 is no row"]] as const) {
      await Deno.writeTextFile(rows, text);
      assert((await say(good)).includes(fault));
      assertEquals(await Deno.readTextFile(rows), text);
    }
    await Deno.writeTextFile(rows, '{"id":"a","settings":{}}\n');
    assert((await say(good)).includes("was written by another version (format 1, this one has 2): name another file"));
    await Deno.remove(rows);
    {
      await using _ = await RowFile.open(rows);
      assert((await say(good)).startsWith(`1 Cannot write "${rows}": another experiment is adding to it`));
    }
    assertEquals(parseShard("3/16"), [3, 16]);
    for (const text of ["0/4", "5/4", "x", "1/0", "1"]) {
      assertThrows(() => parseShard(text), Error, "must be like 3/16");
    }
  }));

Deno.test("duration() rounds up, in words that fit", () => {
  assertEquals([0.2, 40, 91, 3600, 5401, 36 * 3600 + 1].map(duration), [
    "1 s",
    "40 s",
    "2 min",
    "60 min",
    "2 h",
    "2 days",
  ]);
});
