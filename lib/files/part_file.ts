/**
 * What is kept of a download that is not whole yet: the part, and a note on where it comes from.
 *
 * @module
 */

/** From which address and version the part on disk is. */
export interface PartNote {
  /** The address, without a password. */
  readonly url: string;
  /** ETag or Last-Modified: what If-Range takes. */
  readonly version: string;
}

/** An address as it may be shown and kept: without a password in it. */
export function withoutUser(url: string): string {
  const plain = new URL(url);
  plain.username = plain.password = "";
  return plain.href;
}

/** Takes away a link that lies where the part or its note is written: it would be followed. */
export async function removeLink(path: string): Promise<void> {
  for (const name of [path, `${path}.json`]) {
    if ((await Deno.lstat(name).catch(() => null))?.isSymlink) await Deno.remove(name);
  }
}

/** Bytes of a file; 0 where there is none. */
export async function size(path: string): Promise<number> {
  return (await Deno.stat(path).catch(() => null))?.size ?? 0;
}

/** Takes away what has come of a file so far, and the note about it. */
export async function discardPart(target: string): Promise<void> {
  for (const path of [`${target}.part`, `${target}.part.json`]) await Deno.remove(path).catch(() => {});
}

/** The note about a part; null where there is none that a request could use. */
export async function readNote(path: string): Promise<PartNote | null> {
  try {
    const { url, version } = JSON.parse(await Deno.readTextFile(path));
    const usable = typeof url === "string" && typeof version === "string" && /^[\x20-\x7E]{1,200}$/.test(version);
    return usable ? { url, version } : null; // another text is no header
  } catch {
    return null; // none, or torn: then the file comes from the start
  }
}
