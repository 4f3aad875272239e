/**
 * Fetches one file so that it arrives whole or not at all: several mirrors, resumed where it broke off, checked.
 *
 * What has come so far is kept beside the file as `NAME.part`, with a note `NAME.part.json` that says from which
 * address and which version; only then may the next attempt go on from there.
 *
 * @module
 */
import { sha256 } from "../sha256.ts";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { discardPart, type PartNote, readNote, removeLink, size, withoutUser } from "./part_file.ts";
import { isWriteFault, writeFault } from "./write_file.ts";

/** What the file must be. */
export interface ExpectedFile {
  /** Its name, on the mirror and on disk. */
  readonly name: string;
  /** Size of what is packed in it, in bytes. */
  readonly unpackedSize: number;
  /** SHA-256 of what is packed in it, in hexadecimal. */
  readonly sha256: string;
}

/** How far a download is. */
export interface DownloadProgress {
  /** Which file. */
  readonly name: string;
  /** Which mirror. */
  readonly mirror: string;
  /** Bytes that are here. */
  readonly bytes: number;
  /** Bytes in all, where the mirror says so. */
  readonly total?: number;
  /** Seconds until it is done, at the speed so far. */
  readonly secondsLeft?: number;
}

/** Settings of a download. */
export interface DownloadOptions {
  /** Folders on the web that hold the file, in the order to try. */
  readonly mirrors: readonly string[];
  /** After how many seconds a mirror is given up in which no byte comes, or fewer than 50 for each of them (20). */
  readonly patience?: number;
  /** How often one mirror may break off before the next is asked (4). */
  readonly attempts?: number;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** No mirror gave a file: the network is at fault, and not the disk. */
export class NoMirror extends Error {}

/** How often a mirror may break off with hardly a step further, what a step is, and the fewest bytes in a second that are a download. */
const MOST_RESUMED = 100, STEP = 65_536, SLOWEST = 50;

/** A mirror that will not do: the next one, please. */
class MirrorError extends Error {}

/**
 * Downloads a gzip file, checks what is packed in it, and puts it in its place in one step.
 *
 * @param folder Where to; it must exist.
 * @param file What is expected.
 * @throws {Error} If no mirror gives the file; the message says what each one did.
 */
export async function downloadFile(folder: string, file: ExpectedFile, options: DownloadOptions): Promise<void> {
  const { mirrors, attempts = 4 } = options, target = `${folder}/${file.name}`;
  const failures: string[] = [];
  for (const mirror of mirrors) {
    const url = new URL(file.name, mirror.endsWith("/") ? mirror : `${mirror}/`).href;
    let failure = "";
    for (let attempt = 0, had = 0, resumed = 0; attempt < attempts; attempt++) {
      try {
        await fetchPart(url, target, file, options);
        await checkPacked(`${target}.part`, file);
        await Deno.rename(`${target}.part`, target);
        await discardPart(target);
        return;
      } catch (error) {
        failure = (error as Error).message;
        const reason = ((error as Error).cause as Error | undefined)?.message; // of "fetch failed"
        if (reason) failure += ` (${reason})`;
        if (error instanceof MirrorError) {
          await discardPart(target); // wrong bytes: nothing to go on from
          break;
        }
        if (isWriteFault(error)) throw new Error(`Cannot write "${target}": ${writeFault(error)}`, { cause: error });
        const has = await size(`${target}.part`);
        const further = has - had >= STEP || has > had && resumed++ < MOST_RESUMED;
        if (further) attempt = -1; // then it may go on breaking off
        else await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
        had = Math.max(had, has);
      }
    }
    failures.push(`${withoutUser(url)}: ${failure.replaceAll(url, withoutUser(url))}`);
  }
  throw new NoMirror(`Cannot download ${file.name}, no mirror gave it:\n  ${failures.join("\n  ")}`);
}

/** Whether bytes hold, packed or not, what is expected. */
export async function isExpected(bytes: Uint8Array, file: ExpectedFile): Promise<boolean> {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpack(bytes, file) : bytes;
    return plain.length === file.unpackedSize && (await sha256(plain)).toHex() === file.sha256;
  } catch {
    return false;
  }
}

/** Lets the rest of a file come, from where the part on disk ends if it is of the same address and version. */
async function fetchPart(
  url: string,
  target: string,
  file: ExpectedFile,
  { patience = 20, onProgress }: DownloadOptions,
): Promise<void> {
  const part = `${target}.part`, note = await readNote(`${part}.json`);
  await removeLink(part); // nobody's link is followed
  let start = note?.url === withoutUser(url) ? await size(part) : 0;
  const silence = new AbortController();
  const rewind = () =>
    setTimeout(() => {
      const heard = since ? `only ${since} bytes` : "no byte";
      silence.abort(new Error(`${heard} in ${patience} seconds`));
    }, patience * 1000);
  let since = 0, timer = rewind();
  try {
    const headers = new Headers({ "accept-encoding": "identity" });
    if (start > 0) {
      headers.set("range", `bytes=${start}-`);
      headers.set("if-range", note!.version);
    }
    const response = await fetch(url, { headers, signal: silence.signal });
    try {
      if (response.status === 416) { // nothing behind the part: it is whole, or it is not of this file
        await response.body?.cancel();
        if (await size(part) === rangeTotal(response)) return;
        await discardPart(target); // and from the start
        throw new Error("the mirror answers 416");
      }
      if (response.status >= 500 || response.status === 429) throw new Error(`the mirror answers ${response.status}`);
      if (!response.ok) throw new MirrorError(`the mirror answers ${response.status}`);
      const type = response.headers.get("content-type") ?? "";
      if (/html/i.test(type)) {
        throw new MirrorError("a web page came instead of the file (a log-in page of the network?)");
      }
      if (response.status === 206) {
        if (!response.headers.get("content-range")?.startsWith(`bytes ${start}-`)) {
          throw new MirrorError(`another range than asked for came: ${response.headers.get("content-range")}`);
        }
      } else start = 0; // the whole file again
      const length = Number(response.headers.get("content-length") ?? NaN);
      const total = Number.isFinite(length) ? start + length : undefined, most = 2 * file.unpackedSize + 1024;
      if (total !== undefined && total > most) throw new MirrorError(`the file is too long: ${total} bytes`);
      const etag = response.headers.get("etag"); // a weak one (W/) says nothing about single bytes
      const version = etag && !etag.startsWith("W/") ? etag : response.headers.get("last-modified");
      if (start === 0) {
        await discardPart(target);
        if (version) {
          await Deno.writeTextFile(
            `${part}.json`,
            JSON.stringify({ url: withoutUser(url), version } satisfies PartNote),
          );
        }
      }
      using out = await Deno.open(part, { create: true, write: true, append: start > 0, truncate: start === 0 });
      const began = performance.now();
      let bytes = start;
      for await (const chunk of response.body ?? []) {
        since += chunk.length;
        if (since >= SLOWEST * patience) {
          clearTimeout(timer);
          since = 0;
          timer = rewind();
        }
        if (start === 0 && bytes === 0 && chunk.length > 1 && (chunk[0] !== 0x1f || chunk[1] !== 0x8b)) {
          throw new MirrorError(
            looksLikePage(chunk)
              ? "a web page came instead of the file (a log-in page of the network?)"
              : "what came is not a gzip file",
          );
        }
        bytes += chunk.length;
        if (bytes > most) throw new MirrorError(`the file is too long: over ${most} bytes`);
        await writeAll(out, chunk);
        const speed = (bytes - start) / (performance.now() - began) * 1000;
        onProgress?.({
          name: file.name,
          mirror: new URL(url).host,
          bytes,
          total,
          secondsLeft: total === undefined || !(speed > 0) ? undefined : (total - bytes) / speed,
        });
      }
      await out.sync();
      if (total !== undefined && bytes < total) throw new Error(`the line broke after ${bytes} of ${total} bytes`);
    } finally {
      await response.body?.cancel().catch(() => {});
    }
  } catch (error) {
    if (silence.signal.aborted) throw silence.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function checkPacked(part: string, file: ExpectedFile): Promise<void> {
  const plain = await unpack(await Deno.readFile(part), file).catch((cause) => {
    throw new MirrorError(`the gzip file is damaged (${(cause as Error).message})`);
  });
  if (plain.length !== file.unpackedSize) {
    throw new MirrorError(`it unpacks to ${plain.length} bytes, must be ${file.unpackedSize}`);
  }
  const found = (await sha256(plain)).toHex();
  if (found !== file.sha256) throw new MirrorError(`its SHA-256 is ${found}, must be ${file.sha256}`);
}

/** Never more than one byte beyond what is expected: a bomb stays small. */
async function unpack(bytes: Uint8Array, file: ExpectedFile): Promise<Uint8Array> {
  return await promisify(gunzip)(bytes, { maxOutputLength: file.unpackedSize + 1 }) as Uint8Array;
}

async function writeAll(out: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await out.write(bytes.subarray(done));
}

/** How long the file is, from a 416 answer. */
function rangeTotal(response: Response): number {
  return Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? NaN);
}

function looksLikePage(bytes: Uint8Array): boolean {
  return /^\s*<(!doctype|html|\?xml)/i.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}
