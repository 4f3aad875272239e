import { assert, assertEquals, assertRejects } from "@std/assert";
import { isExpected } from "../../lib/files/download.ts";
import { copyMnist, downloadMnist, hasMnist, MNIST_FILES, MNIST_MIRRORS } from "../../lib/files/mnist.ts";
import { assertWhole, child, FAST, inFolder, names, packed } from "./download_fixtures.ts";
import { goodAnswer, randomFile, startMirror } from "./mirror.ts";

Deno.test("a damaged file in the folder is replaced by a whole one", async () => {
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(packed));
    await Deno.writeFile(`${folder}/small.gz`, packed.slice(0, 500));
    await downloadMnist({ ...FAST, folder, mirrors: [mirror.url] });
    await assertWhole(folder);
  });
});

Deno.test("two at once do not harm each other: the second waits and finds all done", async () => {
  const big = await randomFile("small.gz", 400_000, 2);
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(big.packed, { piece: 4000, pause: 10 }));
    const both = await Promise.all([1, 2].map(() => child(folder, mirror.url, [big.file]).output()));
    const said = both.map(({ stdout }) => new TextDecoder().decode(stdout)).sort((a, b) => a.length - b.length);
    assert(both.every(({ success }) => success));
    assertEquals(mirror.requests.length, 1);
    assertEquals(said[0], "small.gz: downloaded, its SHA-256 is right\n");
    assertEquals(
      said[1],
      "Another download is at work in this folder; waiting for it\nsmall.gz: there already, and right\n",
    );
  });
});

Deno.test("copyMnist() takes packed, unpacked and dotted names, and refuses what is not MNIST's", async () => {
  const two = await randomFile("train-images-idx3-ubyte.gz", 900, 5), files = [two.file];
  for (
    const [name, bytes] of [
      ["train-images-idx3-ubyte.gz", two.packed],
      ["train-images-idx3-ubyte", two.plain],
      ["train-images.idx3-ubyte", two.plain],
      ["train-images.idx3-ubyte.gz", two.packed],
    ] as const
  ) {
    await inFolder(async (from) => {
      await Deno.writeFile(`${from}/${name}`, bytes);
      await copyMnist(from, { folder: `${from}/to`, files });
      const [copy] = await names(`${from}/to`);
      assertEquals(copy, bytes === two.packed ? "train-images-idx3-ubyte.gz" : "train-images-idx3-ubyte");
      assert(await isExpected(await Deno.readFile(`${from}/to/${copy}`), two.file));
    });
  }
  await inFolder(async (from) => {
    const copy = () => copyMnist(from, { folder: `${from}/to`, files });
    await assertRejects(copy, Error, "there is no train-images-idx3-ubyte.gz, packed or not");
    await Deno.writeFile(`${from}/train-images-idx3-ubyte`, two.plain.with(5, 0));
    await assertRejects(copy, Error, "train-images-idx3-ubyte is not MNIST's file");
    assertEquals(await names(from), ["train-images-idx3-ubyte"]);
  });
});

Deno.test("a folder that cannot be written is named", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(
      () => downloadMnist({ ...FAST, folder: `${folder}/file/mnist`, mirrors: [] }),
      Error,
      `Cannot write to "${folder}/file/mnist"`,
    );
  });
});

Deno.test("MNIST has four files, and at least three hosts are asked for them", () => {
  assertEquals(MNIST_FILES.map(({ unpackedSize }) => unpackedSize), [47_040_016, 60_008, 7_840_016, 10_008]);
  assert(new Set(MNIST_MIRRORS.map((url) => new URL(url).host)).size >= 3);
  assert(MNIST_MIRRORS.every((url) => url.startsWith("https://") && url.endsWith("/")));
  assertEquals(hasMnist("/nowhere"), false);
});
