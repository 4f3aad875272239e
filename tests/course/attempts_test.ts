// deno-lint-ignore-file no-explicit-any -- attempts are what readers write
// Attempts that fooled the judge once, or that it called by a wrong name; and right ones in many styles.
import { assert, assertEquals } from "@std/assert";
import { exercise } from "../../lib/course/catalogue.ts";
import { checkAttempt } from "../../lib/course/judge.ts";

const said = (id: string, attempt: unknown) => checkAttempt(exercise(id), attempt);

/** Wrong, and once accepted. */
const WRONG: Readonly<Record<string, readonly ((...given: any[]) => unknown)[]>> = {
  "01a": [(_p, r, c) => 28 * r + c],
  "01b": [
    (cells: string[]) => cells.some((c) => Number.isNaN(parseFloat(c))),
    (cells: string[]) => cells.some((c) => Number.isNaN(parseInt(c))),
    (cells: string[]) => isNaN(cells.reduce((s, c) => s + parseFloat(c), 0)),
    (cells: string[]) => cells.some((c) => c.trim() === "" || /[a-z]/i.test(c)),
  ],
  "04b": [(z: number[]) => ({ ...z.map((v) => Math.max(0, v)) })],
  "04c": [
    (a, b) => a[1] === b[0] || a[1] === 1 || b[0] === 1 ? [a[0], b[1]] : [],
    (a, b) => a[1] === b[0] ? [a[0], b[1]] : {},
    (a, b) => a[1] === b[0] ? [a[0], b[1]] : new Set(),
  ],
  "07b": [
    (W: number[][], dZ: number[][], Z: number[][]) => Z.map((z, i) => z.map((v, j) => v >= 0.5 ? fed(W, dZ, i, j) : 0)),
    (W: number[][], dZ: number[][], Z: number[][]) => Z.map((z, i) => z.map((v, j) => v > 0.1 ? fed(W, dZ, i, j) : 0)),
    (W: number[][], dZ: number[][], Z: number[][]) =>
      Z.map((z, i) => z.map((v, j) => v > 0 ? fed(W.slice(0, 3), dZ, i, j) : 0)),
  ],
  "09a": [
    (y: number[], labels: number[]) => {
      const c = Math.max(...labels, ...y) + 1, counts = Array.from({ length: c }, () => Array(c).fill(0));
      labels.forEach((label, i) => counts[label]![y[i]!]++);
      return counts;
    },
    (y: number[], labels: number[], classes: number) =>
      Object.fromEntries(
        Array.from({ length: classes }, (_, r) => [
          r,
          Array.from({ length: classes }, (_, c) => labels.filter((l, i) => l === r && y[i] === c).length),
        ]),
      ),
  ],
  "09c": [
    (m: number[][], x: number[]) => nearest(m, (a) => (a.at(0)! - x[0]!) ** 2),
    (m: number[][], x: number[]) => nearest(m, (a) => total(a.slice(1).map((v, i) => (v - x[i + 1]!) ** 2))),
    (m: number[][], x: number[]) => nearest(m, (a) => total(a.slice(0, -1).map((v, i) => (v - x[i]!) ** 2))),
    (m: number[][], x: number[]) => nearest(m, (a) => Math.max(...a.map((v, i) => Math.abs(v - x[i]!)))),
    (m: number[][], x: number[]) =>
      nearest(m, (a) => a.map((v, i) => (v - x[i]!) ** 2).reduce((s, v, i) => i === 1 ? v : s + v)),
    () => 1,
  ],
  "10a": [
    (theta: number[][]) => ({ bias: theta.map((r) => r[0]), weights: theta.map((r) => r.filter((w) => w !== r[0])) }),
  ],
  "08b": [
    (p: number[]) => p.slice(0, 3).indexOf(Math.max(...p.slice(0, 3))),
    (p: number[]) => p.findIndex((v) => v > 1 / p.length),
    (p: number[]) => p.indexOf([...p].sort().at(-1)!),
  ],
  "08c": [(c: number[]) => 2 / [...c].sort().reverse()[0]!],
  "05a": [
    (P: number[][], y: number[]) =>
      -total(P.flatMap((p, j) => p.map((v, k) => (y[j] === k ? 1 : 0) * Math.log(v)))) / y.length,
    (P: number[][], y: number[]) => -total(P.map((p, j) => Math.log(Math.max(1e-7, p[y[j]!]!)))) / y.length,
  ],
  "11a": [
    (a: number[][], b: number[][]) => [...a.flat(), ...b.flat()].sort((x, y) => x - y),
    (a: number[][], b: number[][]) => [...new Set([...a.flat(), ...b.flat()])],
  ],
  "12a": [(n: number) => Math.ceil(n / 32)],
  "12b": [
    ({ m, v, w }, g, t, rate) => {
      [m, v] = [0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g];
      return { m, v, w: w - rate * m / (1 - 0.9 ** t) / Math.sqrt(v / (1 - 0.999 ** t) + 1e-7) };
    },
  ],
  "13a": [
    (grey: number[], w: number) => mean(grey) > mean([...grey.slice(0, w), ...grey.slice(-w)]),
    (grey: number[], w: number) => mean(grey) > mean(grey.filter((_, i) => i % w === 0 || i % w === w - 1)),
    (grey: number[], w: number) => mean(grey) > mean(grey.filter((_, i) => i % w === 0 || i < w)),
    (grey: number[], w: number) => mean(grey) > mean(grey.filter((_, i) => rim(i, w, w))),
    (grey: number[]) => mean(grey) > grey.toSorted((a, b) => a - b)[grey.length >> 1]!,
    (grey: number[], w: number) => mean(grey) > mean(grey.slice(0, w)),
  ],
  "14a": [
    (p, q, n) => Math.abs(p - q) > 1.96 * Math.sqrt(2 * p * (1 - p) / n),
    (p, q, n) => Math.abs(p - q) > 1.96 * Math.sqrt(2 * q * (1 - q) / n),
    (p, q, n) => Math.abs(p - q) > 2 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n),
    (p, q, n) => Math.abs(p - q) > 1.96 * Math.sqrt((p * (1 - p) + q * (1 - q)) / (n - 1)),
  ],
};

const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: number[]) => total(values) / values.length;
const rim = (i: number, width: number, height: number) =>
  i % width === 0 || i % width === width - 1 || i < width || i >= width * (height - 1);
const fed = (W: number[][], dZ: number[][], i: number, j: number) => total(W.map((row, k) => row[i]! * dZ[k]![j]!));
const nearest = (means: number[][], far: (mean: number[]) => number) => {
  const all = means.map(far);
  return all.indexOf(Math.min(...all));
};

for (const [id, attempts] of Object.entries(WRONG)) {
  Deno.test(`exercise ${id}: ${attempts.length} wrong answers that were once called right are refused`, () => {
    attempts.forEach((attempt, i) => assertEquals(said(id, attempt).status, "wrong", `attempt ${i}: ${attempt}`));
  });
}

Deno.test("right answers are right in any style: loops, typed arrays, Float32, booleans and numbers, both forms of Adam", () => {
  const right: [string, (...given: any[]) => unknown][] = [
    [
      "04a",
      (logits: number[][]) =>
        logits.map((z) => Float32Array.from(z, (v) => 1 / total(z.map((other) => Math.exp(other - v))))),
    ],
    ["04a", (logits: number[][]) => logits.map((z) => z.map((v) => 1 / total(z.map((other) => Math.exp(other - v)))))],
    ["07a", (dZ: number[][]) => Float32Array.from(dZ, mean)],
    ["07a", (dZ: number[][]) => {
      const out = new Float64Array(dZ.length);
      for (const [u, row] of dZ.entries()) for (const v of row) out[u]! += v / row.length;
      return out;
    }],
    ["08a", (w: number[], g: number[], rate: number) => Float32Array.from(w, (v, i) => v - rate * g[i]!)],
    [
      "13b",
      (ink: number[], width: number) =>
        Float32Array.of(
          total(ink.map((v, i) => v * (i % width))) / total(ink),
          total(ink.map((v, i) => v * Math.floor(i / width))) / total(ink),
        ),
    ],
    ["10c", (z: number, y: number) => {
      const a = Math.exp(z) / (1 + Math.exp(z)), slope = a * (1 - a);
      return { crossEntropy: (-y / a + (1 - y) / (1 - a)) * slope, squared: (a - y) * slope };
    }],
    ["05d", (label: number) => ({
      cheap: [0, 1, 2].map((k) => k === label ? 0.9 : 0.05),
      dear: [0, 1, 2].map((k) => k === label ? 0.9 ** 10 : (1 - 0.9 ** 10) / 2),
    })],
    ["10c", (z: number, y: number) => {
      const a = (1 + Math.tanh(z / 2)) / 2;
      return { squared: (a - y) / 4 * (1 - Math.tanh(z / 2) ** 2), crossEntropy: a - y };
    }],
    ["12b", ({ m, v, w }, g, t, rate) => {
      [m, v] = [0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g];
      return { w: w - rate * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t) * m / (Math.sqrt(v) + 1e-7), v, m };
    }],
    ["04b", (z: number[]) => z.map((v) => v * Number(v > 0))],
    [
      "02b",
      (labels: number[], classes: number) =>
        labels.map((l) => Uint8Array.from({ length: classes }, (_, k) => Number(k === l))),
    ],
  ];
  for (const [id, attempt] of right) {
    assertEquals(said(id, attempt).status, "right", `${id} ${attempt}: ${said(id, attempt).message}`);
  }
  assert(said("07a", (dZ: number[][]) => Float32Array.from(dZ, mean)).message.includes("seven digits"));
});

Deno.test("no mistake is named that was not made", () => {
  const cases: [string, (...given: any[]) => unknown, RegExp][] = [
    ["01a", (p, r, c) => p[r]?.[c], /An index outside a list\? A flat list taken for rows of rows\?/],
    ["01a", (p, r, c) => p[28 * (r - 1) + c - 1], /^Off by one/],
    [
      "01b",
      (cells: string[]) => cells.some((c) => c.trim() === "" || Number.isNaN(c as never)),
      /^Only empty cells are found/,
    ],
    ["01b", (cells: string[]) => cells.some(Number.isNaN as never), /^A text is never NaN/],
    ["01b", () => false, /^(?!You ask whether every cell)(?!NaN)/],
    ["01b", (cells: string[]) => {
      cells.forEach((c) => {
        if (c === "") return true;
      });
      return false;
    }, /^(?!You ask whether every cell)/],
    ["04b", (z: number[]) =>
      z.map((v) => {
        if (v > 0) return v;
      }), /^Where a sum is not above 0 your function inside returns nothing/],
    [
      "04c",
      (a, b) => a[1] === b[0] ? [a[0], b[1]] : [undefined, undefined],
      /In some places there is nothing|The function inside/,
    ],
    [
      "05c",
      (z: number[], label: number) => Math.log(total(z.map((v) => Math.exp(v - z[label]!)))),
      /^Where logits lie far apart/,
    ],
    ["06a", (f) => f.x, /^Your function returns undefined every time/],
    ["06a", (f, x, h) => (-f(x + 2 * h) + 8 * f(x + h) - 8 * f(x - h) + f(x - 2 * h)) / (12 * h), /^Not yet/],
    ["13a", (grey: number[], w: number) => mean(grey) > mean(grey.slice(0, w)), /^Not yet/],
    [
      "13a",
      (grey: number[], w: number) => mean(grey) > total(grey.filter((_, i) => rim(i, w, grey.length / w))),
      /^For every picture you say that the ink is dark/,
    ],
    ["14a", (p, q, n) => Math.abs(p - q) > 1.645 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n), /^Not yet/],
    ["14a", (p, q, n) => Math.abs(p - q) > 2.58 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n), /^Not yet/],
    ["14a", (p, q, n) => Math.abs(p - q) > 1.96 * (p * (1 - p) + q * (1 - q)) / n, /^Not yet/],
    ["09c", () => 1, /^Not yet/],
    [
      "09c",
      (m: number[][], x: number[]) => nearest(m, (a) => Math.abs(total(a) - total(x))),
      /^Differences of both signs cancel/,
    ],
  ];
  for (const [id, attempt, message] of cases) {
    const verdict = said(id, attempt);
    assertEquals(verdict.status, "wrong", String(attempt));
    assert(message.test(verdict.message), `${id} ${attempt}: ${verdict.message}`);
  }
});

Deno.test("what prints as nothing is called by its name, and kinds of wrong values are told", () => {
  const cases: [string, (...given: any[]) => unknown, string][] = [
    [
      "14b",
      (m: number, parts: number[][]) =>
        new Set(Array.from({ length: m }, (_, i) => i).filter((i) => !parts.flat().includes(i))),
      "a Set of",
    ],
    ["07a", function* (dZ: number[][]) {
      for (const row of dZ) yield mean(row);
    }, "an iterator"],
    ["10a", (theta: number[][]) => new Map([["bias", theta.map((r) => r[0])]]), "a Map of"],
    ["12a", () => Number, "got function"],
    ["04b", (z: number[]) => z.map(async (v) => await Promise.resolve(v)), "promises inside a list"],
    ["04b", async (z: number[]) => await Promise.reject(new Error(String(z))), "is async"],
    ["09b", (p, n) => (1.96 * Math.sqrt(p * (1 - p) / n)).toFixed(4), "That is text, not a number"],
    ["09b", (p, n) => Number((1.96 * Math.sqrt(p * (1 - p) / n)).toFixed(3)), "rounded"],
    ["04b", (z: number[]) => z.map(() => {}), "The function inside returns nothing"],
    ["04b", () => {}, "is `return` missing?"],
    ["08b", (p: number[]) => p[99], "An index outside a list?"],
    ["02a", () =>
      new Proxy({}, {
        ownKeys() {
          throw new Error("boo");
        },
      }), "boo"],
    ["02a", () => ({
      get test() {
        throw new Error("boo");
      },
    }), "boo"],
    ["08b", class {} as never, "it threw TypeError"],
  ];
  for (const [id, attempt, words] of cases) {
    const verdict = said(id, attempt);
    assertEquals(verdict.status, "wrong", String(attempt));
    assert(verdict.message.includes(words), `${id} ${attempt}: ${verdict.message}`);
  }
});

Deno.test("an attempt that overwrites what the page lives on is judged, and all is put back", () => {
  const { max } = Math, { map } = Array.prototype;
  const verdict = said("04b", (z: number[]) => {
    Math.max = () => 0;
    Array.prototype.map = () => [];
    (Object.prototype as any).extra = 1;
    return z;
  });
  assertEquals(verdict.status, "wrong");
  assertEquals([Math.max, Array.prototype.map, "extra" in {}], [max, map, false]);
});
