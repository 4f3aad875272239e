/**
 * What the mistakes of the museum cost: each over five seeds, on drawn digits and on MNIST.
 *
 * Writes lib/course/museum/costs.json. Needs MNIST (`deno task data`); takes about three minutes.
 *
 * @module
 */
import { EXHIBITS, museumMaterial } from "../../lib/course/museum/mod.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { ROOT } from "../root.ts";

const SEEDS = [1, 2, 3, 4, 5];

if (import.meta.main) {
  const costs: Record<string, Record<string, number[]>> = {};
  for (const source of ["drawn", "mnist"]) {
    const material = museumMaterial(await loadDigits(source));
    for (const { id, title, effect } of EXHIBITS) {
      if (!effect) continue;
      const found: number[] = [];
      for (const seed of SEEDS) found.push(Number((await effect.measure(material, seed)).toFixed(2)));
      (costs[id] ??= {})[source] = found;
      console.log(`${source} ${id} ${title}: ${found.join(", ")} ${effect.what}`);
    }
  }
  await writeWhole(new URL("lib/course/museum/costs.json", ROOT), JSON.stringify(costs, null, 2) + "\n");
}
