import { assertEquals } from "@std/assert";
import { chapterProgress, noteSolved, progressFault, progressFile } from "../../lib/course/progress.ts";

Deno.test("progress: kept, one after the other, and begun anew where the file is damaged", async () => {
  const folder = await Deno.makeTempDir(), file = `${folder}/progress.json`; // never the reader's own
  const solved = async () => (await chapterProgress()).flatMap((chapter) => chapter.solved);
  const before = Deno.env.get("DIGITS_PROGRESS");
  try {
    Deno.env.set("DIGITS_PROGRESS", file);
    for (const damaged of ["null", "5", '"x"', "{"]) {
      await Deno.writeTextFile(file, damaged);
      assertEquals(await solved(), []);
    }
    await Promise.all(["00a", "07a", "05c", "07a"].map(noteSolved));
    assertEquals(await solved(), ["00a", "05c", "07a"]);
    assertEquals(progressFile(), file);
    Deno.env.set("DIGITS_PROGRESS", "off");
    assertEquals([await solved(), progressFile()], [[], null]);
    Deno.env.set("DIGITS_PROGRESS", `${file}/beneath/a/file.json`);
    const fault = await noteSolved("00a");
    assertEquals([typeof fault, progressFault()], ["string", fault], "what could not be kept is said");
    assertEquals(await solved(), ["00a"], "and counts as long as the program runs");
    assertEquals(await noteSolved("00a"), fault, "and is tried again");
    Deno.env.set("DIGITS_PROGRESS", `${folder}/other.json`);
    assertEquals([await noteSolved("07a"), progressFault(), await solved()], [null, null, ["00a", "07a"]]);
    assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(`${folder}/other.json`))), ["00a", "07a"]);
    Deno.env.delete("DIGITS_PROGRESS");
    assertEquals(progressFile(), ".cache/progress.json");
  } finally {
    if (before === undefined) Deno.env.delete("DIGITS_PROGRESS");
    else Deno.env.set("DIGITS_PROGRESS", before);
    await Deno.remove(folder, { recursive: true });
  }
});
