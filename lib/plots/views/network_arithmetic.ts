/**
 * The arithmetic of the small network, written out: how each number comes about, in words made here, with values made elsewhere.
 *
 * @module
 */
import { inBrackets, told } from "./view.ts";

/** Where a chapter stands: what it computes with the small network. */
export type Stage = "product" | "forward" | "loss" | "backward" | "matrices" | "step";

/** One number of the network. */
export interface Quantity {
  /** As in formulas: z¹₁, ∂L/∂w²₁₂. */
  readonly name: string;
  /** How it comes about, with numbers. */
  readonly arithmetic: string;
  readonly value: number;
  /** Where it stands in the picture: see {@linkcode placeOf}. */
  readonly place: string;
  /** The edges and units that it is made of. */
  readonly from: readonly string[];
}

const LOW = "₁₂", HIGH = "¹²";

/** The twelve numbers that the network learns, in their order. */
export const PLACES: readonly string[] = [1, 2].flatMap((l) => [
  ...[`w${l}.0.0`, `w${l}.0.1`, `w${l}.1.0`, `w${l}.1.1`],
  ...[`b${l}.0`, `b${l}.1`],
]);

/** A probability, also a tiny one. */
function small(p: number): string {
  return p < 0.01 ? p.toPrecision(3).replace("e-", "e−") : told(p);
}

/** A number in a sum: two decimals where that is all of it, otherwise four, so that what is written comes out. */
function term(value: number): string {
  return inBrackets(value, Math.abs(100 * value - Math.round(100 * value)) < 1e-9 ? 2 : 4);
}

type Table = Readonly<Record<string, number>>;
type Order = (n: Table, label: number, rate: number, after: readonly number[]) => Quantity[];
const both = <T>(make: (i: number) => T): T[] => [make(0), make(1)];
const edges = (l: number, to: number) => both((from) => `w${l}.${to}.${from}`);

/** z of layer l: weights times what comes in, plus the bias. */
function sums(n: Table, l: 1 | 2): Quantity[] {
  const before = l === 1 ? "x" : "a1";
  return both((i) => ({
    name: `z${HIGH[l - 1]}${LOW[i]}`,
    arithmetic: `${edges(l, i).map((w, j) => `${term(n[w]!)} · ${term(n[`${before}.${j}`]!)}`).join(" + ")} + ${
      term(n[`b${l}.${i}`]!)
    }`,
    value: n[`z${l}.${i}`]!,
    place: `z${l}.${i}`,
    from: [...edges(l, i), `b${l}.${i}`, ...both((j) => `${before}.${j}`)],
  }));
}

const bends: Order = (n) =>
  both((i) => ({
    name: `a¹${LOW[i]}`,
    arithmetic: `max(0, ${told(n[`z1.${i}`]!)})`,
    value: n[`a1.${i}`]!,
    place: `a1.${i}`,
    from: [`a1.${i}`],
  }));

const shares: Order = (n) =>
  both((i) => ({
    name: `p${LOW[i]}`,
    arithmetic: `exp(${told(n[`z2.${i}`]!)}) / (exp(${told(n["z2.0"]!)}) + exp(${told(n["z2.1"]!)}))`,
    value: n[`p.${i}`]!,
    place: `p.${i}`,
    from: ["p.0", "p.1"],
  }));

const surprise: Order = (n, label) => {
  const p = n[`p.${label}`]!;
  return [{
    name: "L",
    arithmetic: p === 0
      ? `−log p${LOW[label]}, from the logits, for p has rounded to 0`
      : `−log p${LOW[label]} = −log ${small(p)}`,
    value: n.loss!,
    place: "loss",
    from: [`p.${label}`],
  }];
};

const outputBlame: Order = (n) =>
  both((i) => ({
    name: `∂L/∂z²${LOW[i]}`,
    arithmetic: `p${LOW[i]} − y${LOW[i]} = ${told(n[`p.${i}`]!)} − ${n[`y.${i}`]}`,
    value: n[`dz2.${i}`]!,
    place: `dz2.${i}`,
    from: [`p.${i}`],
  }));

/** The slopes along the weights of layer l: the blame of the sum times what came in. */
function slopes(n: Table, l: 1 | 2): Quantity[] {
  const before = l === 1 ? "x" : "a1";
  return both((to) =>
    both((from): Quantity => ({
      name: `∂L/∂w${HIGH[l - 1]}${LOW[to]}${LOW[from]}`,
      arithmetic: `${inBrackets(n[`dz${l}.${to}`]!)} · ${term(n[`${before}.${from}`]!)}`,
      value: n[`dw${l}.${to}.${from}`]!,
      place: `dw${l}.${to}.${from}`,
      from: [`w${l}.${to}.${from}`, l === 1 ? `a1.${to}` : `p.${to}`, `${before}.${from}`],
    }))
  ).flat();
}

const biasSlopes = (n: Table, l: 1 | 2): Quantity[] =>
  both((i) => ({
    name: `∂L/∂b${HIGH[l - 1]}${LOW[i]}`,
    arithmetic: `∂L/∂z${HIGH[l - 1]}${LOW[i]}`,
    value: n[`db${l}.${i}`]!,
    place: `db${l}.${i}`,
    from: [`b${l}.${i}`],
  }));

/** Back through W²: along each edge its weight times the blame at its end. */
const hiddenBlame: Order = (n) =>
  both((i) => ({
    name: `∂L/∂a¹${LOW[i]}`,
    arithmetic: both((k) => `${term(n[`w2.${k}.${i}`]!)} · ${inBrackets(n[`dz2.${k}`]!)}`).join(" + "),
    value: n[`da1.${i}`]!,
    place: `da1.${i}`,
    from: [...both((k) => `w2.${k}.${i}`), `a1.${i}`],
  }));

const mask: Order = (n) =>
  both((i) => ({
    name: `∂L/∂z¹${LOW[i]}`,
    arithmetic: n[`z1.${i}`]! > 0
      ? `awake: 1 · ${inBrackets(n[`da1.${i}`]!)}`
      : `silent: 0 · ${inBrackets(n[`da1.${i}`]!)}`,
    value: n[`dz1.${i}`]!,
    place: `dz1.${i}`,
    from: [`a1.${i}`],
  }));

/** Every weight and bias after one step. */
const moves: Order = (n, _label, rate, after) =>
  PLACES.map((place, i) => ({
    name: nameOf(place),
    arithmetic: `${term(n[place]!).replace(/^\((.*)\)$/, "$1")} − ${told(rate, 2)} · ${inBrackets(n[`d${place}`]!, 4)}`,
    value: after[i]!,
    place: `new ${place}`,
    from: [place],
  }));

/** The name in formulas of a weight or bias: w1.0.1 is w¹₁₂. */
function nameOf(place: string): string {
  const [head, ...indices] = place.split(".");
  return `${head![0]}${HIGH[Number(head![1]) - 1]}${indices.map((i) => LOW[Number(i)]).join("")}`;
}

/** The numbers of each stage, in the order in which they are computed. */
export const ORDER: Readonly<Record<Stage, Order>> = {
  product: (n) => sums(n, 1),
  forward: (n, ...more) => [...sums(n, 1), ...bends(n, ...more), ...sums(n, 2), ...shares(n, ...more)],
  loss: (n, ...more) => [...shares(n, ...more), ...surprise(n, ...more), ...outputBlame(n, ...more)],
  backward: (n, ...more) => [
    ...outputBlame(n, ...more),
    ...slopes(n, 2),
    ...biasSlopes(n, 2),
    ...hiddenBlame(n, ...more),
    ...mask(n, ...more),
    ...slopes(n, 1),
    ...biasSlopes(n, 1),
  ],
  matrices: (n, ...more) => [
    ...outputBlame(n, ...more),
    ...slopes(n, 2),
    ...hiddenBlame(n, ...more),
    ...mask(n, ...more),
    ...slopes(n, 1),
  ],
  step: moves,
};
