/**
 * MNIST: where its files are, and how they get there.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadFile, type DownloadOptions, type ExpectedFile, isExpected } from "./download.ts";
import { discardPart } from "./part_file.ts";
import { type IdxContent, type IdxPlace, openIdxPlace } from "./idx_files.ts";
import { makeFolder, writeFault, writeWhole } from "./write_file.ts";

/** MNIST's four files, with size and SHA-256 of what is packed in them. */
export const MNIST_FILES: readonly ExpectedFile[] = [
  {
    name: "train-images-idx3-ubyte.gz",
    unpackedSize: 47_040_016,
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  {
    name: "train-labels-idx1-ubyte.gz",
    unpackedSize: 60_008,
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    name: "t10k-images-idx3-ubyte.gz",
    unpackedSize: 7_840_016,
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    name: "t10k-labels-idx1-ubyte.gz",
    unpackedSize: 10_008,
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
];

/** Public copies of MNIST, in the order in which they are asked. */
export const MNIST_MIRRORS: readonly string[] = [
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://raw.githubusercontent.com/fgnt/mnist/master/",
  "https://azureopendatastorage.blob.core.windows.net/mnist/",
];

/** Where `deno task data` puts MNIST, and where `mnist` looks for it. */
export const MNIST_FOLDER: string = fileURLToPath(new URL("../../data/mnist", import.meta.url));

/** Settings of {@linkcode downloadMnist}; the files and mirrors of MNIST unless others are named. */
export interface DownloadMnistOptions extends Partial<DownloadOptions> {
  /** Where to (data/mnist in the project). */
  readonly folder?: string;
  /** Which files to fetch. */
  readonly files?: readonly ExpectedFile[];
  /** Called with a sentence for each file, and when another download has to be waited for. */
  readonly onNote?: (sentence: string) => void;
}

/** Whether all four files are in the folder, packed or not. Their content is not looked at. */
export function hasMnist(folder: string = MNIST_FOLDER): boolean {
  const there = (name: string) => {
    try {
      return Deno.statSync(join(folder, name)).isFile;
    } catch {
      return false;
    }
  };
  return MNIST_FILES.every(({ name }) => there(name) || there(name.replace(/\.gz$/, "")));
}

/**
 * Fetches MNIST into a folder: what is there and right stays, the rest is downloaded, resumed and checked.
 *
 * Two calls at once do not harm each other: the second waits, and then finds everything done. Proxies are taken from
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 *
 * @returns The folder.
 * @throws {Error} If a file cannot be had from any mirror, or the folder cannot be written.
 */
export async function downloadMnist(options: DownloadMnistOptions = {}): Promise<string> {
  const { folder = MNIST_FOLDER, mirrors = MNIST_MIRRORS, files = MNIST_FILES, onNote } = options;
  return await locked(folder, onNote, async () => {
    for (const file of files) {
      if (await isThere(folder, file)) {
        await discardPart(join(folder, file.name)); // a call that was killed had no time to
        onNote?.(`${file.name}: there already, and right`);
        continue;
      }
      await downloadFile(folder, file, { ...options, mirrors });
      onNote?.(`${file.name}: downloaded, its SHA-256 is right`);
    }
  });
}

/**
 * Takes MNIST from a folder or a .zip where it already is, packed or not, also under names with a dot
 * (train-images.idx3-ubyte) or in folders within.
 *
 * @returns The folder it is now in.
 * @throws {Error} If a file is missing or is not MNIST's; nothing is copied then.
 */
export async function copyMnist(
  from: string,
  { folder = MNIST_FOLDER, files = MNIST_FILES, onNote }: DownloadMnistOptions = {},
): Promise<string> {
  const found: { bytes: Uint8Array; name: string }[] = [];
  const place = await openIdxPlace(from, "Cannot take MNIST");
  for (const file of files) found.push(await findFile(place, from, file));
  return await locked(folder, onNote, async () => {
    for (const { name } of files) await discardPart(join(folder, name)); // of a download that this makes superfluous
    for (const { bytes, name } of found) {
      await writeWhole(join(folder, name), bytes);
      onNote?.(`${name}: copied, its SHA-256 is right`);
    }
  });
}

async function findFile(
  place: IdxPlace,
  from: string,
  file: ExpectedFile,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { name, bytes } = await place.read(file.name.replace(/-idx.*/, "") as IdxContent);
  if (!await isExpected(bytes, file)) {
    throw new Error(`Cannot take MNIST from "${from}": ${name} is not MNIST's file (its SHA-256 differs)`);
  }
  return { bytes, name: bytes[0] === 0x1f ? file.name : file.name.replace(/\.gz$/, "") };
}

async function isThere(folder: string, file: ExpectedFile): Promise<boolean> {
  for (const name of [file.name, file.name.replace(/\.gz$/, "")]) {
    const path = join(folder, name), kind = await Deno.stat(path).catch(() => null);
    const fits = kind?.isFile && kind.size <= file.unpackedSize + 1024; // else it cannot be right, and may be endless
    const bytes = fits ? await Deno.readFile(path).catch(() => null) : null;
    if (bytes) return await isExpected(bytes, file);
  }
  return false;
}

/** One at a time. The system gives the lock back even when a process is killed. */
async function locked(
  folder: string,
  onNote: ((sentence: string) => void) | undefined,
  action: () => Promise<void>,
): Promise<string> {
  await makeFolder(folder);
  using lock = await Deno.open(join(folder, ".lock"), { create: true, write: true }).catch((cause) => {
    throw new Error(`Cannot write to "${folder}": ${writeFault(cause)}`, { cause });
  });
  if (!await lock.tryLock(true)) {
    onNote?.("Another download is at work in this folder; waiting for it");
    await lock.lock(true);
  }
  await action();
  await lock.unlock();
  return folder;
}
