import { assertEquals, assertRejects } from "@std/assert";
import { openFile, readBytes } from "../../lib/files/read_file.ts";

Deno.test("readBytes() and openFile() read what is there, and say why they cannot", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/bytes`;
  try {
    await Deno.writeFile(path, Uint8Array.of(1, 2, 3));
    assertEquals([...await readBytes(path)], [1, 2, 3]);
    using file = await openFile(path);
    assertEquals((await file.stat()).size, 3);
    for (const read of [readBytes, openFile]) {
      await assertRejects(() => read(`${folder}/none`), Error, `Cannot read "${folder}/none": there is no such file`);
      await assertRejects(() => read(folder), Error, `Cannot read "${folder}": it is a folder`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
