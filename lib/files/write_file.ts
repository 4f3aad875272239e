/**
 * Writing files whole or not at all, with one clear sentence where that fails.
 *
 * A file is written beside its place, as `NAME.HOST.PID.part`, and then moved there in one step. Whoever is killed in
 * between leaves that part behind; the next one who writes the same file takes it away.
 *
 * @module
 */
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Why a file could not be written, by the system's code, and what to do about it. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to write there; allow it, or choose another place",
  EPERM: "no permission to write there; allow it, or choose another place",
  EROFS: "the disk can only be read; choose another place",
  ENOSPC: "the disk is full; make room and try again",
  EDQUOT: "your share of the disk is used up; make room and try again",
  EFBIG: "no file may be as large as that here; raise the limit (ulimit -f), or choose another place",
  ENOENT: "there is no such folder; make it, or choose another place",
  ENOTDIR: "a file is where a folder must be; move it away, or choose another place",
  EEXIST: "a file is where a folder must be; move it away, or choose another place",
  EISDIR: "a folder has that name; move it away, or choose another name",
  ENOTEMPTY: "a folder has that name; move it away, or choose another name",
};

function codeOf(error: unknown): string {
  const { code, message = "" } = error as { code?: string; message?: string };
  return code ?? (message.includes("(os error 27)") ? "EFBIG" : ""); // Deno has no code for that one
}

/** Whether the disk or a folder is at fault, and not a network or a program. */
export function isWriteFault(error: unknown): boolean {
  return codeOf(error) in REASONS;
}

/** Why something could not be written, and what to do: the second half of a sentence. */
export function writeFault(error: unknown): string {
  return REASONS[codeOf(error)] ?? (error as Error).message;
}

/** Writes a file under another name first, so that nobody ever finds half of it. */
export async function writeWhole(path: string | URL, content: string | Uint8Array): Promise<void> {
  await writeTogether([[path, content]]);
}

/** Writes files that belong together: none takes its place before all of them are written. */
export async function writeTogether(
  files: readonly (readonly [path: string | URL, content: string | Uint8Array])[],
): Promise<void> {
  const targets = files.map(([path]) => path instanceof URL ? fileURLToPath(path) : path);
  let now = "";
  try {
    for (const [i, target] of targets.entries()) {
      now = target;
      await removeLeftovers(target);
      const content = files[i]![1], mode = (await Deno.stat(target).catch(() => null))?.mode; // what was private stays so
      await Deno.remove(partOf(target)).catch(() => {}); // nobody's link is followed
      await Deno.writeFile(partOf(target), typeof content === "string" ? new TextEncoder().encode(content) : content, {
        createNew: true,
        ...mode && { mode: mode & 0o777 },
      });
    }
    for (const target of targets) {
      now = target;
      await Deno.rename(partOf(target), target);
    }
  } catch (cause) {
    for (const target of targets) await Deno.remove(partOf(target)).catch(() => {});
    throw new Error(`Cannot write "${now}": ${writeFault(cause)}`, { cause });
  }
}

/** Makes sure, before anything long begins, that a file can be written; leaves nothing behind. */
export async function tryWriting(path: string): Promise<void> {
  const fail = (cause: unknown) => {
    throw new Error(`Cannot write "${path}": ${writeFault(cause)}`, { cause });
  };
  if ((await Deno.stat(path).catch(() => null))?.isDirectory) fail({ code: "EISDIR" });
  await Deno.remove(partOf(path)).catch(() => {});
  await Deno.writeFile(partOf(path), new Uint8Array(), { createNew: true }).catch(fail);
  await Deno.remove(partOf(path));
}

/** Makes a folder, and those above it, unless it is there. */
export async function makeFolder(path: string | URL): Promise<void> {
  await Deno.mkdir(path, { recursive: true }).catch((cause) => {
    throw new Error(`Cannot write to "${path instanceof URL ? fileURLToPath(path) : path}": ${writeFault(cause)}`, {
      cause,
    });
  });
}

/** Where processes are counted: two containers on one folder have the same numbers for different ones. */
export const HERE: string = (() => {
  try {
    return hostname().replace(/[^\w-]/g, "").slice(0, 40) || "host";
  } catch { // not allowed to ask
    return "host";
  }
})();
const A_DAY = 86_400_000;

const partOf = (target: string) => `${target}.${HERE}.${Deno.pid}.part`;

/** Takes away the parts of a file that were left by processes which are no more; of those elsewhere, what is older than a day. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target), start = `${basename(target)}.`;
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const [, where, pid] =
        (name.startsWith(start) && /^(?:([\w-]+)\.)?(\d+)\.part$/.exec(name.slice(start.length))) || [];
      if (pid && await isForgotten(join(folder, name), where ?? HERE, Number(pid))) {
        await Deno.remove(join(folder, name));
      }
    }
  } catch { /* writing will say what is wrong with the folder */ }
}

/** Whether a file belongs to a process that is no more; where nobody can tell, whether it is older than a day. */
export async function isForgotten(path: string, where: string, pid: number): Promise<boolean> {
  const running = where === HERE ? runs(pid) : null;
  if (running !== null) return !running;
  const written = (await Deno.lstat(path).catch(() => null))?.mtime?.getTime() ?? Date.now();
  return Date.now() - written > A_DAY;
}

/** Whether there is a process of that number, as far as anybody may ask. */
export function isRunning(pid: number): boolean {
  return runs(pid) ?? true;
}

/** The same; null for a task that may start no processes, and so may not ask for any. */
function runs(pid: number): boolean | null {
  try {
    return process.kill(pid, 0); // signal 0 does nothing but ask
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return null;
    return codeOf(error) !== "ESRCH"; // another user's, which we may not even ask, is running
  }
}
