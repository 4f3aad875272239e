import { assertEquals, assertStringIncludes } from "@std/assert";
import { saidOf } from "./readers.ts";

Deno.test("loss and update: slips that the lists of mistakes do not hold get the smallest input on which they fail", async () => {
  assertStringIncludes(
    (await saidOf("loss", ["surprise -=", "surprise ="])).message,
    "Not yet. For (1 digit, 1 layer, lambda 0)",
  );
  assertStringIncludes((await saidOf("loss", ["lambda / 2", "lambda / 4"])).message, "lambda 2)");
  assertStringIncludes(
    (await saidOf("update", ["row.map((w, input) => w -", "row.map((w, input) => row[input] ="])).message,
    "layers[0].weights[0][0]",
  );
  assertEquals((await saidOf("update", ["{ weights, bias }, l", "{ weights, bias }, l, _all"])).status, "right");
});
