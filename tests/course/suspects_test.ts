import { assertEquals } from "@std/assert";
import { suspects, trueLabels } from "../../lib/course/suspects.ts";

Deno.test("suspects() are twelve digits, three of them wrongly labelled", () => {
  const { labels } = suspects();
  assertEquals(labels.length, 12);
  assertEquals([...trueLabels()].filter(([i, truth]) => labels[i] !== truth).length, 3);
});
