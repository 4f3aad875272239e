import { assertEquals } from "@std/assert";
import { matricesPanel } from "../../../lib/plots/views/matrices_panel.ts";
import { computeNetwork, numbersOf, SMALL_EXAMPLE } from "../../../lib/plots/views/network_numbers.ts";

const { network, input, label } = SMALL_EXAMPLE;

Deno.test("matricesPanel() marks the row and the column that make the number looked at", () => {
  const matrices = computeNetwork(numbersOf(network), input, label, "matrices", 0.5);
  const at = matrices.quantities.findIndex(({ name }) => name === "∂L/∂w²₁₂");
  const marked = [
    ...matricesPanel(matrices, "matrices", { at, hiding: false }).svg.matchAll(/fill="#fbd9c3"\/><text[^>]*>([^<]*)</g),
  ].map(([, text]) => text);
  assertEquals(marked, ["−0.463", "0.500", "−0.231"]);
});
