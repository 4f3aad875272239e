import { assertEquals } from "@std/assert";
import { slice } from "../../lib/data/digits.ts";
import { evaluateOn } from "../../lib/engine/choice.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { NETWORKS } from "../../lib/tutorials/tutorials.ts";
import { keyOf, SHIPPED, trainedNetworks } from "../../tools/commands/trained_networks.ts";

Deno.test("the networks that come with the project are those of its own digits and settings; nothing is trained", async () => {
  const key = (await Deno.readTextFile(new URL("key", SHIPPED))).trim();
  assertEquals(key, await keyOf("drawn"), 'run "deno task make networks"');
  const said: string[] = [], networks = await trainedNetworks(undefined, (line) => said.push(line));
  assertEquals([networks.map(({ id }) => id).sort(), said], [Object.keys(NETWORKS).sort(), []]);
});

Deno.test("they read as many of the digits they have not seen as their notes say", async () => {
  const drawn = await loadDigits("drawn:20000");
  for (const { id, network, accuracy, examples } of await trainedNetworks(["000", "001", "002", "003"])) {
    const own = NETWORKS[id]!.examples(slice(drawn, drawn.labels.length - examples));
    assertEquals((await evaluateOn(network, own, { engine: "fast" })).accuracy, accuracy, id);
  }
});
