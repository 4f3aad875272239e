import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type Import, LINES_BEFORE, prepare, run, type Scope } from "../../tools/pages/live/evaluate.ts";

/** A kernel: cells one after the other, with names that live on. */
function kernel() {
  const scope: Scope = new Map();
  const importing = ({ from, name }: Import) => {
    if (from !== "maths") throw new TypeError(`no module ${from}`);
    return name === "*" ? Math : Math[name as "abs"];
  };
  return (cell: string) => run(prepare(cell), scope, importing);
}

Deno.test("a cell gives the value of its last line, and what it declares is there for the next", async () => {
  const cell = kernel();
  assertEquals(await cell("const a: number = 2, [b, { c }] = [3, { c: 4 }] as const;\na * b * c"), 24);
  assertEquals(await cell("interface Pair { x: number }\nconst pair: Pair = { x: a }; pair.x + b;"), 5);
  assertEquals(await cell("const later = await Promise.resolve(7);"), undefined);
  assertEquals(await cell("later"), 7);
  assertEquals(
    await cell("class Box<T> { constructor(readonly held: T) {} }\nfunction twice(n: number) { return 2 * n; }"),
    undefined,
  );
  assertEquals(await cell("new Box(twice(later)).held"), 14);
  assertEquals(await cell("// lib/x.ts: f\nexport function f(): string { return 'shown'; }"), undefined);
  assertEquals(await cell("f()"), "shown");
});

Deno.test("names may be declared again, and what assigns a variable is seen by all who hold it", async () => {
  const cell = kernel();
  await cell("let count = 0;\nconst name = 'first';\nfunction up() { return ++count; }");
  assertEquals(await cell("up(); up(); count"), 2);
  assertEquals(await cell("count = 10; up()"), 11);
  assertEquals(await cell("for (let i = 0; i < 3; i++) count++;\n[count, up()]"), [14, 15]);
  assertEquals(await cell("const name = 'second'; let count = 0; [name, count]"), ["second", 0]);
  assertEquals(await cell("[name, count]"), ["second", 0]);
});

Deno.test("a function may use what a later cell declares, as in a kernel", async () => {
  const cell = kernel();
  await cell("function outer(x: number) { return helper(x) + 1; }");
  await assertRejects(() => cell("outer(1)"), ReferenceError, "helper is not defined");
  await cell("function helper(x: number) { return 10 * x; }");
  assertEquals(await cell("outer(1)"), 11);
});

Deno.test("what was declared before a cell threw is kept, and the line is known", async () => {
  const cell = kernel();
  const error = await assertRejects(
    () => cell("const first = 1;\n\nthrow new Error('boom');\nconst last = 2;"),
    Error,
    "boom",
  );
  assertEquals(Number(/<anonymous>:(\d+)/.exec(error.stack!)![1]) - LINES_BEFORE, 3);
  assertEquals(await cell("first"), 1);
  await assertRejects(() => cell("last"), ReferenceError, "last is not defined");
});

Deno.test("imports come from the modules that there are, types are forgotten, names are renamed", async () => {
  const cell = kernel();
  assertEquals(
    await cell(
      'import { abs, max as most, type Thing } from "maths";\nimport * as all from "maths";\nmost(abs(-3), all.PI)',
    ),
    Math.PI,
  );
  assertEquals(await cell("abs(-1)"), 1);
  await assertRejects(() => cell('import { x } from "fs";'), TypeError, "no module fs");
});

Deno.test("what is no TypeScript is refused with its line, before anything runs", () => {
  assertThrows(() => prepare("const a = 1;\nconst b = ;"), SyntaxError, "line 2: ");
  assertThrows(() => prepare("a +\n\n\n* 3"), SyntaxError, "line 4: ");
  assertThrows(() => prepare("const a = 1;\nexport { a };"), SyntaxError, "line 2: a cell exports nothing");
  assertEquals(prepare("").uses.size, 0);
});
