import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { ExperimentRow } from "../../lib/experiments/experiment.ts";
import { parseShard, readRows } from "../../tools/commands/experiment.ts";
import { small } from "../experiments/fixtures.ts";

const command = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tools/commands/experiment.ts", ...args],
    cwd: new URL("../../", import.meta.url),
    env: { DIGITS_DATA: "drawn", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });

const bare = (rows: readonly unknown[]) =>
  (rows as ExperimentRow[]).map((row) => ({ ...row, seconds: 0 })).toSorted((a, b) => a.id < b.id ? -1 : 1);

Deno.test("experiment: killed at any moment it loses no row, goes on, and shards make up the whole", async () => {
  const folder = await Deno.makeTempDir(), grid = `${folder}/grid.json`, out = `${folder}/rows.jsonl`;
  try {
    await Deno.writeTextFile(grid, JSON.stringify({ ...small, rng: [1, 2, 3] }));
    for (const wait of [700, 1100, 1300]) { // somewhere in the middle
      const child = command(grid, "--out", out, "--workers", "2").spawn(), before = (await readRows(out)).length;
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        child.kill("SIGKILL");
      } catch { /* it was done already */ }
      await Promise.all([child.status, child.stdout.cancel(), child.stderr.cancel()]);
      assert((await readRows(out)).length >= before);
    }
    await Deno.writeTextFile(out, '{"id":"torn', { append: true }); // as if the power had failed within a row
    const last = await command(grid, "--out", out).output();
    assertEquals(last.code, 0, new TextDecoder().decode(last.stderr));
    const rows = bare(await readRows(out));
    assertEquals(rows.length, 12);
    const nothing = await command(grid, "--out", out, "--json").output();
    assertEquals([nothing.code, nothing.stdout.length], [0, 0]);
    const parts = await Promise.all([1, 2, 3, 4].map(async (k) => {
      const path = `${folder}/part${k}.jsonl`;
      await command(grid, "--shard", `${k}/4`, "--out", path, "--workers", "1").output();
      return await readRows(path);
    }));
    assertEquals(bare(parts.flat()), rows);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("experiment: wrong grids, shards and rows are named", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const say = async (content: string, ...more: string[]) => {
      await Deno.writeTextFile(`${folder}/g.json`, content);
      const { code, stderr } = await command(`${folder}/g.json`, "--out", `${folder}/o.jsonl`, ...more).output();
      return `${code} ${new TextDecoder().decode(stderr)}`;
    };
    assert((await say("{")).startsWith('1 Cannot read "'));
    assert((await say('{"data":"drawn"}')).startsWith('2 Cannot use the grid: "hidden" is missing'));
    assert((await say('{"data":"moon","tutorial":"000"}')).startsWith('2 Cannot load data "moon"'));
    await Deno.writeTextFile(`${folder}/o.jsonl`, "no row\n");
    assert((await say('{"data":"drawn:2500","tutorial":"003"}')).includes("line 1 is no row"));
    assert((await say("null")).startsWith("2 Cannot use the grid: must be an object, got null"));
    await Deno.writeTextFile(`${folder}/o.jsonl`, '{"mine": true}'); // no row, and not ours to cut off
    assert((await say('{"data":"drawn:2500","tutorial":"003"}')).includes("line 1 is no row"));
    assertEquals(await Deno.readTextFile(`${folder}/o.jsonl`), '{"mine": true}');
    assertEquals(parseShard("3/16"), [3, 16]);
    for (const text of ["0/4", "5/4", "x", "1/0", "1"]) {
      assertThrows(() => parseShard(text), Error, "must be like 3/16");
    }
    await assertRejects(() => readRows(folder), Error, "Cannot read");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
