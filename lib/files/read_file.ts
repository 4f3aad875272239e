/**
 * Opening files, with one clear sentence where that fails.
 *
 * @module
 */
import { beyond, type Limit, raiseLimits } from "../limits.ts";

try { // here, so that workers and kernels know of it, too
  raiseLimits(Number(Deno.env.get("DIGITS_LIMITS") ?? 1));
} catch { /* commands say what is wrong with it, and elsewhere the usual limits hold */ }

/**
 * The bytes of a file, whose size is compared with a limit before anything is read.
 *
 * @throws {Error} With path and reason, if it cannot be read, is too large, or is no file: a pipe would be waited for for ever.
 */
export async function readBytes(path: string, most: Limit = "fileBytes"): Promise<Uint8Array<ArrayBuffer>> {
  const kind = await Deno.stat(path).catch((cause) => cannotRead(path, cause));
  if (!kind.isFile && !kind.isDirectory) return await cannotRead(path, new Error("it is no file"));
  const problem = kind.isFile && beyond(most, kind.size, "bytes");
  if (problem) return await cannotRead(path, new Error(problem));
  return await Deno.readFile(path).catch((cause) => cannotRead(path, cause));
}

/** The text of a file; as {@linkcode readBytes}. */
export async function readText(path: string, most?: Limit): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, most));
}

/** The names in a folder, sorted, without hidden ones. Throws an Error with path and reason if it cannot be read. */
export async function readFolder(path: string): Promise<string[]> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
    return names.filter((name) => !name.startsWith(".")).sort();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotADirectory) {
      throw new Error(`Cannot read "${path}": it must be a folder`, { cause });
    }
    return await cannotRead(path, cause as Error);
  }
}

/** A file to be read in pieces. Throws an Error with path and reason if it cannot be. */
export async function openFile(path: string): Promise<Deno.FsFile> {
  const kind = await Deno.stat(path).catch(() => null);
  if (kind && !kind.isFile) {
    return await cannotRead(path, new Error(kind.isDirectory ? "it is a folder" : "it is no file"));
  }
  return await Deno.open(path).catch((cause) => cannotRead(path, cause));
}

async function cannotRead(path: string, cause: unknown): Promise<never> {
  const reason = cause instanceof Deno.errors.NotFound
    ? "there is no such file (a relative path starts where the command runs)"
    : cause instanceof Deno.errors.PermissionDenied
    ? "it may not be read"
    : await isFolder(path)
    ? "it is a folder"
    : (cause as Error).message;
  throw new Error(`Cannot read "${path}": ${reason}`, { cause });
}

async function isFolder(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isDirectory ?? false;
}
