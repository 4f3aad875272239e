// Files built by somebody who knows the formats, to take a gigabyte or a minute: made on the fly, seeded, small where they can be.
import { zipSync, zlibSync } from "fflate";
import { constants, crc32, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { joined as together } from "../images/png_maker.ts";
import { latin, mat, matMatrix, u32 } from "../files/samples.ts";
import { type Random, seededRandom, uniform } from "../../lib/random.ts";

/** A file, and by which of {@linkcode READERS} it is read. */
export interface Bomb {
  readonly name: string;
  readonly reader: "csv" | "data" | "picture" | "weights" | "grid";
  /** What stands behind the folder in the reader's source; the file's name where nothing is said. */
  readonly source?: string;
  /** The files, by name: bytes; pieces and how often; or a beginning, and bytes in all. */
  readonly files: () => Readonly<Record<string, Content>>;
}
type Content = Uint8Array | { readonly head?: Uint8Array; readonly repeat: Uint8Array; readonly times: number } | {
  readonly head: Uint8Array;
  readonly size: number;
};

const text = (words: string) => new TextEncoder().encode(words);
const many = (words: string, bytes: number, head = ""): Content => {
  const piece = text(words.repeat(Math.ceil(1e6 / words.length)));
  return { head: text(head), repeat: piece, times: Math.ceil(bytes / piece.length) };
};
const be32 = (...values: number[]) => values.flatMap((v) => [v >>> 24, v >>> 16 & 255, v >>> 8 & 255, v & 255]);
const zeros = (bytes: number) => new Uint8Array(bytes);

const MEGABYTE = deflateRawSync(zeros(1e6), { finishFlush: constants.Z_FULL_FLUSH });

/** A beginning and so many millions of zeros, deflated: the same block again and again, which takes no time. */
function packed(millions: number, head: Uint8Array<ArrayBuffer> = zeros(0)) {
  const first = head.length ? deflateRawSync(head, { finishFlush: constants.Z_FULL_FLUSH }) : head;
  const raw = together([first, ...Array.from({ length: millions }, () => MEGABYTE), Uint8Array.of(3, 0)]);
  let low = 1, high = 0; // Adler-32, which zeros change in its upper half alone
  for (const byte of head) high = (high + (low = (low + byte) % 65521)) % 65521;
  high = (high + millions * 1e6 % 65521 * low) % 65521;
  return { raw, wrapped: together([Uint8Array.of(0x78, 1), raw, Uint8Array.from(be32(high * 65536 + low))]) };
}

/** An archive of one file that begins so and goes on with zeros; its directory may say another size. */
function zipOfZeros(
  name: string,
  head: Uint8Array<ArrayBuffer>,
  millions: number,
  said = head.length + millions * 1e6,
): Uint8Array {
  const { raw } = packed(millions, head), nought = zeros(1e6);
  let sum = crc32(head);
  for (let i = 0; i < millions; i++) sum = crc32(nought, sum);
  const about = [...[20, 0, 0, 0, 8, 0, 0, 0, 0, 0], ...u32(sum, raw.length, said), ...[name.length, 0, 0, 0]];
  const local = [...u32(0x04034B50), ...about, ...latin(name)];
  const entry = [...u32(0x02014B50), 20, 0, ...about, ...zeros(10), ...u32(0), ...latin(name)];
  const end = [...u32(0x06054B50), ...zeros(4), 1, 0, 1, 0, ...u32(entry.length, local.length + raw.length), 0, 0];
  return together([Uint8Array.from(local), raw, Uint8Array.from([...entry, ...end])]);
}

// PNG
const SIGNATURE = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10];
const chunk = (name: string, data: Uint8Array) => {
  const body = together([text(name), data]);
  return together([Uint8Array.from(be32(data.length)), body, Uint8Array.from(be32(crc32(body)))]);
};
const ihdr = (width: number, height: number, depth = 8, kind = 0) =>
  chunk("IHDR", Uint8Array.from([...be32(width, height), depth, kind, 0, 0, 0]));
const png = (...chunks: Uint8Array[]) => together([Uint8Array.from(SIGNATURE), ...chunks]);
const idat = (bytes: number) => chunk("IDAT", deflateSync(zeros(bytes)));

// JPEG
const segment = (mark: number, body: number[]) => [0xFF, mark, body.length + 2 >> 8, body.length + 2 & 255, ...body];
const frame = (width: number, height: number, mark = 0xC2) =>
  segment(mark, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
const SCAN = [...segment(0xDA, [1, 1, 0, 0, 0, 0]), 0];
const jpeg = (...parts: number[][]) => Uint8Array.from([0xFF, 0xD8, ...parts.flat(), 0xFF, 0xD9]);

// NumPy, MATLAB, IDX, safetensors, zip
const npy = (header: string, body: Uint8Array, version = 1) =>
  together([
    Uint8Array.from([0x93, ...latin("NUMPY"), version, 0, ...u32(header.length).slice(0, version === 1 ? 2 : 4)]),
    text(header),
    body,
  ]);
const dict = (descr: string, shape: string, fortran = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`;
const npz = (x: Uint8Array) =>
  zipSync({ "x_train.npy": x, "y_train.npy": npy(dict("|u1", "1,"), zeros(1)) }, { level: 6 });
const elementOf = (content: Uint8Array) => together([Uint8Array.from(u32(15, content.length)), content]);
const packedElement = (bytes: Uint8Array) => elementOf(deflateSync(bytes));
/** All of a matrix of bytes but for the bytes. */
const matrixHead = (rows: number, cols: number) =>
  Uint8Array.from([
    ...u32(14, rows * cols + 56, 6, 8, 9, 0, 5, 8, rows, cols, 1, 1),
    ...[88, 0, 0, 0, 0, 0, 0, 0],
    ...u32(2, rows * cols),
  ]);
const idx = (...sizes: number[]) => Uint8Array.from([0, 0, 8, sizes.length, ...be32(...sizes)]);
const safetensors = (header: string, data = zeros(0)) =>
  together([Uint8Array.from([...u32(header.length), 0, 0, 0, 0]), text(header), data]);
const member = gzipSync(zeros(1e6)); // a .gz may consist of several

const csv = (name: string, content: () => Content): Bomb => ({
  name: `csv: ${name}`,
  reader: "csv",
  files: () => ({ "a.csv": content() }),
});
const inFiles = (name: string, content: () => Content): Bomb => ({
  name: `in: ${name}`,
  reader: "data",
  source: "in:",
  files: () => ({ "X.in": content(), "y.in": text("1\n") }),
});
const of = (reader: Bomb["reader"], file: string, name: string, content: () => Content): Bomb => ({
  name: `${file.split(".").at(-1)}: ${name}`,
  reader,
  ...reader === "data" && { source: `${file.split(".").at(-1)}:${file}` },
  files: () => ({ [file]: content() }),
});
const idxFiles = (images: Content, labels: Content) => ({
  "train-images-idx3-ubyte": images,
  "train-labels-idx1-ubyte": labels,
  "t10k-images-idx3-ubyte": images,
  "t10k-labels-idx1-ubyte": labels,
});

/** Every kind that was found to do harm, once. */
export const BOMBS: readonly Bomb[] = [
  csv("short rows", () => many("1,2\n", 120e6)),
  csv("rows of one cell", () => many("7\n", 100e6)),
  csv("one line", () => many("0,", 250e6)),
  csv("nothing but quotes", () => many('"', 200e6)),
  csv("one cell in quotes", () => many("x", 200e6, '"')),
  csv("cells of text", () => many("x,y\n", 100e6)),
  csv("ragged rows", () => many("1\n", 40e6, `${Array.from({ length: 784 }, (_, i) => `p${i}`).join()},label\n`)),
  csv("a very wide first line", () => many("1\n", 40e3, `${"a,".repeat(100_000)}a\n`)),
  csv("nothing but line ends", () => many("\n", 250e6)),
  csv("one cell of digits and an x", () => text(`label,a\n${"1".repeat(200_000)}x,1\n`)),
  csv("numbers that are no pixels", () => many("9.5,-1,1e9,3\n", 120e6)),
  csv("3 GB in a .gz", () => ({ repeat: member, times: 3000 })),
  csv("more than the limit", () => ({ head: text("1,2\n"), size: 2e9 })),
  inFiles("rows", () => many("1.5e0,2\n", 60e6)),
  of(
    "picture",
    "a.png",
    "millions of empty chunks",
    () => ({ head: png(ihdr(8, 8)), repeat: chunk("IDAT", zeros(0)), times: 8e6 }),
  ),
  of("picture", "a.png", "a palette of 30 MB", () => png(ihdr(8, 8, 8, 3), chunk("PLTE", zeros(30e6)), idat(72))),
  of("picture", "a.png", "one pixel wide, 50 million high", () => png(ihdr(1, 50_000_000), idat(1e6))),
  of(
    "picture",
    "a.png",
    "a colour profile of 400 MB",
    () => png(ihdr(8, 8), chunk("iCCP", together([text("x\0\0"), packed(400).wrapped])), idat(72)),
  ),
  of("picture", "a.png", "texts", () => ({ head: png(ihdr(8, 8)), repeat: chunk("zTXt", zeros(1e6)), times: 120 })),
  of("picture", "a.png", "more content than announced", () => png(ihdr(8, 8), chunk("IDAT", packed(300).wrapped))),
  of(
    "picture",
    "a.png",
    "50 million pixels with colours",
    () => png(ihdr(7000, 7000, 8, 6), chunk("IDAT", packed(197).wrapped), chunk("IEND", zeros(0))),
  ),
  of("picture", "a.jpg", "10,000 scans", () => jpeg(frame(7000, 7000), ...Array.from({ length: 10_000 }, () => SCAN))),
  of(
    "picture",
    "a.jpg",
    "60 scans of 49 million pixels",
    () => jpeg(frame(7000, 7000), ...Array.from({ length: 60 }, () => SCAN)),
  ),
  ...[0x01, 0xD0].map((mark) =>
    of(
      "picture",
      "a.jpg",
      `a mark ${mark.toString(16)} before a frame of 400 million pixels`,
      () => jpeg([0xFF, mark], frame(20_000, 20_000), SCAN),
    )
  ),
  of("picture", "a.jpg", "200 MB of nothing", () => many("\x7F", 200e6, "")),
  of(
    "picture",
    "a.jpg",
    "100 MB behind the header",
    () => ({ head: jpeg(frame(64, 64)).slice(0, -2), repeat: zeros(1e6), times: 100 }),
  ),
  of(
    "picture",
    "a.gif",
    "a first picture larger than the whole",
    () =>
      Uint8Array.from([
        ...latin("GIF89a"),
        8,
        0,
        8,
        0,
        0x80,
        0,
        0,
        0,
        0,
        0,
        255,
        255,
        255,
        0x2C,
        0,
        0,
        0,
        0,
        255,
        255,
        255,
        255,
        0,
        2,
        2,
        0x44,
        1,
        0,
        0x3B,
      ]),
  ),
  of(
    "weights",
    "a.safetensors",
    "a header of 2 GB",
    () => ({ head: Uint8Array.from([...u32(2e9), 0, 0, 0, 0, 0x7B]), size: 2e9 + 8 }),
  ),
  of("weights", "a.safetensors", "lists in lists", () => safetensors("[".repeat(900_000))),
  of("weights", "a.safetensors", "400 layers over the same bytes", () => {
    const entry = { dtype: "F32", shape: [1000, 2000], data_offsets: [0, 8e6] };
    return safetensors(
      JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, l) => [`layers.${l}.weight`, entry]))),
      zeros(8e6),
    );
  }),
  of(
    "weights",
    "a.safetensors",
    "a matrix of 25 million weights",
    () =>
      safetensors(
        JSON.stringify({ "layers.0.weight": { dtype: "F16", shape: [5000, 5000], data_offsets: [0, 5e7] } }),
        zeros(5e7),
      ),
  ),
  of("weights", "a.json", "lists in lists", () => many("[", 190e6)),
  of("weights", "a.json", "a list of 90 million numbers", () => many("1,", 180e6, "[")),
  of("weights", "a.json", "objects", () => many("{},", 180e6, "[")),
  of("data", "a.npz", "a shape of commas", () => npz(npy(dict("|u1", ",".repeat(4e6)), zeros(1), 2))),
  of("data", "a.npz", "int8, 300 MB", () => zipOfZeros("x_train.npy", npy(dict("|i1", "300000000,"), zeros(0)), 300)),
  of(
    "data",
    "a.npz",
    "400 million pixels of one picture",
    () => zipOfZeros("x_train.npy", npy(dict("|u1", "1, 20000, 20000"), zeros(0)), 400),
  ),
  of(
    "data",
    "a.npz",
    "Fortran order, 60 dimensions",
    () => zipOfZeros("x_train.npy", npy(dict("|u1", `${"1, ".repeat(58)}2, 15000000`, "True"), zeros(0)), 30),
  ),
  of("data", "a.npz", "an announced size of 3 GB", () => zipOfZeros("x_train.npy", zeros(0), 3, 3e9)),
  of("data", "a.npz", "an announced size of 10 bytes", () => zipOfZeros("x_train.npy", zeros(0), 400, 10)),
  of(
    "data",
    "a.npz",
    "5,000 files",
    () => zipSync(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`a${i}.npy`, zeros(10)]))),
  ),
  of(
    "data",
    "a.mat",
    "15 elements of 100 MB",
    () => together([mat(), ...Array.from({ length: 15 }, () => elementOf(packed(100).wrapped))]),
  ),
  of(
    "data",
    "a.mat",
    "a matrix of 400 million bytes",
    () => together([mat(), elementOf(packed(400, matrixHead(20_000, 20_000)).wrapped)]),
  ),
  of("data", "a.mat", "100,000 matrices", () => {
    const one = Uint8Array.from(matMatrix("X", 1, 1, 2, [1]));
    return { head: mat(), repeat: one, times: 100_000 };
  }),
  {
    name: "idx: 100 million pictures of two pixels",
    reader: "data",
    source: "mnist:",
    files: () => idxFiles({ head: idx(1e8, 1, 2), size: 2e8 + 16 }, { head: idx(1e8), size: 1e8 + 8 }),
  },
  {
    name: "idx: one picture of 100 million pixels",
    reader: "data",
    source: "mnist:",
    files: () => idxFiles({ head: idx(1, 10_000, 10_000), size: 1e8 + 16 }, Uint8Array.from([...idx(1), 3])),
  },
  {
    name: "idx: 3 GB in a .gz",
    reader: "data",
    source: "mnist:",
    files: () => ({
      "train-labels-idx1-ubyte.gz": { repeat: member, times: 3000 },
      "train-images-idx3-ubyte.gz": member,
    }),
  },
  of(
    "grid",
    "a.json",
    "a billion combinations",
    () =>
      text(JSON.stringify({
        data: "drawn",
        tutorial: "000",
        seed: Array.from({ length: 1000 }, (_, i) => i),
        iterations: Array.from({ length: 1000 }, (_, i) => i + 1),
        rows: Array.from({ length: 1000 }, (_, i) => i + 1),
      })),
  ),
];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(uniform(random, 0, from.length))]!;

/** A whole number, small or huge. */
const size = (random: Random) => Math.floor(pick(random, [2, 30, 1000, 70_000, 2 ** 24, 2 ** 31]) * random());

/** A file of the right form with numbers that may be anything, for each seed another. */
export function randomBomb(seed: number): Bomb {
  const random = seededRandom(seed), name = `made from seed ${seed}`;
  const kind = pick(random, ["csv", "png", "jpg", "npz", "mat", "safetensors", "json", "idx", "gif", "in"] as const);
  const data = (most = 2e6) => zeros(Math.min(most, size(random)));
  switch (kind) {
    case "csv":
    case "in": {
      const piece = Array.from(
        { length: 1 + Math.floor(20 * random()) },
        () =>
          pick(random, [
            "0,",
            "1\n",
            '"',
            ",",
            "\n",
            "255,",
            "x,",
            "1e999,",
            "label\n",
            ";",
            "\t",
            "#",
            "\r\n",
            "nan,",
          ]),
      ).join("");
      const content = () =>
        many(
          piece,
          60e6 * random() ** 3,
          pick(random, ["", "label,a,b\n", `${"p,".repeat(size(random) % 200_000)}q\n`]),
        );
      return kind === "csv" ? csv(name, content) : inFiles(name, content);
    }
    case "png":
      return of("picture", "a.png", name, () =>
        png(
          ihdr(size(random), size(random), pick(random, [1, 2, 4, 8, 16]), pick(random, [0, 2, 3, 4, 6])),
          ...Array.from({ length: Math.floor(2000 * random() ** 4) }, () =>
            chunk(pick(random, ["IDAT", "tEXt", "iCCP", "PLTE", "tRNS", "eXIf", "IHDR"]), data(1e4))),
          chunk("IDAT", zlibSync(data(2e7))),
          chunk("IEND", zeros(0)),
        ));
    case "jpg":
      return of(
        "picture",
        "a.jpg",
        name,
        () =>
          jpeg(...Array.from({ length: 1 + Math.floor(200 * random() ** 2) }, () =>
            pick(random, [
              () => frame(size(random) & 0xFFFF, size(random) & 0xFFFF, pick(random, [0xC0, 0xC1, 0xC2, 0xC9])),
              () => SCAN,
              () => [0xFF, pick(random, [0, 1, 0xD0, 0xD7, 0xD8, 0xFE, 0xE1, 0xC4])],
              () => segment(pick(random, [0xE1, 0xC4, 0xDB, 0xDD]), [...data(500)]),
            ])())),
      );
    case "npz":
      return of("data", "a.npz", name, () => {
        const shape = Array.from(
          { length: Math.floor(70 * random() ** 3) },
          () => pick(random, [0, 1, 2, 28, 784, size(random)]),
        ).join(", ");
        return npz(
          npy(
            dict(
              pick(random, ["|u1", "|i1", "<f8", "<i8", ">f4", "<f2", "|O"]),
              `${shape},`,
              pick(random, ["True", "False"]),
            ),
            data(5e7),
          ),
        );
      });
    case "mat":
      return of(
        "data",
        "a.mat",
        name,
        () =>
          together([
            mat(),
            ...Array.from({ length: Math.floor(300 * random() ** 3) }, () =>
              pick(random, [
                () =>
                  elementOf(
                    packed(size(random) % 9, matrixHead(1 + size(random) % 3000, 1 + size(random) % 3000)).wrapped,
                  ),
                () => packedElement(data(3e7)),
                () => Uint8Array.from([...u32(14, size(random)), ...data(100)]),
              ])()),
          ]),
      );
    case "safetensors":
      return of("weights", "a.safetensors", name, () => {
        const tensors = Array.from({ length: Math.floor(500 * random() ** 2) }, (_, l) => [
          `layers.${l}.${pick(random, ["weight", "bias"])}`,
          {
            dtype: pick(random, ["F16", "F32", "F64", "I8"]),
            shape: [size(random), size(random)],
            data_offsets: [0, size(random)],
          },
        ]);
        return safetensors(JSON.stringify(Object.fromEntries(tensors)), data());
      });
    case "json":
      return of(
        pick(random, ["weights", "grid"] as const),
        "a.json",
        name,
        () =>
          many(
            pick(random, ["[", "{", "1,", "[],", '{"a":', '"x",', "null,"]),
            100e6 * random() ** 3,
            pick(random, ["[", '{"layers":[', ""]),
          ),
      );
    case "idx":
      return {
        name: `idx: ${name}`,
        reader: "data",
        source: "mnist:",
        files: () => {
          const sizes = [size(random), 1 + size(random) % 400, 1 + size(random) % 400], count = sizes[0]!;
          const bytes = sizes.reduce((a, b) => a * b);
          return bytes > 400e6
            ? idxFiles(idx(...sizes), idx(count))
            : idxFiles({ head: idx(...sizes), size: 16 + bytes }, { head: idx(count), size: 8 + count });
        },
      };
    case "gif":
      return of("picture", "a.gif", name, () => {
        const word = () => [size(random) & 255, size(random) & 255];
        const one = () => [0x2C, ...word(), ...word(), ...word(), ...word(), 0, 2, 2, 0x44, 1, 0];
        return Uint8Array.from([
          ...latin("GIF89a"),
          ...word(),
          ...word(),
          0x80,
          0,
          0,
          0,
          0,
          0,
          255,
          255,
          255,
          ...Array.from({ length: 1 + size(random) % 50 }, one).flat(),
          0x3B,
        ]);
      });
  }
}

/** Writes a bomb's files into a folder. */
export async function lay(bomb: Bomb, folder: string): Promise<void> {
  for (const [name, content] of Object.entries(bomb.files())) {
    using file = await Deno.open(`${folder}/${name}`, { create: true, write: true, truncate: true });
    const write = async (bytes: Uint8Array) => {
      for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    };
    if (content instanceof Uint8Array) await write(content);
    else {
      await write(content.head ?? zeros(0));
      if ("size" in content) await file.truncate(content.size);
      else {
        const block = content.repeat.length < 1e5
          ? together(Array.from({ length: Math.min(content.times, 10_000) }, () => content.repeat))
          : content.repeat;
        for (let left = content.repeat.length * content.times; left > 0; left -= block.length) {
          await write(block.subarray(0, left));
        }
      }
    }
  }
}
