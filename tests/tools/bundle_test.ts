import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { copyProject } from "../copy_project.ts";

Deno.test("keptScript(): made once, and again when a source, Deno or the kept file itself is another", async () => {
  const folder = await Deno.makeTempDir(), file = `${folder}/.cache/bundles/x.js`;
  let made = 0, run = 0;
  const script = async () => { // as another process would ask for it
    const { keptScript } = await import(`${pathToFileURL(`${folder}/tools/pages/bundle.ts`)}?${++run}`);
    return await keptScript("x", () => Promise.resolve(`made ${++made};\n`));
  };
  try {
    await copyProject(folder);
    assertEquals([await script(), await script()], ["made 1;\n", "made 1;\n"]);
    await Deno.writeTextFile(`${folder}/lib/random.ts`, "\n", { append: true });
    assertEquals([await script(), await script()], ["made 2;\n", "made 2;\n"]);
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace("made 2", "evil 2"));
    assertEquals([await script(), await script()], ["made 3;\n", "made 3;\n"]);
    await Deno.writeTextFile(file, "");
    assertEquals(await script(), "made 4;\n");
    await Deno.remove(`${folder}/.cache`, { recursive: true });
    await Deno.writeTextFile(`${folder}/.cache`, "no folder can be made here");
    assertEquals([await script(), await script()], ["made 5;\n", "made 6;\n"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
