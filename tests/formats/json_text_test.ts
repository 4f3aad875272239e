import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseJson } from "../../lib/formats/json_text.ts";

const parse = (text: string) => parseJson(new TextEncoder().encode(text));

Deno.test("parseJson() gives what JSON.parse gives", () =>
  fc.assert(fc.property(fc.json({ maxDepth: 5 }), (text) => assertEquals(parse(text), JSON.parse(text)))));

Deno.test("parseJson() refuses what is too deep, or holds too many lists or values; brackets and commas in texts do not count", () => {
  assertThrows(() => parse("[".repeat(40) + "]".repeat(40)), SyntaxError, "at most 32 lists within each other");
  assertThrows(() => parse(`[${"[],".repeat(200_001)}0]`), SyntaxError, "at most 200,000 lists and objects");
  assertThrows(() => parse(`[${"1,".repeat(16_000_001)}0]`), SyntaxError, "at most 16,000,000 values");
  const quoted = `\\"${"[{,".repeat(300_000)}`;
  assertEquals(parse(`["${quoted}"]`), [JSON.parse(`"${quoted}"`)]);
  assertThrows(() => parse("[1"), SyntaxError);
});
