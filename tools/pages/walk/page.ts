/**
 * The walk-through around a network and a hundred digits.
 *
 * @module
 */
import { examplesOf } from "../../../lib/data/examples.ts";
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { slice } from "../../../lib/data/digits.ts";
import { he, initialise } from "../../../lib/network/init.ts";
import { seededRandom } from "../../../lib/random.ts";
import { train } from "../../../lib/engine/train.ts";
import { walkView } from "../../../lib/plots/views/walk_view.ts";
import { buildPage, type Page } from "../page.ts";

/** Trains the network, in a second, and builds the page for the book. */
export async function buildWalk(): Promise<Page> {
  const digits = drawDigits(1600, 2024), lesson = slice(digits, 100), shown = slice(digits, 0, 100);
  const start = initialise([784, 10, 10], seededRandom(2), he),
    examples = examplesOf(lesson);
  const { network } = await train(start, examples, { iterations: 60, learningRate: 0.3, engine: "fast" });
  const { values } = walkView(network, shown, Array.from(shown.labels, (_, index) => index), "both");
  return await buildPage(new URL("./", import.meta.url), "walk", "Follow a digit", values, true);
}
