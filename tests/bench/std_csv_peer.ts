// A peer of `deno task bench` in a process, and so a heap, of its own: the file by @std/csv, cells to numbers.
import { parse } from "@std/csv";

const csv = Deno.args[1]!, linked = import.meta.resolve("@std/csv").startsWith("file:");
console.log(`ready: @std/csv${linked ? "'s stand-in" : ""}`);
for await (const _ of Deno.stdin.readable) {
  const start = performance.now();
  parse(Deno.readTextFileSync(csv)).map((row) => row.map(Number));
  console.log((performance.now() - start) / 1000);
}
