// What the project uses of @std/csv and @std/assert, by their documentation; the stand-ins must behave the same.
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
  await assertRejects(() => assertRejects(() => Promise.resolve(1)), AssertionError);
});
