/**
 * The test set of Moré, Garbow and Hillstrom: 35 sums of squares with standard starts, on which optimisers are compared.
 *
 * @see Moré, Garbow, Hillstrom, "Testing Unconstrained Optimization Software", ACM TOMS 7 (1981)
 * @module
 */
import type { Objective } from "../../lib/training/objective.ts";
import { sumOfSquares } from "./dual.ts";

/** A problem of the set. */
export interface Problem {
  /** Its number in the paper. */
  readonly number: number;
  /** Where to begin. */
  readonly start: Float64Array;
  /** What to minimise. */
  readonly objective: Objective;
}

const BARD = [.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.1, 4.39];
const GAUSS = [.0009, .0044, .0175, .054, .1295, .242, .3521, .3989, .3521, .242, .1295, .054, .0175, .0044, .0009];
const MEYER = [
  ...[34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872],
];
const KOWALIK = [.1957, .1947, .1735, .16, .0844, .0627, .0456, .0342, .0323, .0235, .0246];
const KOWALIK_U = [4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625];
const OSBORNE_1 = [
  ...[.844, .908, .932, .936, .925, .908, .881, .85, .818, .784, .751, .718, .685, .658, .628, .603, .58, .558, .538],
  ...[.522, .506, .49, .478, .467, .457, .448, .438, .431, .424, .42, .414, .411, .406],
];
const OSBORNE_2 = [
  ...[1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608, .655, .616, .606, .602, .626],
  ...[.651, .724, .649, .649, .694, .644, .624, .661, .612, .558, .533, .495, .5, .423, .395, .375, .372, .391, .396],
  ...[.405, .428, .429, .523, .562, .607, .653, .672, .708, .633, .668, .645, .632, .591, .559, .597, .625, .739, .71],
  ...[.729, .72, .636, .581, .428, .292, .162, .098, .054],
];

type Residuals = (x: number[]) => number[];
const problem = (
  number: number,
  start: readonly number[],
  residuals: Residuals,
  scope: Readonly<Record<string, unknown>> = {},
): Problem => ({ number, start: Float64Array.from(start), objective: sumOfSquares(residuals, scope) });
const repeated = (values: readonly number[], n: number) =>
  Array.from({ length: n }, (_, i) => values[i % values.length]!);
const boundary = (n: number) => repeated([0], n).map((_, i) => (i + 1) / (n + 1) * ((i + 1) / (n + 1) - 1));

// In the formulas, x[0] is the paper's x₁. Whatever else a formula uses comes in by its scope: it is taken apart as text.
declare const y: number[], u: number[];

const watson: Residuals = (x) => {
  const f: number[] = [];
  for (let i = 1; i <= 29; i++) {
    const t = i / 29;
    let slope = 0, sum = 0;
    for (let j = 1; j < x.length; j++) slope += j * x[j]! * t ** (j - 1);
    for (let j = 0; j < x.length; j++) sum += x[j]! * t ** j;
    f.push(slope - sum ** 2 - 1);
  }
  f.push(x[0]! * 1, x[1]! - x[0]! ** 2 - 1);
  return f;
};
const extendedRosenbrock: Residuals = (x) => {
  const f: number[] = [];
  for (let i = 0; i < x.length; i += 2) f.push(10 * (x[i + 1]! - x[i]! ** 2), 1 - x[i]!);
  return f;
};
const extendedPowell: Residuals = (x) => {
  const f: number[] = [];
  for (let i = 0; i < x.length; i += 4) {
    f.push(x[i]! + 10 * x[i + 1]!, Math.sqrt(5) * (x[i + 2]! - x[i + 3]!));
    f.push((x[i + 1]! - 2 * x[i + 2]!) ** 2, Math.sqrt(10) * (x[i]! - x[i + 3]!) ** 2);
  }
  return f;
};
const penalty1: Residuals = (x) => {
  const f: number[] = [];
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    f.push(Math.sqrt(1e-5) * (x[i]! - 1));
    sum += x[i]! ** 2;
  }
  f.push(sum - 0.25);
  return f;
};
const penalty2: Residuals = (x) => {
  const n = x.length, f = [x[0]! - 0.2];
  let sum = n * x[0]! ** 2;
  for (let i = 2; i <= n; i++) {
    const target = Math.exp(i / 10) + Math.exp((i - 1) / 10);
    f.push(Math.sqrt(1e-5) * (Math.exp(x[i - 1]! / 10) + Math.exp(x[i - 2]! / 10) - target));
    sum += (n - i + 1) * x[i - 1]! ** 2;
  }
  for (let i = 2; i <= n; i++) f.push(Math.sqrt(1e-5) * (Math.exp(x[i - 1]! / 10) - Math.exp(-1 / 10)));
  f.push(sum - 1);
  return f;
};
const linearRank1: Residuals = (x) => {
  const f: number[] = [];
  let sum = 0;
  for (let j = 1; j <= x.length; j++) sum += j * x[j - 1]!;
  for (let i = 1; i <= 20; i++) f.push(i * sum - 1);
  return f;
};
const chebyquad: Residuals = (x) => {
  const n = x.length, f: number[] = [];
  for (let i = 1; i <= n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) { // the shifted polynomial by its recurrence
      let before = 1 + 0 * x[j]!, now = 2 * x[j]! - 1;
      for (let k = 2; k <= i; k++) {
        const next = 2 * (2 * x[j]! - 1) * now - before;
        before = now;
        now = next;
      }
      sum += now;
    }
    f.push(sum / n + (i % 2 === 0 ? 1 / (i ** 2 - 1) : 0));
  }
  return f;
};

/** The 43 problems, in the order of the paper: 35 functions, some in several sizes. */
export const PROBLEMS: readonly Problem[] = [
  problem(1, [-1.2, 1], extendedRosenbrock),
  problem(2, [0.5, -2], ([a, b]) => [
    a! - 13 + ((5 - b!) * b! - 2) * b!,
    a! - 29 + ((b! + 1) * b! - 14) * b!,
  ]),
  problem(3, [0, 1], ([a, b]) => [1e4 * a! * b! - 1, Math.exp(-a!) + Math.exp(-b!) - 1.0001]),
  problem(4, [1, 1], ([a, b]) => [a! - 1e6, b! - 2e-6, a! * b! - 2]),
  problem(5, [1, 1], ([a, b]) => [1.5 - a! * (1 - b!), 2.25 - a! * (1 - b! ** 2), 2.625 - a! * (1 - b! ** 3)]),
  problem(6, [0.3, 0.4], ([a, b]) => {
    const f: number[] = [];
    for (let i = 1; i <= 10; i++) f.push(2 + 2 * i - (Math.exp(i * a!) + Math.exp(i * b!)));
    return f;
  }),
  problem(7, [-1, 0, 0], ([a, b, c]) => {
    const turn = Math.atan(b! / a!) / (2 * Math.PI) + (a! < 0 ? 0.5 : 0);
    return [10 * (c! - 10 * turn), 10 * (Math.sqrt(a! ** 2 + b! ** 2) - 1), 1 * c!];
  }),
  problem(8, [1, 1, 1], ([a, b, c]) => {
    const f: number[] = [];
    for (let i = 1; i <= 15; i++) f.push(y[i - 1]! - (a! + i / ((16 - i) * b! + (i < 8 ? i : 16 - i) * c!)));
    return f;
  }, { y: BARD }),
  problem(9, [0.4, 1, 0], ([a, b, c]) => {
    const f: number[] = [];
    for (let i = 1; i <= 15; i++) f.push(a! * Math.exp(-b! * ((8 - i) / 2 - c!) ** 2 / 2) - y[i - 1]!);
    return f;
  }, { y: GAUSS }),
  problem(10, [0.02, 4000, 250], ([a, b, c]) => {
    const f: number[] = [];
    for (let i = 1; i <= 16; i++) f.push(a! * Math.exp(b! / (45 + 5 * i + c!)) - y[i - 1]!);
    return f;
  }, { y: MEYER }),
  problem(11, [5, 2.5, 0.15], ([a, b, c]) => {
    const f: number[] = [];
    for (let i = 1; i <= 10; i++) {
      const t = i / 100, centre = 25 + (-50 * Math.log(t)) ** (2 / 3);
      f.push(Math.exp(-(Math.abs(centre - b!) ** c!) / a!) - t);
    }
    return f;
  }),
  problem(12, [0, 10, 20], ([a, b, c]) => {
    const f: number[] = [];
    for (let i = 1; i <= 10; i++) {
      const t = 0.1 * i;
      f.push(Math.exp(-t * a!) - Math.exp(-t * b!) - c! * (Math.exp(-t) - Math.exp(-10 * t)));
    }
    return f;
  }),
  problem(13, [3, -1, 0, 1], extendedPowell),
  problem(14, [-3, -1, -3, -1], ([a, b, c, d]) => [
    ...[10 * (b! - a! ** 2), 1 - a!, Math.sqrt(90) * (d! - c! ** 2), 1 - c!],
    ...[Math.sqrt(10) * (b! + d! - 2), (b! - d!) / Math.sqrt(10)],
  ]),
  problem(15, [0.25, 0.39, 0.415, 0.39], ([a, b, c, d]) => {
    const f: number[] = [];
    for (let i = 0; i < 11; i++) f.push(y[i]! - a! * (u[i]! ** 2 + u[i]! * b!) / (u[i]! ** 2 + u[i]! * c! + d!));
    return f;
  }, { y: KOWALIK, u: KOWALIK_U }),
  problem(16, [25, 5, -5, -1], ([a, b, c, d]) => {
    const f: number[] = [];
    for (let i = 1; i <= 20; i++) {
      const t = i / 5;
      f.push((a! + t * b! - Math.exp(t)) ** 2 + (c! + d! * Math.sin(t) - Math.cos(t)) ** 2);
    }
    return f;
  }),
  problem(17, [0.5, 1.5, -1, 0.01, 0.02], ([a, b, c, d, e]) => {
    const f: number[] = [];
    for (let i = 0; i < 33; i++) f.push(y[i]! - (a! + b! * Math.exp(-10 * i * d!) + c! * Math.exp(-10 * i * e!)));
    return f;
  }, { y: OSBORNE_1 }),
  problem(18, [1, 2, 1, 1, 1, 1], ([a, b, c, d, e, g]) => {
    const f: number[] = [];
    for (let i = 1; i <= 13; i++) {
      const t = 0.1 * i, wanted = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
      f.push(c! * Math.exp(-t * a!) - d! * Math.exp(-t * b!) + g! * Math.exp(-t * e!) - wanted);
    }
    return f;
  }),
  problem(19, [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], (x) => {
    const f: number[] = [];
    for (let i = 0; i < 65; i++) {
      const t = i / 10;
      let sum = x[0]! * Math.exp(-t * x[4]!);
      for (let k = 0; k < 3; k++) sum += x[k + 1]! * Math.exp(-((t - x[k + 8]!) ** 2) * x[k + 5]!);
      f.push(y[i]! - sum);
    }
    return f;
  }, { y: OSBORNE_2 }),
  ...[6, 9, 12].map((n) => problem(20, repeated([0], n), watson)),
  ...[10, 100].map((n) => problem(21, repeated([-1.2, 1], n), extendedRosenbrock)),
  ...[12, 100].map((n) => problem(22, repeated([3, -1, 0, 1], n), extendedPowell)),
  ...[4, 10].map((n) => problem(23, repeated([0], n).map((_, i) => i + 1), penalty1)),
  ...[4, 10].map((n) => problem(24, repeated([0.5], n), penalty2)),
  problem(25, repeated([0], 10).map((_, i) => 1 - (i + 1) / 10), (x) => {
    const f: number[] = [];
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      f.push(x[i]! - 1);
      sum += (i + 1) * (x[i]! - 1);
    }
    f.push(1 * sum, sum ** 2);
    return f;
  }),
  problem(26, repeated([0.1], 10), (x) => {
    const n = x.length, f: number[] = [];
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.cos(x[j]!);
    for (let i = 0; i < n; i++) f.push(n - sum + (i + 1) * (1 - Math.cos(x[i]!)) - Math.sin(x[i]!));
    return f;
  }),
  problem(27, repeated([0.5], 10), (x) => {
    const n = x.length, f: number[] = [];
    let sum = 0, product = 1;
    for (let j = 0; j < n; j++) {
      sum += x[j]!;
      product *= x[j]!;
    }
    for (let i = 0; i < n - 1; i++) f.push(x[i]! + sum - (n + 1));
    f.push(product - 1);
    return f;
  }),
  problem(28, boundary(10), (x) => {
    const n = x.length, h = 1 / (n + 1), f: number[] = [];
    for (let i = 0; i < n; i++) {
      const left = i > 0 ? x[i - 1]! : 0, right = i < n - 1 ? x[i + 1]! : 0;
      f.push(2 * x[i]! - left - right + h ** 2 * (x[i]! + (i + 1) * h + 1) ** 3 / 2);
    }
    return f;
  }),
  problem(29, boundary(10), (x) => {
    const n = x.length, h = 1 / (n + 1), f: number[] = [];
    for (let i = 1; i <= n; i++) {
      let below = 0, above = 0;
      for (let j = 1; j <= n; j++) {
        const cube = (x[j - 1]! + j * h + 1) ** 3;
        if (j <= i) below += j * h * cube;
        else above += (1 - j * h) * cube;
      }
      f.push(x[i - 1]! + h * ((1 - i * h) * below + i * h * above) / 2);
    }
    return f;
  }),
  problem(30, repeated([-1], 10), (x) => {
    const n = x.length, f: number[] = [];
    for (let i = 0; i < n; i++) {
      const left = i > 0 ? x[i - 1]! : 0, right = i < n - 1 ? x[i + 1]! : 0;
      f.push((3 - 2 * x[i]!) * x[i]! - left - 2 * right + 1);
    }
    return f;
  }),
  problem(31, repeated([-1], 10), (x) => {
    const n = x.length, f: number[] = [];
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = Math.max(0, i - 5); j <= Math.min(n - 1, i + 1); j++) if (j !== i) sum += x[j]! * (1 + x[j]!);
      f.push(x[i]! * (2 + 5 * x[i]! ** 2) + 1 - sum);
    }
    return f;
  }),
  problem(32, repeated([1], 10), (x) => {
    const n = x.length, f: number[] = [];
    let sum = 0;
    for (let j = 0; j < n; j++) sum += x[j]!;
    for (let i = 0; i < 20; i++) f.push((i < n ? x[i]! : 0) - 2 / 20 * sum - 1);
    return f;
  }),
  problem(33, repeated([1], 10), linearRank1),
  problem(34, repeated([1], 10), (x) => {
    const f = [-1];
    let sum = 0;
    for (let j = 2; j < x.length; j++) sum += j * x[j - 1]!;
    for (let i = 2; i < 20; i++) f.push((i - 1) * sum - 1);
    f.push(-1);
    return f;
  }),
  ...[8, 9, 10].map((n) => problem(35, repeated([0], n).map((_, j) => (j + 1) / (n + 1)), chebyquad)),
];
