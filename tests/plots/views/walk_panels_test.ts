import { assertEquals, assertStringIncludes } from "@std/assert";
import { columns } from "../../../lib/matrix.ts";
import { normalise } from "../../../lib/data/prepare.ts";
import { pixelsOf } from "../../../lib/data/digits.ts";
import { blameOf } from "../../../lib/network/blame.ts";
import { forward } from "../../../lib/network/forward.ts";
import { blamePanels, unitAt, walkPanels } from "../../../lib/plots/views/walk_panels.ts";
import { told } from "../../../lib/plots/views/view.ts";
import { network, set } from "./samples.ts";

const X = normalise(set), walker = { network, ink: pixelsOf(set, 1), unit: -1, truth: set.labels[1]! };

Deno.test("walkPanels() and blamePanels() print the network's own numbers", () => {
  const pass = forward(network, columns(X, 1)), { preActivations: [z], logits, probabilities } = pass;
  const { svg } = walkPanels(walker, pass, 0)[1]!;
  for (const sum of z!.data) assertStringIncludes(svg, `>${told(sum, 2)}<`);
  for (const logit of logits.data) assertStringIncludes(svg, `>${told(logit, 2)}<`);
  for (const p of probabilities.data) assertStringIncludes(svg, `>${told(100 * p, 1)} %`);
  const blame = blameOf(network, X, set.labels, 1), back = blamePanels(walker, blame)[1]!.svg;
  for (const value of blame.layers.flatMap(({ data }) => [...data])) {
    assertStringIncludes(back, `>${value === 0 ? "none" : told(value)}<`);
  }
});

Deno.test("unitAt() finds the unit of a row, and none beside them", () => {
  assertEquals([unitAt(50, 44, 10, false), unitAt(50, 44 + 27 * 9 + 26, 10, false)], [0, 9]);
  assertEquals([unitAt(50, 43, 10, false), unitAt(50, 44 + 270, 10, false), unitAt(400, 60, 10, false)], [
    null,
    null,
    null,
  ]);
});
