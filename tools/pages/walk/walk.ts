/**
 * The walk-through in the browser: any of a hundred digits, forward and back.
 *
 * @module
 */
/// <reference lib="dom" />
import { matrix } from "../../../lib/matrix.ts";
import { forward, mostLikely } from "../../../lib/network/forward.ts";
import { blamePicture } from "../../../lib/plots/blame_picture.ts";
import { walkThroughPicture } from "../../../lib/plots/network_pictures.ts";
import { networkFromSafetensors } from "../../../lib/formats/safetensors.ts";
import { byId, fromBase64, pageData } from "../page_script.ts";
import type { WalkData } from "./page.ts";

const data = pageData<WalkData>();
const network = networkFromSafetensors(fromBase64(data.weights), "network"), count = data.labels.length;
const images = matrix(784, count, Float64Array.from(fromBase64(data.pixels), (grey) => grey / 255));
const answers = mostLikely(forward(network, images).probabilities), slider = byId<HTMLInputElement>("index");

function show(index: number): void {
  slider.value = String(index);
  const label = data.labels[index], answer = answers[index];
  byId("which").textContent = `${index}: a ${label}, read as ${answer}${answer === label ? "" : " (wrong)"}`;
  for (
    const [id, picture] of [
      ["forward", walkThroughPicture(network, images, index)],
      ["back", blamePicture(network, images, data.labels, index)],
    ] as const
  ) {
    const svg = new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", picture.caption);
    byId(id).replaceChildren(svg);
    byId(`${id}-caption`).textContent = picture.caption;
  }
}

const step = (by: number) => show((Number(slider.value) + by + count) % count);
slider.addEventListener("input", () => show(Number(slider.value)));
byId("before").addEventListener("click", () => step(-1));
byId("after").addEventListener("click", () => step(1));
byId("wrong").addEventListener("click", () => {
  for (let k = 1; k <= count; k++) {
    const index = (Number(slider.value) + k) % count;
    if (answers[index] !== data.labels[index]) return show(index);
  }
});
show(answers.findIndex((answer, i) => answer === data.labels[i])); // begin with one that it reads
