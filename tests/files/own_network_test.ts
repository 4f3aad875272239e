import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { readOwnNetwork, saveOwnNetwork } from "../../lib/files/own_network.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("a reader's network is kept and found again; where it is missing or damaged there is none", async () => {
  const folder = pathToFileURL(`${await Deno.makeTempDir()}/kept/`), network = initialise([4, 3, 2], seededRandom(1));
  try {
    assertEquals(await readOwnNetwork(folder), null);
    const own = { network, accuracy: 0.9, examples: 1000, parts: 7, trainedOn: "3,000 drawn digits" };
    await saveOwnNetwork(own, folder);
    assertEquals(await readOwnNetwork(folder), own);
    await Deno.writeTextFile(new URL("workshop.safetensors", folder), "half");
    assertEquals(await readOwnNetwork(folder), null);
  } finally {
    await Deno.remove(new URL("..", folder), { recursive: true });
  }
});
