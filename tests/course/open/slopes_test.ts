import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";
import { fromRows } from "../../../lib/matrix.ts";
import { forward } from "../../../lib/network/forward.ts";
import { numericGradients } from "../../../lib/network/gradient_check.ts";
import type { Network } from "../../../lib/network/network.ts";
import { at } from "../../../lib/matrix.ts";

const said = (id: string, attempt: unknown) => checkAttempt(exercise(id), attempt);

Deno.test("06d: the five slopes are those that brute force measures on chapter 06's second network", () => {
  const network: Network = {
    layers: [
      { weights: fromRows([[0.5, 1], [-1, 0.5]]), bias: fromRows([[0.5], [1]]), activation: "relu" },
      { weights: fromRows([[0.5, 1], [-0.25, 2]]), bias: fromRows([[0.03047], [0]]), activation: "softmax" },
    ],
  };
  const x = fromRows([[2], [-1]]);
  assertAlmostEquals(forward(network, x).probabilities.data[0]!, 0.6, 1e-5);
  const { layers: [first, second] } = numericGradients(network, x, [0]);
  const solved = exercise("06d").solve() as Record<string, number>;
  assertAlmostEquals(solved.out!, at(second!.weights, 1, 0), 1e-4);
  assertAlmostEquals(solved.outBias!, at(second!.bias, 0, 0), 1e-4);
  assertAlmostEquals(solved.hidden!, at(first!.bias, 0, 0), 1e-4);
  assertAlmostEquals(solved.weight!, at(first!.weights, 0, 1), 1e-4);
  assertAlmostEquals(solved.silent!, at(first!.weights, 1, 0), 1e-4);
});

Deno.test("06d: each line has a verdict of its own, with the slip where it is a known one", () => {
  const { status, message } = said("06d", () => ({ out: 0.4, outBias: 0.4, hidden: -0.3, weight: -0.3, silent: 0.8 }));
  assertEquals(status, "wrong");
  assertEquals(message.split("\n").map((line) => line.slice(0, 9)), [
    "1 of 5.",
    "✗ out: 0.",
    "✗ outBias",
    "✓ hidden:",
    "✗ weight:",
    "✗ silent:",
  ]);
  for (const words of ["times what came in", "sign is turned", "forgot x", "ReLU's mask"]) {
    assertStringIncludes(message, words);
  }
  assertEquals(
    said("06d", () => ({ out: 0.2004, outBias: -0.4, hidden: -0.2996, weight: 0.3, silent: 0 })).status,
    "right",
  );
  assertStringIncludes(said("06d", () => ({ out: 0.2, outBias: "x", hidden: 1, weight: 1, silent: 1 })).message, '"x"');
});

Deno.test("06e: four wrong gradients must pass the check; the first that is caught is named", () => {
  for (const right of [{ w: 0, x: 1, b: 1, y: 0 }, { w: 2, x: 1, b: -1, y: 0.5 }]) {
    assertEquals(said("06e", () => right).status, "right", said("06e", () => right).message);
  }
  const cases: [Record<string, unknown>, string][] = [
    [{ w: -1, x: 1, b: 0, y: 3 }, "there is nothing to check"],
    [{ w: 0.5, x: 2, b: 0.5, y: 3 }, "forgets x"],
    [{ w: 1, x: 1, b: 0.5, y: 3 }, "relu's value"],
    [{ w: 0.5, x: 1, b: 0.5, y: 1 }, "nothing to check"],
    [{ w: -1, x: -1, b: 0, y: 3 }, "forgets x"],
    [{ w: 1, x: 1, b: -1, y: 3 }, "kink"],
    [{ w: "1", x: 1, b: 0, y: 3 }, "w should be a number"],
  ];
  for (const [attempt, words] of cases) {
    const { status, message } = said("06e", () => attempt);
    assertEquals(status, "wrong");
    assertStringIncludes(message, words);
  }
});
