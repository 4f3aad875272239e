import { assertEquals, assertStringIncludes } from "@std/assert";
import { saidOf } from "./readers.ts";

Deno.test("train: the diary of a loop says which call is not as it should be", async () => {
  assertStringIncludes((await saidOf("train")).message, "Right: every batch once in every epoch");
  const watched: [string, string] = [
    "const pass = parts.forward",
    "parts.forward(layers, images);\n      const pass = parts.forward",
  ];
  assertEquals((await saidOf("train", watched)).status, "right", "who wants to watch the loss may look once more");
  const cases: [[string, string][], string][] = [
    [[["return layers;", ""]], "return the trained layers"],
    [[["layers = parts.update", "parts.update"]], "what update returned is lost"],
    [[["layers = parts.update", "const next = parts.update"]], "what update returned is lost"],
    [[["parts.forward(layers, some)", "parts.forward(layers, images)"]], "it gets all digits"],
    [[["batch.map((j) => labels[j]!)", "labels"]], "backward gets the labels"],
    [[["pass, truth, plan.lambda", "pass, truth, 0"]], "plan.lambda is 1"],
    [[["plan.lambda), plan.rate", "plan.lambda), 0.1"]], "plan.rate is 0.5"],
    [[["epoch = 0", "epoch = 1"]], "miniBatches is called once; plan.epochs is 2"],
    [[["plan.batchSize", "32"]], "plan.batchSize is 2"],
    [[["labels.length, plan", "images.length, plan"]], "there are 3 digits"],
    [[["return layers;", "return parts.init;"]], "return the trained layers"],
    [[["plan.random)", "Math.random)"]], "another random than plan.random"],
    [[["for (let epoch = 0", "plan.random();\n  for (let epoch = 0"]], "outside of miniBatches"],
    [
      [["const pass = parts.forward", "parts.forward(layers, some);\n      const pass = (() => ({}))"]],
      "something else than what forward returned",
    ],
    [[["function train", "async function train"]], "is async"],
    [[["parts.update(", "((net, _g, _r) => net)("]], "parts.update, that is: not your own"],
    [[["for (let epoch = 0; epoch < plan.epochs; epoch++)", "for (;;)"]], "does not come to an end"],
    [[["  return layers;\n}", "  return [];\n}"]], "not those after the last step"],
  ];
  for (const [changes, words] of cases) {
    const { status, message } = await saidOf("train", ...changes);
    assertEquals(status, "wrong", words);
    assertStringIncludes(message, words);
  }
});
