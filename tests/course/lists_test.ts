import { assertEquals } from "@std/assert";
import { range, sum } from "../../lib/course/lists.ts";

Deno.test("sum() and range() by hand, and of nothing", () => {
  assertEquals([sum([1, 2, 3.5]), sum([])], [6.5, 0]);
  assertEquals([range(2, 5), range(3, 3)], [[2, 3, 4], []]);
});
