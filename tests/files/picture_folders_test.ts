import { assertEquals, assertRejects } from "@std/assert";
import { encode } from "fast-png";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { withFolder } from "../with_folder.ts";

const drawn = drawDigits(60, 4), of = (i: number) => drawn.pixels.subarray(784 * i, 784 * (i + 1));
const png = (data: Uint8Array, width = 28) =>
  encode({ width, height: data.length / width, data, channels: 1, depth: 8 });

/** Writes digits into the folders of their labels. */
async function write(folder: string, indices: readonly number[], of: (i: number) => Uint8Array): Promise<void> {
  for (const i of indices) {
    await Deno.mkdir(`${folder}/${drawn.labels[i]}`, { recursive: true });
    await Deno.writeFile(`${folder}/${drawn.labels[i]}/${String(i).padStart(3, "0")}.png`, png(of(i)));
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

Deno.test("pictures: folders 0 to 9 hold the same digits as they came from, dealt out in proportion", () =>
  withFolder(async (folder) => {
    await write(folder, range(0, 60), of);
    await Deno.writeTextFile(`${folder}/.DS_Store`, "");
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    const { pixels, labels, width, height, provenance } = await loadDigits(`pictures:${folder}`);
    assertEquals([labels.length, width, height], [60, 28, 28]);
    const left = range(0, 60);
    for (const [k, label] of labels.entries()) {
      const found = left.find((i) => drawn.labels[i] === label)!; // each folder in the order of its names
      assertEquals(pixels.subarray(784 * k, 784 * (k + 1)), of(found));
      left.splice(left.indexOf(found), 1);
    }
    assertEquals(provenance.startsWith("60 digits of 28 × 28 pixels from folders of pictures in "), true);
  }));

Deno.test("pictures: dark ink on light paper is turned round, and train and test are told apart", () =>
  withFolder(async (folder) => {
    const dark = (i: number) => of(i).map((grey) => 255 - grey);
    await write(`${folder}/Training`, range(0, 40), dark);
    await write(`${folder}/testing`, range(40, 60), dark);
    const { labels, pixels, test, provenance } = await loadDigits(`pictures:${folder}`);
    assertEquals([labels.length, test!.labels.length], [40, 20]);
    assertEquals(pixels.subarray(0, 784), of(drawn.labels.indexOf(labels[0]!)));
    assertEquals(provenance.endsWith("dark ink on light paper turned round"), true);
  }));

Deno.test("pictures: of a small and a large folder, every third of the set has its share", () =>
  withFolder(async (folder) => {
    for (const [digit, count] of [["1", 3], ["0", 30]] as const) {
      await Deno.mkdir(`${folder}/${digit}`);
      for (let i = 0; i < count; i++) await Deno.writeFile(`${folder}/${digit}/${i}.png`, png(of(i)));
    }
    const { labels } = await loadDigits(`pictures:${folder}`);
    for (const third of [0, 1, 2]) {
      assertEquals(labels.subarray(11 * third, 11 * third + 11).reduce((sum, label) => sum + label, 0), 1);
    }
  }));

Deno.test("pictures: what is missing or does not fit is named", () =>
  withFolder(async (folder) => {
    const refuse = (text: string, kind: typeof Error = SyntaxError) =>
      assertRejects(() => loadDigits(`pictures:${folder}`), kind, text);
    await refuse("found nothing");
    await Deno.mkdir(`${folder}/zero`);
    await refuse("needs folders 0 to 9 with pictures, or train and test with such folders, found zero");
    await Deno.mkdir(`${folder}/3`);
    await refuse("its folders hold no pictures");
    await Deno.writeFile(`${folder}/3/a.png`, png(of(0)));
    await Deno.writeFile(`${folder}/3/b.png`, png(new Uint8Array(32 * 20), 32));
    await refuse('all must have one size: "3/a.png" has 28 × 28 pixels, "3/b.png" 32 × 20');
    await Deno.writeFile(`${folder}/3/b.png`, png(new Uint8Array(300 * 20), 300));
    await refuse('"3/b.png" has 300 × 20 pixels, at most 256 × 256');
    await Deno.writeTextFile(`${folder}/3/b.png`, "text");
    await refuse("3/b.png");
    await Deno.rename(`${folder}/3`, `${folder}/three`);
    await Deno.mkdir(`${folder}/train/3`, { recursive: true });
    await Deno.mkdir(`${folder}/test/3`, { recursive: true });
    await Deno.writeFile(`${folder}/train/3/a.png`, png(of(0)));
    await Deno.writeFile(`${folder}/test/3/a.png`, png(new Uint8Array(32 * 20), 32));
    await refuse('"train" has 28 × 28 pixels, "test" 32 × 20');
    await assertRejects(() => loadDigits(`pictures:${folder}/none`), Error, "there is no such");
    await assertRejects(() => loadDigits(`pictures:${folder}/train/3/a.png`), Error, "it must be a folder");
  }));
