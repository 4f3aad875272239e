import { assert, assertEquals, assertRejects } from "@std/assert";
import { zipSync } from "fflate";
import { basename } from "node:path";
import { className, pixelsOf } from "../../lib/data/digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { accuracy } from "../../lib/evaluation/metrics.ts";
import { readDigitCsv } from "../../lib/files/csv_files.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { parseDigitCsv } from "../../lib/formats/digit_csv.ts";
import { fromRows, toRows } from "../../lib/matrix.ts";
import { dict, npy } from "../formats/npy_fixtures.ts";
import { doubles, mat, matMatrix } from "./samples.ts";

Deno.test("loadDigits() takes packed and plain IDX and CSV, and says what is wrong with the rest", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const header = (magic: number[], sizes: number[]) => [...magic, ...sizes.flatMap((n) => [0, 0, 0, n])];
    const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(
        await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
      );
    for (const [part, labels] of [["train", [5, 0]], ["t10k", [7]]] as const) {
      const images = Uint8Array.from([
        ...header([0, 0, 8, 3], [labels.length, 2, 2]),
        ...labels.flatMap((l) => [l, 0, 0, 255]),
      ]);
      const names = Uint8Array.from([...header([0, 0, 8, 1], [labels.length]), ...labels]);
      if (part === "train") await Deno.writeFile(`${folder}/train-images-idx3-ubyte.gz`, await gzip(images));
      else await Deno.writeFile(`${folder}/t10k-images-idx3-ubyte`, images);
      await Deno.writeFile(`${folder}/${part}-labels-idx1-ubyte`, names);
    }
    const set = await loadDigits(`mnist:${folder}`);
    assertEquals([set.name, [...set.labels], set.width, [...set.test!.labels]], [basename(folder), [5, 0], 2, [7]]);
    assertEquals([...pixelsOf(set, 1)], [0, 0, 0, 255]);

    await Deno.writeTextFile(`${folder}/four.csv`, "label,a,b,c,d\n4,0,9,9,0\n");
    assertEquals((await loadDigits(`csv:${folder}/four.csv`)).width, 2);
    const quoted = 'label,a,b,c,d\n"4","0",9,9,0\n9,1,2,3,255\n\n0,5,6,7,8\n'; // not plain, and clean
    await Deno.writeTextFile(`${folder}/quoted.csv`, quoted);
    await Deno.writeTextFile(`${folder}/plain.csv`, quoted.replaceAll('"', ""));
    for (const name of ["quoted.csv", "plain.csv"]) {
      const set = await loadDigits(`csv:${folder}/${name}`);
      assertEquals([[...set.labels], [...set.pixels], set.width, set.height], [
        [4, 9, 0],
        [0, 9, 9, 0, 1, 2, 3, 255, 5, 6, 7, 8],
        2,
        2,
      ]);
      assertEquals([set.name, set.provenance], [name, `3 digits from ${name}`]);
    }
    await Deno.writeTextFile(`${folder}/bad.csv`, "label,a,b,c,d\n4,0,9,9,0\n14,0,0,0,0\n");
    await assertRejects(
      () => loadDigits(`csv:${folder}/bad.csv`),
      SyntaxError,
      'Cannot load "bad.csv": label at line 3, column 1',
    );
    await Deno.writeTextFile(`${folder}/three.csv`, "label,a,b,c\n4,0,9,9\n");
    await assertRejects(
      () => loadDigits(`csv:${folder}/three.csv`),
      SyntaxError,
      "size at line 2: must be a square picture in each row, such as 784 pixels for 28 × 28, got 3 pixels",
    );
    await Deno.writeFile(`${folder}/train-images-idx3-ubyte.gz`, Uint8Array.of(0x1F, 0x8B, 8, 0, 1));
    await assertRejects(() => loadDigits(`mnist:${folder}`), SyntaxError, 'Cannot unpack "train-images-idx3-ubyte.gz"');
    await assertRejects(() => loadDigits(`mnist:${folder}/none`), Error, "there is no such folder; see data/README.md");
    await assertRejects(() => loadDigits(`csv:${folder}`), Error, "it is a folder");
    await assertRejects(
      () => loadDigits(`mnist:${folder}/four.csv`),
      Error,
      `Cannot load MNIST from "${folder}/four.csv": it is not a folder; see data/README.md`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  for (const source of ["nonsense", "parquet:x", "csv:", ""]) {
    await assertRejects(() => loadDigits(source), RangeError, `Cannot load data "${source}"`);
  }
});

Deno.test("a set in MNIST's form is called as its folder is, and its classes as one says", async () => {
  const parent = await Deno.makeTempDir(), folder = `${parent}/fashion`;
  const idx = (sizes: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n]), ...data]);
  const names = "top,trousers,pullover,dress,coat,sandal,shirt,sneaker,bag,boot".split(",");
  try {
    await Deno.mkdir(folder);
    for (const part of ["train", "t10k"]) {
      await Deno.writeFile(`${folder}/${part}-images-idx3-ubyte`, idx([2, 1, 2], [1, 2, 3, 4]));
      await Deno.writeFile(`${folder}/${part}-labels-idx1-ubyte`, idx([2], [9, 1]));
    }
    const set = await loadDigits(`mnist:${folder}`, names);
    assertEquals([set.name, set.test!.name], ["fashion", "fashion test digits"]);
    assertEquals(set.provenance, "2 pictures in the form of MNIST, from fashion");
    assertEquals([className(set, 9), className(set.test!, 1)], ["boot", "trousers"]);
    assertEquals(className(await loadDigits(`mnist:${folder}`), 9), "9");
    await assertRejects(
      () => loadDigits(`mnist:${folder}`, ["a", "b"]),
      RangeError,
      'ten class names are needed, got "a,b"',
    );
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("loadDigits() refuses IDX files that do not fit each other", async () => {
  const parent = await Deno.makeTempDir(), folder = `${parent}/odd`;
  const idx = (sizes: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n]), ...data]);
  const cases: [images: Uint8Array, labels: Uint8Array, found: string][] = [
    [idx([2, 2], [1, 2, 3, 4]), idx([2], [5, 6]), "images [2 × 2] and labels [2]"],
    [idx([2, 1, 2], [1, 2, 3, 4]), idx([2, 1], [5, 6]), "images [2 × 1 × 2] and labels [2 × 1]"],
    [idx([2, 1, 2], [1, 2, 3, 4]), idx([3], [5, 6, 7]), "images [2 × 1 × 2] and labels [3]"],
  ];
  try {
    await Deno.mkdir(folder);
    for (const [images, labels, found] of cases) {
      await Deno.writeFile(`${folder}/train-images-idx3-ubyte`, images);
      await Deno.writeFile(`${folder}/train-labels-idx1-ubyte`, labels);
      await assertRejects(
        () => loadDigits(`mnist:${folder}`),
        SyntaxError,
        `Cannot load odd from "${folder}": ${found} must be [n × height × width] and [n]`,
      );
    }
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

const folder = mnistFolder();

Deno.test(
  { name: "MNIST itself: sizes, first labels, nearest average 82.0 % (needs DIGITS_DATA)", ignore: !folder },
  async () => {
    const set = await loadDigits("mnist");
    assertEquals([set.labels.length, set.test!.labels.length, [...set.labels.slice(0, 5)].join("")], [
      60_000,
      10_000,
      "50419",
    ]);
    const reached = accuracy(nearestMean(meanImages(set), set.test!), set.test!.labels);
    assert(Math.abs(reached - 0.82) < 0.001, String(reached));
    assertEquals(set.test!.labels.filter((label) => label === 1).length, 1135); // 11.35 %, as chapter 03 says
  },
);

Deno.test("readDigitCsv() reads a file in pieces as it reads it whole, and says how far it is", async () => {
  const row = (i: number) =>
    `${i % 10},${Array.from({ length: 784 }, (_, p) => (i * p) % 3 ? 0 : (i + p) % 256).join(",")}`;
  const path = await Deno.makeTempFile();
  try {
    for (const [rows, end] of [[5000, "\n"], [5000, "\r\n"], [3, "\n"], [3, "\r"]] as const) { // 9 MB are three pieces
      const text = `label,${Array.from({ length: 784 }, (_, i) => `pixel${i}`)}${end}` +
        Array.from({ length: rows }, (_, i) => row(i)).join(end);
      await Deno.writeTextFile(path, text);
      const shares: number[] = [], read = await readDigitCsv(path, (share) => shares.push(share));
      assertEquals(read, parseDigitCsv(new TextEncoder().encode(text)));
      assertEquals([read!.labels.length, read!.cols, shares.at(-1)], [rows, 785, 1]);
    }
    const odd = `${"7,".repeat(30)}7${" ".repeat(5_000_000)}\n`; // a line longer than a piece, and one longer than any row
    for (const text of [odd, `7${",0,255".repeat(2_000_000)}\n`]) {
      await Deno.writeTextFile(path, text);
      assertEquals(await readDigitCsv(path), null);
    }
    await Deno.writeTextFile(path, `${row(1)}\n`.repeat(4000) + "1,2\n");
    assertEquals(await readDigitCsv(path), null);
    await Deno.writeTextFile(path, "");
    assertEquals(await readDigitCsv(path), null);
    await assertRejects(() => readDigitCsv(`${path}.none`), Error, "there is no such file");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("loadDigits() reads .mat, .in and .npz into the same value, and says what is missing", async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, content: Uint8Array | string) =>
    typeof content === "string"
      ? Deno.writeTextFile(`${folder}/${name}`, content)
      : Deno.writeFile(`${folder}/${name}`, content);
  try {
    const X = matMatrix("X", 2, 4, 9, doubles(0, 1, 0.2, 0, 0.4, 0, 0.6, -0.1)),
      y = matMatrix("y", 2, 1, 2, [10, 3], { klass: 9 });
    await write("a.mat", mat(X, y));
    const set = await loadDigits(`mat:${folder}/a.mat`);
    assertEquals([set.width, [...set.labels], [...set.values!.subarray(0, 4)]], [2, [0, 3], [0, 0.4, 0.2, 0.6]]); // columns become rows
    assertEquals([...normalise(set).data.subarray(4)], [1, 0, 0, -0.1]);
    assertEquals([...pixelsOf(set, 0)], [0, 102, 51, 153]);
    await write("b.mat", mat(X));
    const greys = matMatrix("X", 2, 4, 9, doubles(0, 255, 51, 0, 102, 0, 153, 0));
    await write("k.mat", mat(greys, y)); // as many people make them: grey levels
    const counted = await loadDigits(`mat:${folder}/k.mat`);
    assertEquals([[...counted.pixels], counted.provenance], [
      [0, 102, 51, 153, 255, 0, 0, 0],
      "2 digits of 2 × 2 pixels from k.mat, grey levels from 0 to 255",
    ]);
    await write("l.mat", mat(matMatrix("X", 2, 4, 9, doubles(0, 256, 0, 0, 0, 0, 0, 0)), y));
    await assertRejects(() => loadDigits(`mat:${folder}/l.mat`), SyntaxError, "from 0 to 1 or from 0 to 255, got 256");
    await assertRejects(() => loadDigits(`mat:${folder}/b.mat`), SyntaxError, 'matrix "y" is missing, found X');
    await write("c.mat", mat(X, matMatrix("y", 2, 1, 2, [0, 3], { klass: 9 })));
    await assertRejects(
      () => loadDigits(`mat:${folder}/c.mat`),
      SyntaxError,
      "the label of row 1 must be from 1 to 10 (10 for zero), got 0",
    );
    await write("d.mat", mat(X, matMatrix("y", 3, 1, 2, [1, 2, 3], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/d.mat`), SyntaxError, "y [3 × 1] must have a label");
    await write("e.mat", mat(X, matMatrix("y", 2, 1, 2, [1, 11], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/e.mat`), SyntaxError, "label of row 2 must be from 1 to 10");
    await write("f.mat", mat(X, matMatrix("y", 2, 2, 2, [1, 2, 3, 4], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/f.mat`), SyntaxError, "y [2 × 2] must have a label or ten");
    await write("g.mat", mat(X, matMatrix("y", 2, 1, 9, doubles(1, 2.5))));
    await assertRejects(() => loadDigits(`mat:${folder}/g.mat`), SyntaxError, "(10 for zero), got 2.5");
    await write("h.mat", mat(matMatrix("X", 2, 3, 2, [0, 0, 0, 0, 0, 0]), y));
    await assertRejects(() => loadDigits(`mat:${folder}/h.mat`), SyntaxError, "X [2 × 3] must have a square number");
    for (const [place, at] of [["1, 1", 0], ["2, 3", 5]] as const) {
      await write("i.mat", mat(matMatrix("X", 2, 4, 9, doubles(...new Array(8).fill(0).with(at, NaN))), y));
      await assertRejects(() => loadDigits(`mat:${folder}/i.mat`), SyntaxError, `X(${place}) must be finite, got NaN`);
    }
    await write("j.mat", mat(X, matMatrix("y", 1, 2, 2, [1, 9], { klass: 9 }))); // a row of labels
    assertEquals([...(await loadDigits(`mat:${folder}/j.mat`)).labels], [1, 9]);
    await write("X.in", "0,0.2,0.4,0.6\n1,0,0,-0.1\n");
    for (
      const oneHot of [
        "0,0,0,0,0,0,0,0,0,1\n0,0,1,0,0,0,0,0,0,0\n",
        "0,0\n0,0\n0,1\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n1,0\n",
      ]
    ) {
      await write("y.in", oneHot);
      const other = await loadDigits(`in:${folder}`);
      assertEquals([other.labels, other.values], [set.labels, set.values]);
    }
    const images = npy(dict("|u1", "1, 2, 2"), [0, 255, 3, 4]), labels = npy(dict("|u1", "1,"), [5]);
    await write(
      "m.npz",
      zipSync({ "x_train.npy": images, "y_train.npy": labels, "x_test.npy": images, "y_test.npy": labels }),
    );
    const keras = await loadDigits(`npz:${folder}/m.npz`);
    assertEquals([[...keras.labels], [...keras.test!.pixels]], [[5], [0, 255, 3, 4]]);
    for (
      const [x, y, found] of [
        [npy(dict("|u1", "1, 3"), [0, 255, 3]), labels, "x_train must be (n, height, width), (n, height, width, 1) or"],
        [npy(dict("|u1", "1, 1, 1, 3"), [0, 255, 3]), labels, "got (1, 1, 1, 3)"],
        [
          npy(dict("<i2", "1, 2, 2"), [0, 0, 1, 1, 2, 0, 3, 0]),
          labels,
          "with numbers from 0 to 255 or from 0 to 1, got 257",
        ],
        [
          images,
          npy(dict("|u1", "2,"), [5, 6]),
          "y_train must be (1) labels from 0 to 9, (1, 1) or one-hot (1, 10), got (2)",
        ],
        [images, npy(dict("|u1", "1,"), [12]), "got 12 at row 0"],
        [images, npy(dict("|u1", "1, 10"), [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]), "got no single 1 at row 0"],
        [
          images,
          npy(dict("<U1", "1,"), [53, 0, 0, 0]),
          "texts, dates and records (<U1) are not read; save numbers",
        ],
      ] as const
    ) {
      await write("o.npz", zipSync({ "x_train.npy": x, "y_train.npy": y, "x_test.npy": images, "y_test.npy": labels }));
      await assertRejects(() => loadDigits(`npz:${folder}/o.npz`), SyntaxError, found);
    }
    const f4 = (...values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];
    const f2 = (...values: number[]) => [...new Uint8Array(Float16Array.from(values).buffer)];
    for (
      // as people save them
      const [x, y, values] of [
        [npy(dict("|u1", "1, 4"), [0, 255, 51, 0]), npy(dict("|u1", "1, 1"), [5]), undefined],
        [npy(dict("|u1", "1, 2, 2, 1"), [0, 255, 51, 0]), npy(dict("<i4", "1,"), [5, 0, 0, 0]), undefined],
        [npy(dict(">i2", "1, 2, 2"), [0, 0, 0, 255, 0, 51, 0, 0]), npy(dict(">i2", "1,"), [0, 5]), undefined],
        [
          npy(dict("<f4", "1, 2, 2"), f4(0, 1, 0.2, 0)),
          npy(dict("<f4", "1, 10"), f4(0, 0, 0, 0, 0, 1, 0, 0, 0, 0)),
          0.2,
        ],
        [npy(dict("<f2", "1, 4"), f2(0, 1, 0.2, 0)), labels, 0.2],
        [npy(dict("<f4", "1, 4"), f4(0, 255, 51, 0)), labels, undefined],
      ] as const
    ) {
      await write("p.npz", zipSync({ "x_train.npy": x, "y_train.npy": y, "x_test.npy": images, "y_test.npy": labels }));
      const set = await loadDigits(`npz:${folder}/p.npz`);
      assertEquals([[...set.pixels], [...set.labels], set.width], [[0, 255, 51, 0], [5], 2]);
      assertEquals(set.values && Math.round(1000 * set.values[2]!) / 1000, values);
    }
    await write("n.npz", zipSync({ "x_train.npy": images }));
    await assertRejects(
      () => loadDigits(`npz:${folder}/n.npz`),
      SyntaxError,
      'array "y_train" is missing, found x_train',
    );
    await assertRejects(() => loadDigits("mat:"), RangeError, "mat needs a path, as in mat:PATH");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  assertEquals(toRows(fromRows([[1]])), [[1]]);
});
