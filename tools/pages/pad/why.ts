/**
 * Why a network says what it says: its ink, coloured by what it speaks for; and whether it can have an opinion at all.
 *
 * @module
 */
/// <reference lib="dom" />
import { drawDigits, DRAWN_SEED } from "../../../lib/data/drawn_digits.ts";
import type { Digits } from "../../../lib/data/digits.ts";
import { distanceToNearest, UNLIKE_BEYOND } from "../../../lib/evaluation/unlike.ts";
import type { Network } from "../../../lib/network/network.ts";
import { evidenceFor, type Reading } from "../../../lib/tutorials/classify.ts";
import { byId } from "../page_script.ts";

const FOR = [47, 127, 214], AGAINST = [214, 107, 36], PAPER = [255, 255, 255];

/**
 * Explains an answer: colours the ink, and says in one sentence where the picture is like none of the digits that networks learn
 * from. Without an answer there is nothing to explain.
 *
 * @returns That sentence, or nothing.
 */
export function explain(network: Network, reading: Reading | null, pixels: Uint8Array): string {
  byId("why").hidden = reading === null;
  if (reading) colourInk(network, reading);
  const strange = reading && isUnlike(pixels)
    ? "Unlike any of 2,000 digits: but it has ten answers, and must give one."
    : "";
  byId("unlike").textContent = strange;
  return strange;
}

/** Blue speaks for the answer, orange for the runner-up. */
function colourInk(network: Network, reading: Reading): void {
  const evidence = evidenceFor(network, reading), context = byId<HTMLCanvasElement>("why-ink").getContext("2d")!;
  const image = context.createImageData(28, 28);
  const sizes = evidence.map(Math.abs).sort(), strong = sizes[Math.floor(0.99 * sizes.length)] || 1; // a few single ones may be far stronger
  evidence.forEach((value, i) => {
    const to = value > 0 ? FOR : AGAINST, share = Math.min(1, Math.sqrt(Math.abs(value) / strong));
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = PAPER[c]! + (to[c]! - PAPER[c]!) * share;
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  const { digit, runnerUp } = reading;
  byId("why-caption").textContent =
    `Why ${digit} and not ${runnerUp}: blue ink speaks for ${digit}, orange for ${runnerUp}.`;
}

let known: Digits | undefined;

function isUnlike(pixels: Uint8Array): boolean {
  known ??= drawDigits(2000, DRAWN_SEED); // a tenth of a second, once
  return distanceToNearest(pixels, known) > UNLIKE_BEYOND;
}
