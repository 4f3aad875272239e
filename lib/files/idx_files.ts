/**
 * The four IDX files of a set in MNIST's form, under any of their names and in any of the folders they come in.
 *
 * @module
 */
import { basename, join } from "node:path";
import { gunzip, isGzip, isZip, unzip } from "../formats/zip.ts";
import { readBytes } from "./read_file.ts";

/** What a file of the set holds. */
export type IdxContent = `${"train" | "t10k"}-${"images" | "labels"}`;

/** Looks into a folder or a .zip once; gives its files by what they hold. */
export interface IdxPlace {
  /**
   * One of the four, still packed if it is, and what it is called here.
   *
   * @throws {Error} If there is none: names what is there instead.
   */
  read(content: IdxContent): Promise<{ name: string; bytes: Uint8Array }>;
}

const NAME = /^(train|t10k|test)[-_.](images|labels)[-_.]idx[13][-_.]ubyte(\.gz)?$/i; // with dots as some programs unpack them
const DEEPEST = 3; // MNIST/raw/…, or a folder that is called as the file in it

/**
 * Finds IDX files in a folder, in folders within it, or in a .zip.
 *
 * @param place Path of the folder or .zip.
 * @param doing Begins each error, such as `Cannot load MNIST`.
 * @throws {Error} If there is neither.
 */
export async function openIdxPlace(place: string, doing: string): Promise<IdxPlace> {
  const kind = await Deno.stat(place).catch(() => null),
    files: { name: string; read: () => Promise<Uint8Array> }[] = [];
  if (kind?.isDirectory) {
    for (const path of await filesWithin(place)) files.push({ name: path, read: () => readBytes(join(place, path)) });
  } else {
    const bytes = kind ? await readBytes(place) : null;
    if (!bytes || !isZip(bytes)) {
      throw new Error(
        `${doing} from "${place}": ${kind ? "it is not a folder" : "there is no such folder"}; see data/README.md`,
      );
    }
    for (const [name, content] of unzip(bytes, `${doing} from "${place}"`)) {
      files.push({ name, read: () => Promise.resolve(content) });
    }
  }
  return {
    async read(content) {
      for (const { name, read } of files) {
        const [, part, what] = NAME.exec(basename(name)) ?? [];
        if (part && `${part.toLowerCase().replace("test", "t10k")}-${what!.toLowerCase()}` === content) {
          return { name, bytes: await read() };
        }
      }
      const wanted = `${content}-idx${content.endsWith("images") ? 3 : 1}-ubyte`;
      const names = files.slice(0, 8).map(({ name }) => name),
        more = files.length > 8 ? `, … ${files.length} in all` : "";
      throw new Error(
        `${doing} from "${place}": there is no ${wanted}.gz, packed or not; found ${
          names.join(", ") || "no file"
        }${more}`,
      );
    },
  };
}

/** What .gz packs, whatever the name says: some browsers unpack and keep it. */
export function unpackedIdx({ name, bytes }: { name: string; bytes: Uint8Array }): Uint8Array {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith("<")) {
    throw new SyntaxError(`Cannot unpack "${name}": it is a web page; was a link saved, not the file?`);
  }
  return isGzip(bytes) ? gunzip(bytes, `Cannot unpack "${name}"`) : bytes;
}

/** Paths of all files, those of the folder itself first, in the order of their names. */
async function filesWithin(folder: string, within = "", depth = 0): Promise<string[]> {
  const entries = (await Array.fromAsync(Deno.readDir(join(folder, within)))).sort((a, b) => a.name < b.name ? -1 : 1);
  const paths = entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => join(within, name));
  if (depth === DEEPEST) return paths;
  for (const { name, isDirectory } of entries) {
    if (isDirectory && !name.startsWith(".")) paths.push(...await filesWithin(folder, join(within, name), depth + 1));
  }
  return paths;
}
