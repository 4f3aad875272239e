import { assert } from "@std/assert";
import type { Stage } from "../../../lib/plots/views/network_arithmetic.ts";
import { computeNetwork, numbersOf, SMALL_EXAMPLE } from "../../../lib/plots/views/network_numbers.ts";

const STAGES: readonly Stage[] = ["product", "forward", "loss", "backward", "matrices", "step"];

Deno.test("every number's arithmetic, as it is written, comes out at the number", () => {
  const functions = { exp: Math.exp, max: Math.max, log: Math.log };
  const first = numbersOf(SMALL_EXAMPLE.network),
    { quantities: moved } = computeNetwork(first, SMALL_EXAMPLE.input, 0, "step", 0.5);
  const networks = [first, moved.map(({ value }) => value)]; // after a step the numbers have more than two decimals
  for (const [stage, numbers] of STAGES.flatMap((stage) => networks.map((numbers) => [stage, numbers] as const))) {
    const { quantities } = computeNetwork(numbers, SMALL_EXAMPLE.input, 0, stage, 0.5);
    for (const { name, arithmetic, value } of quantities) {
      const last = arithmetic.split("= ").at(-1)!.replace(/^(awake|silent): /, "").replace("−log ", "-log ");
      if (/∂/.test(last)) continue; // the name of another number
      const code = last.replaceAll("−", "-").replaceAll("·", "*").replace(/log ([\d.]+)/, "log($1)");
      const result = new Function(...Object.keys(functions), `return ${code}`)(...Object.values(functions));
      assert(Math.abs(result - value) < 0.0016, `${stage}: ${name} = ${arithmetic} is ${result}, not ${value}`);
    }
  }
});
