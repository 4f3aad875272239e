/**
 * Trains the networks that come with the project, on drawn digits.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import { ALL, keyOf, networksIn, SHIPPED } from "../commands/trained_networks.ts";

if (import.meta.main) {
  await Deno.remove(SHIPPED, { recursive: true }).catch(() => {}); // else they would be taken as they are
  await networksIn(SHIPPED, ALL, "drawn", console.log);
  await writeWhole(new URL("key", SHIPPED), `${await keyOf("drawn")}\n`);
  Deno.exit(0);
}
