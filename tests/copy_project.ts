// A copy of the project, for tests that write into it.
import { ROOT } from "../tools/root.ts";

/** Copies what git has or would take to a folder, without anything that set-up made. */
export async function copyProject(folder: string): Promise<void> {
  await copyFiles(folder, ["--cached", "--others", "--exclude-standard"]);
}

/** Copies the project with what was made in it (stand-ins, lock file, trained networks), so that it runs there at once. */
export async function copyReadyProject(folder: string): Promise<void> {
  await copyProject(folder);
  await copyFiles(folder, [
    "--others",
    "--ignored",
    "--exclude-standard",
    ".links",
    ".cache",
    ":!.cache/progress.json",
  ]);
}

/** The same for a reader: the lock as set-up writes it, without the tests' packages. */
export async function copyReaderProject(folder: string): Promise<void> {
  await copyReadyProject(folder);
  await Deno.remove(`${folder}/.cache/deno.lock`);
  await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tools/setup.ts"],
    cwd: folder,
    stderr: "null",
    env: { JSR_URL: "http://127.0.0.1:9/" },
  }).output();
}

async function copyFiles(folder: string, which: string[]): Promise<void> {
  const { stdout } = await new Deno.Command("git", { args: ["ls-files", ...which], cwd: ROOT }).output();
  for (const path of new TextDecoder().decode(stdout).trim().split("\n")) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.copyFile(new URL(path, ROOT), `${folder}/${path}`).catch(() => {}); // deleted, not yet committed
  }
}
