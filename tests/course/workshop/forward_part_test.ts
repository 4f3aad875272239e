import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";
import { saidOf, solved } from "./readers.ts";

const WRONG: readonly { name: string; changes: [string, string][]; first: string; says: string }[] = [
  { name: "no bias", changes: [["bias[unit]!)", "0)"]], first: "Z1", says: "bias is missing" },
  { name: "one bias for all", changes: [["bias[unit]!)", "bias[0]!)"]], first: "Z1", says: "One bias for all" },
  { name: "bias subtracted", changes: [["bias[unit]!)", "-bias[unit]!)"]], first: "Z1", says: "subtracted" },
  {
    name: "weights transposed",
    changes: [["sum + w * before", "sum + weights[input][unit] * before"]],
    first: "Z1",
    says: "Row and column",
  },
  { name: "no bend", changes: [["Math.max(0, value)", "value"]], first: "A1", says: "bend is missing" },
  { name: "sigmoids", changes: [["Math.max(0, value)", "1 / (1 + Math.exp(-value))"]], first: "A1", says: "sigmoid" },
  { name: "ReLU's slope", changes: [["Math.max(0, value)", "Number(value > 0)"]], first: "A1", says: "slope" },
  {
    name: "no division",
    changes: [["value / total[j]!", "value"], ["z - largest[j]!", "z"]],
    first: "A2",
    says: "do not sum to 1",
  },
  {
    name: "along the rows",
    changes: [["row.map((value, j) => value / total[j]!)", "row.map((value) => value / row.reduce((a, b) => a + b))"], [
      "z - largest[j]!",
      "z",
    ]],
    first: "A2",
    says: "along the rows",
  },
  {
    name: "one total",
    changes: [["value / total[j]!", "value / total.reduce((a, b) => a + b)"], ["z - largest[j]!", "z"]],
    first: "A2",
    says: "sum over all digits",
  },
  { name: "overflow", changes: [["z - largest[j]!", "z"]], first: "A1", says: "infinity / infinity" },
  {
    name: "ReLU at the end",
    changes: [["A[A.length - 1] =", "const unused ="]],
    first: "A2",
    says: "softmax, not ReLU",
  },
];

for (const { name, changes, first, says } of WRONG) {
  Deno.test(`forward, ${name}: the first tensor that is off is named, ${first}`, async () => {
    const { status, message } = await saidOf("forward", ...changes);
    assertEquals(status, "wrong");
    assertMatch(message, new RegExp(`(^Not yet\\. |\\n)${first} wrong: `));
    assertStringIncludes(message, says);
  });
}

Deno.test("forward: right as it is, with typed rows, and what has another form gets a sentence", async () => {
  const right = await solved("forward");
  assertEquals(
    checkAttempt(exercise("forward"), right).message,
    "Right: A0 exact, Z1 exact, A1 exact, Z2 exact, A2 exact.",
  );
  type Pass = { Z: number[][][]; A: number[][][] };
  const as = (change: (pass: Pass) => unknown) =>
    checkAttempt(exercise("forward"), (...given: unknown[]) => change(right(...given) as Pass));
  assertEquals(as(({ Z, A }) => ({ Z: Z.map((z) => z.map((row) => Float64Array.from(row))), A })).status, "right");
  assertStringIncludes(as(({ Z, A }) => ({ Z, A: A.slice(1) })).message, "A begins with the images");
  assertStringIncludes(as(({ Z, A }) => ({ Z: Z.slice(1), A })).message, "Z should have 2 entries");
  assertStringIncludes(as(({ A }) => A.at(-1)).message, "Return an object, { Z, A }");
  assertStringIncludes(
    as(({ Z, A }) => ({ Z: Z.map((z) => z[0]!.map((_, j) => z.map((row) => row[j]))), A })).message,
    "its shape should be 2 × 3, got 3 × 2",
  );
  assertStringIncludes(
    await saidOf("forward", ["const last", "A[0]![0]![0] = 7;\n  const last"]).then((v) => v.message),
    "7 instead of",
  );
});
