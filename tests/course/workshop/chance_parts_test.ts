import { assertEquals, assertStringIncludes } from "@std/assert";
import { saidOf } from "./readers.ts";

Deno.test("init: the library's very numbers, another order, and what is no start", async () => {
  assertEquals((await saidOf("init")).message, "Right: the very numbers that the library draws.");
  const order: [string, string] = [
    "return { weights: Array.from({ length: units }, row),",
    "const columns = Array.from({ length: inputs }, () => Array.from({ length: units }, () => (2 * random() - 1) * limit));\n    return { weights: Array.from({ length: units }, (_, u) => columns.map((column) => column[u])),",
  ];
  assertStringIncludes((await saidOf("init", order)).message, "Right. (Drawn in another order");
  assertStringIncludes((await saidOf("init", ["(2 * random() - 1)", "(1 - 2 * random())"])).message, "sign turned");
  assertStringIncludes(
    (await saidOf("init", ["return { weights", 'return { activation: "relu", weights'])).message,
    "the very numbers",
  );
  const cases: [[string, string][], string][] = [
    [[["(2 * random() - 1) * limit", "0"]], "learn the same, for ever"],
    [[["(2 * random() - 1) * limit", "0.01"]], "all weights are equal"],
    [[["2 * random() - 1", "random()"]], "no weight is below 0"],
    [[["2 * random() - 1", "random() - 0.5"]], "0.5000 times"],
    [[["(2 * random() - 1)", "(2 * random() ** 2 - 1)"]], "not uniform"],
    [[["(2 * random() - 1)", "(2 * Math.sqrt(random()) - 1)"]], "not uniform"],
    [[["inputs + units)", "inputs + units + 1)"]], "times what it should be"],
    [[["return sizes.slice(1).map", "const kept: any = {};\n  return sizes.slice(1).map"], [
      "return { weights: Array",
      "return kept[`${inputs}-${units}`] ??= { weights: Array",
    ]], "same weights"],
    [[["function init", "async function init"], ["): Layer[]", "): Promise<Layer[]>"]], "is async"],
    [[["2 * random() - 1", "4 * random() - 2"]], "outside of ±ε"],
    [[["random() - 1", "Math.random() - 1"]], "Math.random"],
    [[["6 / (inputs + units)", "6 / inputs"]], "outside of ±ε"],
    [[["() => 0", "() => random()"]], "The biases begin at 0"],
    [[["{ length: inputs }, () => (", "{ length: units }, () => ("], [
      "{ length: units }, row",
      "{ length: inputs }, row",
    ]], "One list per unit"],
    [[["sizes.slice(1)", "sizes"]], "layers between them"],
    [[["return { weights", "return { w"]], "should be { weights, bias }"],
    [
      [["const row = () =>", "const one ="], ["{ length: units }, row)", "{ length: units }, () => one)"]],
      "most weights are equal to others",
    ],
  ];
  for (const [changes, words] of cases) {
    const { status, message } = await saidOf("init", ...changes);
    assertEquals(status, "wrong", words);
    assertStringIncludes(message, words);
  }
});

Deno.test("miniBatches: the library's very batches, another fair shuffle, and what is none", async () => {
  assertEquals((await saidOf("miniBatches")).message, "Right: the very batches that the library makes.");
  const sorted: [string, string] = [
    "for (let i = count - 1; i > 0; i--) {",
    "const keys = order.map(() => random());\n  order.sort((a, b) => keys[a] - keys[b]);\n  for (let i = 0; i > 0; i--) {",
  ];
  assertStringIncludes((await saidOf("miniBatches", sorted)).message, "Right. (Shuffled in another way");
  const cases: [[string, string][], string][] = [
    [[["i > 0; i--", "i > count; i--"]], "in order"],
    [[["start < count", "start + batchSize <= count"]], "Is the last, shorter batch dropped?"],
    [[["start + batchSize))", "start + batchSize + 1))"]], "occurs twice"],
    [[["=> i),", "=> i + 1),"]], "go from 0 to"],
    [[["order.slice(start, start + batchSize)", "order[start]"]], "a list of lists"],
    [[["random()", "Math.random()"]], "Math.random"],
    [[["start += batchSize", "start += batchSize - 1 || 1"]], "occurs twice"],
    [[["Math.floor(random() * (i + 1))", "Math.max(0, i - 1)"]], "random"],
    [[["batches.push(order", "batches.push([], order"]], "every batch but the last"],
    [[["[order[i], order[j]] = [order[j]!, order[i]!]", "order[i] = order[j]"]], "occurs twice"],
    [
      [["for (let i = count - 1; i > 0; i--) {", "order.sort(() => random() - 0.5);\n  for (let i = 0; i > 0; i--) {"]],
      "no fair shuffle",
    ],
    [[["(i + 1)", "i"]], "no fair shuffle"],
    [[["(i + 1)", "count"]], "no fair shuffle"],
  ];
  for (const [changes, words] of cases) {
    const { status, message } = await saidOf("miniBatches", ...changes);
    assertEquals(status, "wrong", words);
    assertStringIncludes(message, words);
  }
});
