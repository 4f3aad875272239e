// A copy of the project, for tests that write into it. It needs no git: an unpacked ZIP is a project, too.
import { ROOT } from "../tools/root.ts";

/** Copies the project's own files to a folder, without anything that set-up or a command made. */
export async function copyProject(folder: string): Promise<void> {
  const ignored = await ignoredFiles();
  await copyFolder("", folder, (path) => path !== ".git/" && !ignored.some((pattern) => pattern.test(`/${path}`)));
}

/** Copies the project with what was made in it (what set-up wrote, networks for other digits), so that it runs there at once. */
export async function copyReadyProject(folder: string): Promise<void> {
  await copyProject(folder);
  await copyFolder(
    ".cache/",
    folder,
    (path) =>
      ![".cache/progress.json", ".cache/kernels/", ".cache/python/", ".cache/bench/", ".cache/vscode/"].includes(path),
  );
}

/** What .gitignore names, as patterns for paths that begin at the project's folder; folders end with a stroke. */
async function ignoredFiles(): Promise<RegExp[]> {
  const lines = (await Deno.readTextFile(new URL(".gitignore", ROOT))).split("\n");
  return lines.filter((line) => line && !line.startsWith("#")).map((line) => {
    const pattern = line.replace(/[.+]/g, "\\$&").replaceAll("*", "[^/]*");
    return new RegExp(`${line.startsWith("/") ? "^" : "/"}${pattern}${line.endsWith("/") ? "" : "$"}`);
  });
}

/** Copies what is wanted of a folder, given from the project's folder. */
async function copyFolder(from: string, to: string, wanted: (path: string) => boolean): Promise<void> {
  await Deno.mkdir(`${to}/${from}`, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(new URL(from || ".", ROOT))) {
    const path = `${from}${name}${isDirectory ? "/" : ""}`;
    if (!wanted(path)) continue;
    if (isDirectory) await copyFolder(path, to, wanted);
    else await Deno.copyFile(new URL(path, ROOT), `${to}/${path}`).catch(() => {}); // taken away meanwhile
  }
}
