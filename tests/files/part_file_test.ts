import { assertEquals } from "@std/assert";
import { discardPart, readNote, removeLink, size, withoutUser } from "../../lib/files/part_file.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("withoutUser() leaves a name and password out", () => {
  assertEquals(withoutUser("http://me:secret@host/a?b"), "http://host/a?b");
});

Deno.test("readNote() takes a note that a header can carry, and nothing else", () =>
  withFolder(async (folder) => {
    const path = `${folder}/n.json`,
      written = async (note: unknown) => {
        await Deno.writeTextFile(path, JSON.stringify(note));
        return await readNote(path);
      };
    const good = { url: "http://host/a", version: '"v1"' };
    assertEquals(await written(good), good);
    for (const version of ["a\nb", "é", "", "x".repeat(201), 5]) {
      assertEquals(await written({ ...good, version }), null);
    }
    assertEquals(await readNote(`${folder}/none`), null);
  }));

Deno.test("removeLink() takes links away, never what they point to; discardPart() both files", () =>
  withFolder(async (folder) => {
    const part = `${folder}/a.part`;
    await Deno.writeTextFile(`${folder}/victim`, "mine");
    await Deno.symlink(`${folder}/victim`, part);
    await Deno.writeTextFile(`${part}.json`, "{}");
    await removeLink(part);
    assertEquals([await size(part), await size(`${part}.json`), await size(`${folder}/victim`)], [0, 2, 4]);
    await discardPart(`${folder}/a`);
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["victim"]);
  }));
