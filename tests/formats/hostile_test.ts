import { assert } from "@std/assert";
import fc from "fast-check";
import { encode as encodePng } from "fast-png";
import { strToU8, zipSync } from "fflate";
import { gzipSync } from "node:zlib";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { loadMnist } from "../../lib/files/digit_files.ts";
import { parseNumericCsv } from "../../lib/formats/csv.ts";
import { parseDigitCsv } from "../../lib/formats/digit_csv.ts";
import { parseIdx } from "../../lib/formats/idx.ts";
import { formatInFile, parseInFile } from "../../lib/formats/in_file.ts";
import { networkFromJson, networkToJson } from "../../lib/formats/json.ts";
import { toKaggleCsv } from "../../lib/formats/kaggle_csv.ts";
import { parseMat } from "../../lib/formats/mat.ts";
import { parseNpy, parseNpz } from "../../lib/formats/npz.ts";
import { networkFromSafetensors, networkToSafetensors } from "../../lib/formats/safetensors.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import { matrix } from "../../lib/matrix.ts";
import { he, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { readRows } from "../../lib/experiments/rows.ts";
import { sampleMat, sampleMat4 } from "../files/samples.ts";

/** How many mutated files each reader gets; 10,000 in a nightly run. */
const MUTATIONS = Number(Deno.env.get("DIGITS_MUTATIONS") ?? 300);

interface Reader {
  /** A good file. */
  readonly file: Uint8Array;
  readonly read: (bytes: Uint8Array) => unknown;
  /** True if a checksum in the file must notice every change of its content. */
  readonly checked?: boolean;
  /** Fewer mutations, where one takes long. */
  readonly share?: number;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const folder = await Deno.makeTempDir();

globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const network = initialise([3, 4, 2], seededRandom(1), he), digits = drawDigits(3, 1);

const idx = (sizes: number[], data: Uint8Array) => {
  const head = new Uint8Array(4 + 4 * sizes.length), view = new DataView(head.buffer);
  head.set([0, 0, 8, sizes.length]);
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  return Uint8Array.of(...head, ...data);
};

const npy = (shape: string, data: Uint8Array) => {
  const head = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`, length = 54;
  return Uint8Array.of(
    0x93,
    ...strToU8("NUMPY"),
    1,
    0,
    length + head.length - 54 + 54 - head.length,
    0,
    ...strToU8(head.padEnd(length)),
    ...data,
  );
};

const images = idx([3, 28, 28], digits.pixels), labels = idx([3], digits.labels);

for (const part of ["train", "t10k"]) {
  await Deno.writeFile(`${folder}/${part}-images-idx3-ubyte.gz`, gzipSync(images));
  await Deno.writeFile(`${folder}/${part}-labels-idx1-ubyte.gz`, gzipSync(labels));
}

const grey = Uint8Array.from({ length: 64 }, (_, i) => 4 * i),
  rgba = Uint8Array.from([...grey].flatMap((v) => [v, v, v, 255]));

const READERS: Readonly<Record<string, Reader>> = {
  "CSV": { file: strToU8(toKaggleCsv(digits)), read: (bytes) => parseNumericCsv(bytes, "f") },
  "CSV of digits, byte by byte": { file: strToU8(toKaggleCsv(digits)), read: parseDigitCsv },
  ".in": {
    file: strToU8(formatInFile(matrix(2, 3, [1, 2.5, -3, 0, 1e-7, 6]))),
    read: (bytes) => parseInFile(text(bytes), "f"),
  },
  "IDX": { file: images, read: (bytes) => parseIdx(bytes, "f") },
  "gz": {
    file: gzipSync(images),
    checked: true,
    share: 0.3,
    read: async (bytes) => {
      await Deno.writeFile(`${folder}/train-images-idx3-ubyte.gz`, bytes);
      return (await loadMnist(folder)).pixels;
    },
  },
  "npy": { file: npy("(3, 2)", Uint8Array.of(1, 2, 3, 4, 5, 6)), read: (bytes) => parseNpy(bytes, "f") },
  "npz": {
    file: zipSync({ "x.npy": npy("(3, 28, 28)", digits.pixels) }),
    checked: true,
    read: (bytes) => {
      const found = parseNpz(bytes, "f").get("x");
      if (found instanceof SyntaxError) throw found;
      return found;
    },
  },
  "mat": { file: sampleMat(), read: (bytes) => parseMat(bytes, "f") },
  "mat of version 4": { file: sampleMat4(), read: (bytes) => parseMat(bytes, "f") },
  "PNG": {
    file: encodePng({ width: 8, height: 8, data: grey, channels: 1 }),
    checked: true,
    read: async (bytes) => (await decodeImage(bytes, "f")).data,
  },
  "JPEG": {
    file: Uint8Array.from(encodeJpeg({ width: 8, height: 8, data: rgba }, 90).data),
    share: 0.5,
    read: (bytes) => decodeImage(bytes, "f"),
  },
  "safetensors of 32 bits": {
    file: networkToSafetensors(network, "F32"),
    read: (bytes) => networkFromSafetensors(bytes, "f"),
  },
  "safetensors": { file: networkToSafetensors(network), read: (bytes) => networkFromSafetensors(bytes, "f") },
  "JSON": { file: strToU8(networkToJson(network)), read: (bytes) => networkFromJson(text(bytes), "f") },
  "JSONL": {
    file: strToU8('{"id":"a","settings":{},"format":2}\n{"id":"b","settings":{},"format":2}\n'),
    share: 0.5,
    read: async (bytes) => {
      await Deno.writeFile(`${folder}/rows.jsonl`, bytes);
      return await readRows(`${folder}/rows.jsonl`);
    },
  },
};

/** Null, or what is wrong with how a reader took these bytes. */
async function complaint({ read, file, checked }: Reader, bytes: Uint8Array): Promise<string | null> {
  try {
    const result = await read(bytes);
    if (!checked) return null;
    const [now, good] = [JSON.stringify(result), JSON.stringify(await read(file))];
    return now === good || result === undefined ? null : "a changed content was read in silence";
  } catch (error) {
    const { name, message } = error as Error;
    if (!["SyntaxError", "RangeError", "TypeError", "Error"].includes(name)) return `threw ${name}: ${message}`;
    if (!/^Cannot (read|use|load|unpack) /.test(message)) {
      return `the message does not say what cannot be done: ${name}: ${message}`;
    }
    return message.length < 600 ? null : `a message of ${message.length} characters`;
  }
}

const edit = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), value: fc.nat(40) }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant("double" as const), at: fc.nat(), value: fc.nat(40) }),
);

function edited(file: Uint8Array, edits: readonly { kind: string; at: number; value: number }[]): Uint8Array {
  let bytes = [...file];
  for (const { kind, at: place, value } of edits) {
    const at = bytes.length ? place % bytes.length : 0;
    if (kind === "set") bytes[at] = value;
    else if (kind === "cut") bytes.splice(at, value + 1);
    else if (kind === "insert") bytes.splice(at, 0, value, 255 - value);
    else bytes = [...bytes.slice(0, at), ...bytes.slice(Math.max(0, at - value))];
  }
  return Uint8Array.from(bytes);
}

for (const [name, reader] of Object.entries(READERS)) {
  Deno.test(`${name}: cut off anywhere, it is a clear sentence or what is there`, async () => {
    assert(await complaint(reader, reader.file) === null, "the good file");
    const step = Math.max(1, Math.floor(reader.file.length / 200));
    for (let length = 0; length < reader.file.length; length += length < 150 ? 1 : step) {
      const wrong = await complaint(reader, reader.file.slice(0, length));
      assert(wrong === null, `cut to ${length} of ${reader.file.length} bytes: ${wrong}`);
    }
  });

  Deno.test(`${name}: with any bytes changed, the right content or a clear sentence`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const bytes = edited(reader.file, edits), wrong = await complaint(reader, bytes);
        assert(wrong === null, wrong ?? "");
      }),
      { numRuns: Math.ceil(MUTATIONS * (reader.share ?? 1)), seed: 1 },
    );
  });
}

Deno.test("bombs and lying headers are refused before anything large is taken", async () => {
  const lies: [string, () => unknown][] = [
    ["IDX of 4 billion pictures", () => parseIdx(idx([4_294_967_295, 28, 28], new Uint8Array(10)), "f")],
    ["npy of 10^15 numbers", () => parseNpy(npy("(1000000000, 999999)", new Uint8Array(4)), "f")],
    ["npz whose sizes lie", () => parseNpz(lyingZip(), "f")],
    [
      "safetensors with a header of 2^60 bytes",
      () => networkFromSafetensors(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 16, 1, 2), "f"),
    ],
    ["PNG of 4 billion pixels", () => decodeImage(lyingPng(), "f")],
  ];
  for (const [name, read] of lies) {
    const before = Deno.memoryUsage().rss;
    let message = "";
    try {
      await read();
    } catch (error) {
      message = (error as Error).message;
    }
    assert(message.startsWith("Cannot read"), `${name}: ${message || "was read"}`);
    const grown = (Deno.memoryUsage().rss - before) / 1e6;
    assert(grown < 200, `${name} took ${grown.toFixed(0)} MB`);
  }
});

function lyingPng(): Uint8Array {
  const png = encodePng({ width: 8, height: 8, data: grey, channels: 1 });
  new DataView(png.buffer, png.byteOffset).setUint32(16, 0xFFFFFFF0);
  return png;
}

/** An archive whose directory announces four gigabytes for a member of a few bytes. */
function lyingZip(): Uint8Array {
  const zip = zipSync({ "x.npy": npy("(3, 2)", Uint8Array.of(1, 2, 3, 4, 5, 6)) }), view = new DataView(zip.buffer);
  for (let at = 0; at + 4 < zip.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xFFFFFFF0, true);
  }
  return zip;
}
