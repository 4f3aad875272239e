// A copy of the project in a folder of its own, for tests that change files or take commands apart.
import { dirname } from "node:path";
import { ROOT } from "../../tools/notebook_file.ts";

/** Copies the project as git has it, without anything that set-up made. */
export async function copyProject(folder: string): Promise<void> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  for (const path of new TextDecoder().decode(stdout).trim().split("\n")) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.copyFile(new URL(path, ROOT), `${folder}/${path}`).catch(() => {}); // deleted, not yet committed
  }
}

/** Copies what set-up made, too, and networks that were trained already; the lock as set-up writes it, without the tests' packages. */
export async function copySetUp(folder: string): Promise<void> {
  for (const name of [".cache", ".links"]) await copyFolder(new URL(`${name}/`, ROOT), `${folder}/${name}`);
  await Deno.remove(`${folder}/.cache/deno.lock`);
  const args = ["run", "-A", "tools/setup.ts"];
  await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    stderr: "null",
    env: { JSR_URL: "http://127.0.0.1:9/" },
  })
    .output();
}

async function copyFolder(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const { name, isDirectory } of await Array.fromAsync(Deno.readDir(from)).catch(() => [])) {
    if (isDirectory) await copyFolder(new URL(`${name}/`, from), `${to}/${name}`);
    else await Deno.copyFile(new URL(name, from), `${to}/${name}`);
  }
}
