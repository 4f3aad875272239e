// What the project uses of @std/csv and @std/assert, by their documentation; the stand-ins that deno.json links must behave the same. Without its line "links" the originals are tried.
import * as assertions from "@std/assert";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parse, stringify } from "@std/csv";

Deno.test("parse() splits into rows of text, skips empty lines, and drops a byte order mark", () => {
  assertEquals(parse("a,b\n1,2\n\n3,4\n"), [["a", "b"], ["1", "2"], ["3", "4"]]);
  assertEquals(parse("a,b\r\n1,2\r\n"), [["a", "b"], ["1", "2"]]);
  assertEquals(parse("\uFEFFa,b"), [["a", "b"]]);
  assertEquals(parse("a,b\r\n1,2\n3,4\n"), [["a", "b"], ["1", "2"], ["3", "4"]]); // mixed line ends
  assertEquals(parse(""), []);
});

Deno.test("parse() reads quotes: commas, line ends and doubled quotes inside", () => {
  assertEquals(parse('"a,b","c\nd","e""f"'), [["a,b", "c\nd", 'e"f']]);
  assertEquals(parse('"a\r\nb"'), [["a\nb"]]);
  for (const broken of ['"a', 'a"b,c']) assertThrows(() => parse(broken), SyntaxError);
});

Deno.test("parse() with separator, comment and the number of fields", () => {
  assertEquals(parse("1;2", { separator: ";" }), [["1", "2"]]);
  assertEquals(parse("# no\n1,2", { comment: "#" }), [["1", "2"]]);
  assertThrows(() => parse("1,2\n3", { fieldsPerRecord: 2 }), SyntaxError);
  assertThrows(() => parse("1,2\n3", { fieldsPerRecord: 0 }), SyntaxError);
});

Deno.test("parse() makes objects with skipFirstRow or columns", () => {
  assertEquals(parse("a,b\n1,2", { skipFirstRow: true }), [{ a: "1", b: "2" }]);
  assertEquals(parse("1,2", { columns: ["x", "y"] }), [{ x: "1", y: "2" }]);
  assertThrows(() => parse("a,b\n1", { skipFirstRow: true }), SyntaxError);
});

Deno.test("stringify() ends lines with CRLF and quotes where needed", () => {
  assertEquals(stringify([["a", "b"], ["1,5", 'x"y']]), 'a,b\r\n"1,5","x""y"\r\n');
  assertEquals(stringify([{ x: 1, y: 2 }], { columns: ["x", "y"] }), "x,y\r\n1,2\r\n");
  assertEquals(stringify([{ x: 1, y: 2 }], { columns: ["x", "y"], headers: false }), "1,2\r\n");
});

Deno.test("assertions throw AssertionError when they should, and only then", async () => {
  const { AssertionError } = assertions;
  const fails = (run: () => unknown) => assertThrows(run, AssertionError);
  assert(1);
  fails(() => assert(0, "said"));
  assertEquals({ a: [1, NaN] }, { a: [1, NaN] });
  assertEquals(0, -0);
  fails(() => assertEquals([1], [2]));
  fails(() => assertEquals(new Float64Array(2), new Float64Array(3)));
  assertions.assertNotEquals(1, 2);
  fails(() => assertions.assertNotEquals({ a: 1 }, { a: 1 }));
  assertions.assertStrictEquals(NaN, NaN);
  fails(() => assertions.assertStrictEquals({}, {}));
  assertions.assertAlmostEquals(0.1, 0.2, 0.2);
  assertions.assertAlmostEquals(1, 1 + 1e-8);
  fails(() => assertions.assertAlmostEquals(1, 1.1));
  fails(() => assertions.assertAlmostEquals(NaN, 1));
  assertions.assertGreater(2, 1);
  fails(() => assertions.assertGreater(1, 1));
  assertions.assertLess(1, 2);
  fails(() => assertions.assertLess(1, 1));
  assertions.assertStringIncludes("abc", "b");
  fails(() => assertions.assertStringIncludes("abc", "d"));
  assertions.assertMatch("abc", /b/);
  fails(() => assertions.assertMatch("abc", /d/));
  assertions.assertFalse(0);
  fails(() => assertions.assertFalse(1));
  fails(() => assertThrows(() => {}));
  fails(() =>
    assertThrows(() => {
      throw new TypeError("x");
    }, RangeError)
  );
  fails(() =>
    assertThrows(
      () => {
        throw new TypeError("x");
      },
      TypeError,
      "y",
    )
  );
  await assertRejects(() => Promise.reject(new TypeError("x")), TypeError, "x");
  await assertRejects(() => assertRejects(() => Promise.resolve(1)), AssertionError, "Expected function to reject");
});

Deno.test("assertEquals() calls equal what @std/assert does, and nothing else", () => {
  const bare = (values: object) => Object.assign(Object.create(null), values), round: { self?: unknown } = {};
  round.self = round;
  const pairs: [boolean, unknown, unknown][] = [
    [true, { a: [0] }, { a: [-0] }],
    [true, Float64Array.of(0, NaN), Float64Array.of(-0, NaN)],
    [true, bare({ a: 1 }), { a: 1 }],
    [true, new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }])],
    [true, new Map([[{ k: 1 }, 1], [{ k: 2 }, 2]]), new Map([[{ k: 2 }, 2], [{ k: 1 }, 1]])],
    [true, new Date(NaN), new Date(NaN)],
    [true, /a/g, /a/g],
    [true, new URL("https://a.example"), new URL("https://a.example/")],
    [true, round, { self: round }],
    [true, { [Symbol.iterator]: 1 }, { [Symbol.iterator]: 1 }],
    [false, { a: undefined }, {}],
    [false, [undefined], new Array(1)],
    [false, [1, 2], { 0: 1, 1: 2 }],
    [false, Float64Array.of(1), Float32Array.of(1)],
    [false, new Date(1), new Date(2)],
    [false, /a/, /a/g],
    [false, new Set([1]), new Set([2])],
    [false, new Map([[1, 1]]), new Map([[1, 2]])],
    [false, new TypeError("a"), new RangeError("a")],
    [false, null, {}],
    [false, "1", 1],
    [false, { [Symbol.iterator]: 1 }, { [Symbol.iterator]: 2 }],
  ];
  for (const [same, a, b] of pairs) {
    if (same) assertEquals(a, b);
    else assertThrows(() => assertEquals(a, b), assertions.AssertionError, "Values are not equal", Deno.inspect(a));
  }
});

Deno.test("what assertions say is what @std/assert says", async () => {
  const say = (run: () => unknown) => (assertThrows(run, assertions.AssertionError) as Error).message;
  // deno-lint-ignore no-control-regex -- the original is coloured where the terminal is
  const diff = say(() => assertEquals([1, 2], [1, 3], "why")).replaceAll(/\x1b\[\d+m/g, "");
  for (const part of ["Values are not equal: why", "[Diff] Actual / Expected", "-   ", "+   "]) {
    assertions.assertStringIncludes(diff, part);
  }
  assertEquals(say(() => assertThrows(() => {})), "Expected function to throw.");
  assertEquals(say(() => assertThrows(() => {}, Error, "", "why")), "Expected function to throw: why");
  const text = () => {
    // deno-lint-ignore no-throw-literal -- what becomes of such a thing is the question
    throw "text";
  };
  assertEquals(assertThrows(text), "text"); // whatever it is, unless a class is asked for
  assertEquals(say(() => assertThrows(text, Error)), "A non-Error object was thrown.");
  assertEquals(await assertRejects(() => Promise.reject("text")), "text");
  const other = await assertRejects(
    () => assertRejects(() => Promise.reject("text"), Error),
    assertions.AssertionError,
  );
  assertEquals(other.message, "A non-Error object was rejected.");
  const atOnce = await assertRejects(() => assertRejects(text as () => Promise<unknown>), assertions.AssertionError);
  assertEquals(atOnce.message, "Function throws when expected to reject.");
  assertions.assertIsError(new TypeError("abc"), TypeError, /b/);
  assertions.assertMatch(
    say(() => assertions.assertIsError(new TypeError("abc"), TypeError, /d/)),
    /Expected error message/,
  );
  assertEquals(say(() => assertions.assertIsError("abc")), 'Expected "error" to be an Error object.');
});

Deno.test("parse() drops a lone CR at the very end, and keeps others", () => {
  assertEquals(parse('"field"\r'), [["field"]]);
  assertEquals(parse("field\r"), [["field"]]);
  assertEquals(parse("a\rb,c"), [["a\rb", "c"]]);
});
