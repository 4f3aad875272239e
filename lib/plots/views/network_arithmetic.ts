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

type Table = Readonly<Record<string, number>>;
type Order = (n: Table, label: number, rate: number, after: readonly number[]) => Quantity[];
const both = <T>(make: (i: number) => T): T[] => [make(0), make(1)];
const edges = (l: number, to: number) => both((from) => `w${l}.${to}.${from}`);

/** z of layer l: weights times what comes in, plus the bias. */
function sums(n: Table, l: 1 | 2): Quantity[] {
  const before = l === 1 ? "x" : "a1";
  return both((i) => ({
    name: `z${HIGH[l - 1]}${LOW[i]}`,
    arithmetic: `${
      edges(l, i).map((w, j) => `${inBrackets(n[w]!, 2)} · ${inBrackets(n[`${before}.${j}`]!, 2)}`).join(" + ")
    } + ${inBrackets(n[`b${l}.${i}`]!, 2)}`,
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

const surprise: Order = (n, label) => [{
  name: "L",
  arithmetic: `−log p${LOW[label]} = −log ${told(n[`p.${label}`]!)}`,
  value: n.loss!, // from the logits: finite where p has rounded to 0
  place: "loss",
  from: [`p.${label}`],
}];

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
      arithmetic: `${inBrackets(n[`dz${l}.${to}`]!)} · ${inBrackets(n[`${before}.${from}`]!, l === 1 ? 2 : 3)}`,
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
    arithmetic: both((k) => `${inBrackets(n[`w2.${k}.${i}`]!, 2)} · ${inBrackets(n[`dz2.${k}`]!)}`).join(" + "),
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
const moves: Order = (n, _label, rate, after) => {
  const places = [1, 2].flatMap((l) => [...both((to) => edges(l, to)).flat(), ...both((i) => `b${l}.${i}`)]);
  return places.map((place, i) => ({
    name: nameOf(place),
    arithmetic: `${told(n[place]!, 2)} − ${told(rate, 2)} · ${inBrackets(n[`d${place}`]!)}`,
    value: after[i]!,
    place: `new ${place}`,
    from: [place],
  }));
};

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
