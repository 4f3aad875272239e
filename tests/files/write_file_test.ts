import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  HERE,
  isRunning,
  isWriteFault,
  makeFolder,
  tryWriting,
  writeTogether,
  writeWhole,
} from "../../lib/files/write_file.ts";
import { withFolder } from "../with_folder.ts";

const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).toSorted();

Deno.test("writeWhole() replaces a file, and takes away what a process that is no more left of it", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.4194305.part`, "half"); // no system gives out so high a number
    await Deno.writeTextFile(`${folder}/a`, "old");
    await writeWhole(`${folder}/a`, "new");
    assertEquals([await names(folder), await Deno.readTextFile(`${folder}/a`)], [["a"], "new"]);
  }));

Deno.test("writeTogether() puts all files in their places, or none", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "old");
    const error = await assertRejects(
      () => writeTogether([[`${folder}/a`, "new"], [`${folder}/none/b`, "new"]]),
      Error,
      `Cannot write "${folder}/none/b": there is no such folder`,
    );
    assert(isWriteFault(error.cause));
    assertEquals([await names(folder), await Deno.readTextFile(`${folder}/a`)], [["a"], "old"]);
  }));

Deno.test("tryWriting() and makeFolder() find out beforehand, and leave nothing behind", () =>
  withFolder(async (folder) => {
    await tryWriting(`${folder}/a`);
    assertEquals(await names(folder), []);
    await assertRejects(() => tryWriting(folder), Error, "a folder has that name");
    await makeFolder(`${folder}/b/c`);
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(() => makeFolder(`${folder}/file/c`), Error, "a file is where a folder must be");
  }));

Deno.test("isRunning() knows this process, and one that cannot be", () => {
  assertEquals([isRunning(Deno.pid), isRunning(4_194_305)], [true, false]);
});

Deno.test("writeWhole() follows nobody's link, keeps what was private private, and leaves the parts of other machines alone", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a`,
      part = `${path}.${HERE}.${Deno.pid}.part`,
      elsewhere = `${path}.other-host.${Deno.pid}.part`;
    await Deno.writeTextFile(`${folder}/victim`, "mine");
    await Deno.symlink(`${folder}/victim`, part);
    await Deno.writeTextFile(path, "old", { mode: 0o600 });
    await Deno.writeTextFile(elsewhere, "half"); // of a container that counts its processes as we do
    await writeWhole(path, "new");
    assertEquals([await Deno.readTextFile(path), await Deno.readTextFile(`${folder}/victim`)], ["new", "mine"]);
    if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
    assertEquals(await Deno.readTextFile(elsewhere), "half");
    await Deno.utime(elsewhere, new Date(), new Date(Date.now() - 2 * 86_400_000));
    await writeWhole(path, "new"); // two days later nobody is writing any more
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort(), ["a", "victim"]);
  }));
