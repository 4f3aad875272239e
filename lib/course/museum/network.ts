/**
 * Mistakes inside the network: its start, its sums, its gradients.
 *
 * @module
 */
import { matrix } from "../../matrix.ts";
import { backward } from "../../network/backward.ts";
import { forward } from "../../network/forward.ts";
import { checkGradients } from "../../network/gradient_check.ts";
import { epsilonUniform, he, initialise, uniformHalf } from "../../network/init.ts";
import type { Network } from "../../network/network.ts";
import { oneHot } from "../../data/prepare.ts";
import { softmax } from "../../network/activations.ts";
import { seededRandom } from "../../random.ts";
import { scalarBias } from "../../tutorials/as_written.ts";
import { lostByMask, lostByRawPixels, lostByScalarBias, lostByStart, wrongCount, wrongMask } from "./effects.ts";
import { type Exhibit, unless } from "./exhibit.ts";

/** The verdict of a gradient check on a small network; a tutorial's gradients fail it at once. */
function gradientVerdict(gradients: typeof backward): string | null {
  const network = initialise([6, 5, 3], seededRandom(4), uniformHalf), labels = [0, 2, 1, 1, 0, 2, 2];
  const random = seededRandom(5), images = matrix(6, labels.length, Array.from({ length: 42 }, random));
  const claimed = gradients(network, forward(network, images), oneHot(labels, 3));
  const { relativeError, worstParameter } = checkGradients(network, images, labels, claimed);
  return unless(
    relativeError < 1e-6,
    `the gradient of ${worstParameter} is off by ${relativeError.toPrecision(2)} (relative)`,
  );
}

/** Exhibits on the network itself. */
export const NETWORK_EXHIBITS: readonly Exhibit[] = [
  {
    id: "04",
    title: "softmax that overflows",
    madeBy: "000, 001",
    noise: "loud",
    chapter: 4,
    story: "exp(1000) is infinity, and infinity over infinity is NaN.",
    buggy: (z: number[]) => {
      const e = z.map(Math.exp), sum = e.reduce((a, b) => a + b);
      return e.map((x) => x / sum);
    },
    fixed: (z: number[]) => Array.from(softmax(matrix(z.length, 1, z)).data),
    check: (version) => {
      const p: number[] = version([1000, 1001]);
      return unless(Math.abs(p[1]! - 1 / (1 + Math.exp(-1))) < 1e-12, `softmax(1000, 1001) is ${p}`);
    },
  },
  {
    id: "04b",
    title: "half a repair: one maximum for all",
    elsewhere: "repairs of 000 and 001",
    noise: "loud",
    chapter: 4,
    story:
      "Subtracting the largest logit of the whole batch saves the digit that has it; for the others every exponential becomes 0, and 0 over 0 is NaN.",
    buggy: (columns: number[][]) => {
      const largest = Math.max(...columns.flat());
      return columns.map((z) => {
        const e = z.map((x) => Math.exp(x - largest)), sum = e.reduce((a, b) => a + b);
        return e.map((x) => x / sum);
      });
    },
    fixed: (columns: number[][]) => columns.map((z) => Array.from(softmax(matrix(z.length, 1, z)).data)),
    check: (version) => {
      const [, second] = version([[1000, 1001], [1, 2]]) as number[][];
      return unless(Math.abs(second![0]! + second![1]! - 1) < 1e-12, `beside (1000, 1001), softmax(1, 2) is ${second}`);
    },
  },
  {
    id: "05",
    title: "one bias gradient for all",
    madeBy: "000, 001",
    noise: "silent",
    chapter: 7,
    story:
      "The blame of all units is summed into one number. At the output it is always 0, so those biases never move; and accuracy hardly notices.",
    buggy: scalarBias,
    fixed: backward,
    check: (version) => gradientVerdict(version as typeof backward),
    effect: { what: "points of accuracy lost", measure: lostByScalarBias },
  },
  {
    id: "06",
    title: "the wrong m",
    madeBy: "001",
    noise: "silent",
    chapter: 7,
    story: "The gradient of 41,000 digits is divided by 42,000: a learning rate that is silently 2.4 % smaller.",
    buggy: wrongCount,
    fixed: backward,
    check: (version) => gradientVerdict(version as typeof backward),
  },
  {
    id: "13",
    title: "the sigmoid's slope, of what?",
    invitedBy: "002, 003",
    noise: "silent",
    chapter: 6,
    story:
      "a (1 − a) is right for the activation a. 002 hands its function the sum z, 003 its own the activation; each is right, and the names are almost the same.",
    buggy: (z: number) => z * (1 - z),
    fixed: (z: number) => {
      const a = 1 / (1 + Math.exp(-z));
      return a * (1 - a);
    },
    check: (slope) => {
      const s = (z: number) => 1 / (1 + Math.exp(-z)), h = 1e-5, measured = (s(2 + h) - s(2 - h)) / (2 * h);
      return unless(
        Math.abs(slope(2) - measured) < 1e-8,
        `the slope at z = 2 is ${slope(2)}, measured ${measured.toFixed(4)}`,
      );
    },
  },
  {
    id: "14",
    title: "zero means random",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story: "Weights that are all 0 count as not given, and are replaced by random ones without a word.",
    buggy: (given: number[]) => given.some((w) => w !== 0) ? given : given.map(seededRandom(1)),
    fixed: (given: number[] | undefined) => given ?? [],
    check: (use) => {
      const used: number[] = use([0, 0]);
      return unless(
        used.every((w) => w === 0),
        `hands back ${used.map((w) => w.toFixed(2)).join(" and ")} for weights of 0 and 0`,
      );
    },
  },
  {
    id: "21",
    title: "a start between −½ and ½",
    madeBy: "000, 001",
    noise: "silent",
    chapter: 3,
    story:
      "Right for ten inputs, far too large for 784: the first sums are wild, the network is confidently wrong, and hundreds of steps go into unlearning.",
    buggy: () => initialise([784, 10, 10], seededRandom(1), uniformHalf),
    fixed: () => initialise([784, 10, 10], seededRandom(1), he),
    check: (start) => {
      const random = seededRandom(2), network: Network = start(), images = matrix(784, 200);
      for (let i = 0; i < images.data.length; i++) images.data[i] = Number(random() < 0.19); // as much ink as a digit has
      const [z] = forward(network, images).preActivations, mean = z!.data.reduce((a, b) => a + b) / z!.data.length;
      const spread = Math.sqrt(z!.data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / z!.data.length);
      return unless(spread < 1.5, `the first sums spread by ${spread.toFixed(1)}; about 1 is healthy`);
    },
    effect: { what: "points of accuracy lost", measure: lostByStart },
  },
  {
    id: "22",
    title: "grey levels as they are",
    elsewhere: "copies that leave out / 255",
    noise: "loud, then silent",
    chapter: 12,
    story:
      "All three tutorials that see grey levels divide by 255; copies forget it. First exp overflows. With a stable softmax the numbers are finite, and the first step kills the hidden units: ReLUs that are 0 for every digit learn nothing any more.",
    buggy: (grey: number) => grey,
    fixed: (grey: number) => grey / 255,
    check: (scale) => unless(scale(255) <= 1, `a pixel of ink goes in as ${scale(255)}`),
    effect: { what: "accuracy left (%)", measure: lostByRawPixels },
  },
  {
    id: "23",
    title: "0.12 for every layer",
    madeBy: "002",
    noise: "words",
    chapter: 10,
    story:
      "The text says that weights start within ±0.12; the formula in the code gives 0.119 for 400 inputs and 25 units, and 0.414 for the next layer.",
    buggy: () => 0.12,
    fixed: (inputs: number, units: number) => {
      const { weights } = initialise([inputs, units], seededRandom(1), epsilonUniform).layers[0]!;
      return Math.max(...weights.data.map(Math.abs)); // nearly ε
    },
    check: (epsilon) =>
      unless(
        epsilon(25, 10) > 0.35,
        `the weights of 25 inputs and 10 units reach ${epsilon(25, 10).toFixed(3)}, must be 0.414`,
      ),
  },
  {
    id: "24",
    title: "a forward pass that remembers",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story:
      "The pass stores its sums in the object, and backward reads them there. A second pass in between, and the gradient belongs to another digit.",
    buggy: () => {
      const self = { a: 0 };
      return { forward: (x: number) => (self.a = 2 * x, self), backward: () => self.a };
    },
    fixed: () => ({ forward: (x: number) => ({ a: 2 * x }), backward: (pass: { a: number }) => pass.a }),
    check: (make) => {
      const net = make(), pass = net.forward(1);
      net.forward(50);
      return unless(
        net.backward(pass) === 2,
        `after a second pass, backward works with ${net.backward(pass)} in place of 2`,
      );
    },
  },
  {
    id: "A1",
    title: "a mask that lets everything through",
    elsewhere: "NumPy's own tutorial",
    noise: "silent",
    chapter: 7,
    story:
      "The mask asks whether the output of ReLU is at least 0. It always is, so blame also reaches the units that were silent.",
    buggy: wrongMask,
    fixed: backward,
    check: (version) => gradientVerdict(version as typeof backward),
    effect: { what: "points of accuracy lost", measure: lostByMask },
  },
];
