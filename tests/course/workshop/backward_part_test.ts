import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import type { AnyFunction } from "../../../lib/course/exercise.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";
import { saidOf, solved } from "./readers.ts";

/** Typical wrong backward passes: what is changed, which tensor is off first, and what is said of it. */
const WRONG: readonly { name: string; changes: [string, string][]; first: string; says: string }[] = [
  {
    name: "one bias gradient for all",
    changes: [[
      "own.map((row) => row.reduce((sum, value) => sum + value, 0) / m)",
      "own.map(() => own.flat().reduce((sum, value) => sum + value, 0) / m)",
    ]],
    first: "db3",
    says: "tutorials 000 and 001",
  },
  {
    name: "mask after ReLU",
    changes: [["pass.Z[l - 1]!.map", "pass.A[l]!.map"], ["z > 0", "z >= 0"]],
    first: "dZ2",
    says: "lets everything through",
  },
  { name: "no mask", changes: [["z > 0 ?", "true ?"]], first: "dZ2", says: "mask is missing" },
  {
    name: "missing transpose",
    changes: [["weights[k]![unit]!", "weights[unit]![k]!"]],
    first: "dZ2",
    says: "transpose is missing",
  },
  {
    name: "1/m twice",
    changes: [["labels[j] === k ? a - 1 : a", "(labels[j] === k ? a - 1 : a) / m"]],
    first: "dW3",
    says: "taken twice",
  },
  {
    name: "1/m twice, in dW itself",
    changes: [["* weights[unit]![i]!) / m", "* weights[unit]![i]!) / m / m"]],
    first: "dW3",
    says: "taken twice",
  },
  {
    name: "mask of the layer behind",
    changes: [["z > 0", "pass.Z[l]![unit]![j]! > 0"]],
    first: "dZ2",
    says: "mask of the layer behind",
  },
  {
    name: "mask of the layer before",
    changes: [["z > 0", "pass.A[l - 1]![unit]![j]! > 0"]],
    first: "dZ2",
    says: "mask of the layer before",
  },
  {
    name: "W updated before it is used",
    changes: [[
      "    if (l === 0) break;",
      "    weights.forEach((row, u) => row.forEach((_, i) => row[i] -= 0.1 * dW[0][u][i]));\n    if (l === 0) break;",
    ]],
    first: "dZ2",
    says: "changes its input, layers[",
  },
  {
    name: "the sigmoid's slope twice",
    changes: [["labels[j] === k ? a - 1 : a", "(labels[j] === k ? a - 1 : a) * a * (1 - a)"]],
    first: "dZ3",
    says: "slope too many",
  },
  {
    name: "in-place mutation",
    changes: [[
      "pass.A[pass.A.length - 1]!.map((row, k) => row.map((a, j) => labels[j] === k ? a - 1 : a))",
      "pass.A[pass.A.length - 1]; labels.forEach((label, j) => blame[label][j] -= 1)",
    ]],
    first: "",
    says: "changes its input, pass.A[3]",
  },
  {
    name: "wrong axis",
    changes: [[
      "own.map((row) => row.reduce((sum, value) => sum + value, 0) / m)",
      "own[0].map((_, j) => own.reduce((sum, row) => sum + row[j], 0) / m)",
    ]],
    first: "db3",
    says: "its shape should be 2, got 3",
  },
  { name: "sign", changes: [["a - 1 : a", "1 - a : -a"]], first: "dZ3", says: "sign is turned" },
  {
    name: "the label subtracted",
    changes: [["labels[j] === k ? a - 1 : a", "a - labels[j]"]],
    first: "dZ3",
    says: "a row's number",
  },
  { name: "its own A", changes: [["pass.A[l]!, own", "pass.A[l + 1]!, own"]], first: "dW3", says: "what came in" },
  {
    name: "Z in place of A",
    changes: [["pass.A[l]!, own", "(l ? pass.Z[l - 1] : pass.A[0])!, own"]],
    first: "dW3",
    says: "after the bend",
  },
  { name: "no penalty", changes: [["+ lambda * weights[unit]![i]!", ""]], first: "dW3", says: "penalty is missing" },
  {
    name: "penalty without 1/m",
    changes: [[" + lambda * weights[unit]![i]!) / m", ") / m + lambda * weights[unit]![i]!"]],
    first: "dW3",
    says: "penalty's 1/m",
  },
  { name: "mask at 0", changes: [["z > 0", "z >= 0"]], first: "dZ1", says: "z > 0, not z >= 0" },
  { name: "no 1/m", changes: [["const m = labels.length", "const m = 1"]], first: "dW3", says: "1/m is missing" },
  {
    name: "this layer's weights",
    changes: [["weights[k]![unit]!", "layers[l - 1]!.weights[k]![unit]!"]],
    first: "dZ2",
    says: "this layer's weights",
  },
];

for (const { name, changes, first, says } of WRONG) {
  Deno.test(`backward, ${name}: the first tensor that is off is named${first ? `, ${first}` : ""}`, async () => {
    const { status, message } = await saidOf("backward", ...changes);
    assertEquals(status, "wrong");
    if (first) assertMatch(message, new RegExp(`(^Not yet\\. |\\n)${first} wrong: `), message);
    assertStringIncludes(message, says);
  });
}

Deno.test("backward, lambda on the bias: db is named, and all before it are exact", async () => {
  const right = await solved("backward");
  const { message } = checkAttempt(
    exercise("backward"),
    ((layers, pass, labels, lambda) => {
      const gradients = right(layers, pass, labels, lambda) as { db: number[][] };
      const punished = (db: number[], l: number) =>
        db.map((slope, i) => slope + lambda / labels.length * layers[l].bias[i]);
      return { ...gradients, db: gradients.db.map(punished) };
    }) as AnyFunction,
  );
  assertStringIncludes(message, "dZ3 exact, dW3 exact.\ndb3 wrong: largest difference");
  assertStringIncludes(message, "the biases are left out");
  assertStringIncludes(message, "dW3 passes, db3 0.");
});

Deno.test("backward is right in other styles: without dZ, with the mean in dZ, Float32, typed rows", async () => {
  const right = await solved("backward");
  type Result = { dZ: number[][][]; dW: number[][][]; db: number[][] };
  const as = (change: (result: Result, m: number) => unknown) =>
    checkAttempt(
      exercise("backward"),
      ((...given) => change(right(...given) as Result, given[2].length)) as AnyFunction,
    );
  assertEquals(as(({ dW, db }) => ({ dW, db })).status, "right");
  assertEquals(as((r, m) => ({ ...r, dZ: r.dZ.map((t) => t.map((row) => row.map((v) => v / m))) })).status, "right");
  assertEquals(as((r) => ({ ...r, dW: r.dW.map((t) => t.map((row) => Float32Array.from(row))) })).status, "right");
  assertMatch(as((r) => r).message, /^Right: dZ3 exact, dW3 exact, .*\nGradient check, relative errors: dW1 passes/);
  const rough = as((r) => ({ ...r, db: r.db.map((row) => row.map((v) => Number(v.toFixed(4)))) }));
  assertMatch(rough.message, /db3 approximate: largest difference/);
});

Deno.test("backward: what is no gradient at all gets a sentence", async () => {
  const cases: [unknown, string][] = [
    [() => ({ dW: [], db: [] }), "dW should have 3 entries, one per layer, got 0"],
    [() => ({ dW: 7, db: 7 }), "a list with one entry per layer"],
    [() => [[1]], "Return an object"],
    [() => ({ dW: [[1], [2], [3]], db: [[], [], []] }), "a list of lists is asked for"],
    [() =>
      new Proxy({}, {
        get: () => {
          throw new Error("boo");
        },
      }), "boo"],
    [class {}, "it threw TypeError"],
    [function* () {
      yield 1;
    }, "is missing"],
    [async () => await Promise.resolve(1), "is async"],
  ];
  for (const [attempt, words] of cases) {
    const { status, message } = checkAttempt(exercise("backward"), attempt);
    assertEquals(status, "wrong");
    assertStringIncludes(message, words);
  }
  assertEquals(
    await saidOf("backward", ["return { dZ, dW, db }", ";"]).then(({ message }) => message),
    "Your function returns nothing: is `return` missing?",
  );
});
