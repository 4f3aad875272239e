import { assertEquals, assertRejects } from "@std/assert";
import { zipSync } from "fflate";
import { dirname } from "node:path";
import { loadDigits } from "../../lib/files/sources.ts";

Deno.test("mnist: finds the files with dots, in folders of their own names, in MNIST/raw and in a zip; else lists what is there", async () => {
  const parent = await Deno.makeTempDir();
  const idx = (sizes: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n]), ...data]);
  const content: [name: string, bytes: Uint8Array][] = ["train", "t10k"].flatMap((part) => [
    [`${part}-images-idx3-ubyte`, idx([2, 1, 2], [1, 2, 3, 4])],
    [`${part}-labels-idx1-ubyte`, idx([2], [9, part === "train" ? 1 : 2])],
  ]);
  const dotted = (name: string) => name.replace("-idx", ".idx");
  const forms: Record<string, (name: string) => string> = {
    dots: dotted,
    kaggle: (name) => `${name}/${name}`,
    torchvision: (name) => `MNIST/raw/${name}`,
    kept: (name) => `${name}.gz`, // unpacked by the browser, which kept the name
    test: (name) => name.replace("t10k", "test"),
  };
  try {
    for (const [form, path] of Object.entries(forms)) {
      for (const [name, bytes] of content) {
        await Deno.mkdir(dirname(`${parent}/${form}/${path(name)}`), { recursive: true });
        await Deno.writeFile(`${parent}/${form}/${path(name)}`, bytes);
      }
      const set = await loadDigits(`mnist:${parent}/${form}`);
      assertEquals([[...set.labels], [...set.test!.labels], set.name], [[9, 1], [9, 2], form]);
    }
    await Deno.writeFile(
      `${parent}/a.zip`,
      zipSync(Object.fromEntries(content.map(([name, bytes]) => [dotted(name), bytes]))),
    );
    assertEquals([...(await loadDigits(`mnist:${parent}/a.zip`)).test!.labels], [9, 2]);
    await Deno.remove(`${parent}/dots/t10k-images.idx3-ubyte`);
    await assertRejects(
      () => loadDigits(`mnist:${parent}/dots`),
      Error,
      "there is no t10k-images-idx3-ubyte.gz, packed or not; found t10k-labels.idx1-ubyte, train-images.idx3-ubyte,",
    );
    await Deno.writeTextFile(`${parent}/kept/train-labels-idx1-ubyte.gz`, "\n<!DOCTYPE html>");
    await assertRejects(() => loadDigits(`mnist:${parent}/kept`), SyntaxError, "it is a web page");
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});
