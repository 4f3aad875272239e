import { assertStringIncludes, assertThrows } from "@std/assert";
import { courseMap } from "../../lib/course/course_map.ts";

Deno.test("courseMap() marks one chapter and refuses others", () => {
  assertStringIncludes(courseMap(4).caption, "chapter 4");
  assertThrows(() => courseMap(99), RangeError);
});
