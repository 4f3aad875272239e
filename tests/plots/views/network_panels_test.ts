import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { computeNetwork, numbersOf, SMALL_EXAMPLE } from "../../../lib/plots/views/network_numbers.ts";
import { graphPanel, linesPanel, lossesPanel, placeOf } from "../../../lib/plots/views/network_panels.ts";

const { network, input, label } = SMALL_EXAMPLE,
  backward = computeNetwork(numbersOf(network), input, label, "backward", 0.5);
const shown = { at: -1, hiding: false };

Deno.test("graphPanel() prints every weight, and every slope in the colour of its sign", () => {
  const { svg } = graphPanel(backward, "backward", label, shown);
  for (const weight of ["0.50", "−0.40", "0.30", "0.80", "−0.60", "0.70", "0.90", "−0.50"]) {
    assertStringIncludes(svg, `>${weight}<`);
  }
  assertStringIncludes(svg, 'fill="#1f5fa8" font-size="11">0.694<');
  assertStringIncludes(svg, 'fill="#c0392b" font-size="11">−0.555<');
  assert(!graphPanel(backward, "forward", label, shown).svg.includes("0.694"));
});

Deno.test("placeOf() keeps the numbers of the graph apart", () => {
  const places = [1, 2].flatMap((l) => [0, 1].flatMap((i) => [`b${l}.${i}`, `w${l}.${i}.0`, `w${l}.${i}.1`]));
  for (const a of places) {
    for (const b of places.filter((place) => place !== a)) {
      const [p, q] = [placeOf(a), placeOf(b)];
      assert(Math.abs(p.x - q.x) > 46 || Math.abs(p.y - q.y) > 28, `${a} and ${b} overlap`);
    }
  }
});

Deno.test("what is to be filled in is not given away", () => {
  const { quantities } = backward, hiding = { at: 3, hiding: true };
  assertEquals(
    linesPanel(quantities, hiding).caption.split("; ").filter((line) => line.endsWith("…")).length,
    quantities.length - 4,
  );
  assert(linesPanel(quantities, hiding).caption.includes("∂L/∂w²₁₂ = (−0.463) · 0.50 = ?"));
  const hidden = graphPanel(backward, "backward", label, hiding);
  assert(!hidden.svg.includes(">0.694<") && hidden.svg.includes('fill="#5a6572" font-size="11">?<'), "nor its sign");
  const product = computeNetwork(numbersOf(network), input, label, "product", 0.5);
  const asked = graphPanel(product, "product", label, { at: 0, hiding: true });
  for (const text of [asked.svg, asked.caption]) assert(!/0\.400|0\.537|0\.621/.test(text), "nor what comes of it");
});

Deno.test("lossesPanel() has a dot for each step", () => {
  assertEquals(lossesPanel([0.6, 0.5, 0.45]).svg.match(/<circle/g)!.length, 3);
});
