import { assert, assertEquals } from "@std/assert";
import { isExpected } from "../../lib/files/download.ts";
import { randomFile } from "./mirror.ts";

export const { file, plain, packed } = await randomFile("small.gz", 3000, 1);

export const FAST = { files: [file], patience: 0.4, attempts: 2 };

export async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Names in a folder; the lock file is always there. */
export async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).filter((n) => n !== ".lock").sort();
}

export async function assertWhole(folder: string): Promise<void> {
  assertEquals(await names(folder), ["small.gz"]);
  assert(await isExpected(await Deno.readFile(`${folder}/small.gz`), file));
}

export const CHILD = `
import { downloadMnist } from ${JSON.stringify(new URL("../../lib/files/mnist.ts", import.meta.url).href)};
const [folder, mirror, files] = JSON.parse(Deno.args[0]);
await downloadMnist({ folder, mirrors: [mirror], files, onNote: console.log });
`;

export function child(folder: string, mirror: string, files: unknown[]): Deno.ChildProcess {
  const args = ["eval", "--ext=ts", CHILD, JSON.stringify([folder, mirror, files])];
  return new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped" }).spawn();
}
