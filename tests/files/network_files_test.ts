import { assertEquals, assertRejects } from "@std/assert";
import { readNetwork, saveNetwork, trySaving } from "../../lib/files/network_files.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("networks come back from every kind of file to the last bit; a folder's are what their sizes say", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const relu = initialise([5, 4, 3], seededRandom(1), glorot);
    for (const name of ["a.json", "a.safetensors", "thetas"]) {
      await trySaving(`${folder}/${name}`);
      await saveNetwork(`${folder}/${name}`, relu);
      assertEquals(await readNetwork(`${folder}/${name}`, []), relu, name);
    }
    const coursera = initialise([400, 2, 3], seededRandom(1), glorot, { hidden: "sigmoid", output: "sigmoid" });
    await trySaving(`${folder}/coursera`);
    await saveNetwork(`${folder}/coursera`, coursera);
    assertEquals(await readNetwork(`${folder}/coursera`, []), coursera); // 400 pixels: sigmoids
    await saveNetwork(`${folder}/a.onnx`, relu);
    await assertRejects(() => readNetwork(`${folder}/none`, []), Error, "needs W1.in or TrainedW1.in");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
