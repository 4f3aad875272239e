import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { className } from "../../lib/data/digits.ts";
import { defaultSource, findCoursera, loadDigits, mnistFolder } from "../../lib/files/sources.ts";

Deno.test("loadDigits() draws as many digits as asked, and refuses a count that is none", async () => {
  assertEquals((await loadDigits("drawn:30")).labels.length, 30);
  assertEquals((await loadDigits("drawn:1")).labels.length, 1);
  for (const source of ["drawn:", "drawn:0", "drawn:1e3", "drawn:-5", "drawn:1000000"]) {
    await assertRejects(
      () => loadDigits(source),
      RangeError,
      `Cannot load data "${source}": drawn takes a count from 1`,
    );
  }
});

/** Runs something with variables of the environment set, or unset where a value is null. */
async function withEnv(variables: Record<string, string | null>, action: () => unknown): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name) ?? null] as const);
  const put = (name: string, value: string | null) =>
    value === null ? Deno.env.delete(name) : Deno.env.set(name, value);
  Object.entries(variables).forEach(([name, value]) => put(name, value));
  try {
    await action();
  } finally {
    before.forEach(([name, value]) => put(name, value));
  }
}

Deno.test("DIGITS_DATA names MNIST's folder, from anywhere or from the project's folder, or says drawn", async () => {
  await withEnv({ DIGITS_DATA: "drawn" }, async () => {
    assertEquals([mnistFolder(), defaultSource()], [null, "drawn"]);
    await assertRejects(() => loadDigits("mnist"), RangeError, 'Cannot load data "mnist": it is not here yet');
  });
  await withEnv({ DIGITS_DATA: "/some/where" }, async () => {
    assertEquals([mnistFolder(), defaultSource()], ["/some/where", "mnist"]);
    await assertRejects(() => loadDigits(), Error, 'Cannot load MNIST from "/some/where": there is no such folder');
  });
  await withEnv({ DIGITS_DATA: "data/other" }, () => {
    assertEquals(mnistFolder(), fileURLToPath(new URL("../../data/other", import.meta.url)));
  });
});

Deno.test("DIGITS_DATA may be any source of 28 × 28 pixels, its path taken from the project's folder or from home", async () => {
  const sample = fileURLToPath(new URL("../../data/sample.csv", import.meta.url)), home = dirname(sample);
  await withEnv({ DIGITS_DATA: "csv:data/sample.csv" }, async () => {
    assertEquals([mnistFolder(), defaultSource()], [null, `csv:${sample}`]);
    assertEquals((await loadDigits()).labels.length, 1000);
  });
  await withEnv({ HOME: home, DIGITS_DATA: "csv:~/sample.csv" }, async () => {
    assertEquals((await loadDigits()).name, "sample.csv");
    assertEquals((await loadDigits("csv:~/sample.csv")).name, "sample.csv");
  });
  await withEnv({ HOME: home, DIGITS_DATA: "~/mnist" }, () => assertEquals(mnistFolder(), join(home, "mnist")));
  await withEnv({ DIGITS_DATA: "mnist:/some/where" }, () => assertEquals(defaultSource(), "mnist:/some/where"));
  const small = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(small, "label,a\n1,7\n");
    await withEnv({ DIGITS_DATA: `csv:${small}` }, async () => {
      await assertRejects(() => loadDigits(), RangeError, "the chapters need 28 × 28 pixels, got 1 × 1");
    });
  } finally {
    await Deno.remove(small);
  }
});

Deno.test("DIGITS_CLASSES names the ten classes", async () => {
  await withEnv({ DIGITS_CLASSES: "zero, one,two,three,four,five,six,seven,eight,nine" }, async () => {
    assertEquals(className(await loadDigits("drawn:1"), 1), "one");
  });
  await withEnv({ DIGITS_CLASSES: "zero,,two,three,four,five,six,seven,eight,nine" }, async () => {
    await assertRejects(() => loadDigits("drawn:1"), RangeError, "ten class names are needed");
  });
});

Deno.test("findCoursera() looks where DIGITS_COURSERA says, then in and beside MNIST's folder", async () => {
  const parent = await Deno.makeTempDir(), put = (path: string) => Deno.writeTextFile(`${parent}/${path}`, "");
  const found = async (DIGITS_COURSERA: string | null, DIGITS_DATA: string, expected: string | null) =>
    await withEnv({ DIGITS_COURSERA, DIGITS_DATA }, async () => assertEquals(await findCoursera(), expected));
  try {
    for (const name of ["own", "mnist/ex4", "ex4"]) await Deno.mkdir(`${parent}/${name}`, { recursive: true });
    await found(`${parent}/own`, `${parent}/mnist`, null); // folders, but no file in them
    await put("ex4/ex4data1.mat");
    await found(`${parent}/own`, `${parent}/mnist`, join(parent, "ex4"));
    await put("mnist/ex4/ex4data1.mat");
    await found(null, `${parent}/mnist`, join(parent, "mnist", "ex4"));
    await put("own/ex4data1.mat");
    await found(`${parent}/own`, `${parent}/mnist`, `${parent}/own`);
    await found(`${parent}/own`, "drawn", `${parent}/own`);
    await found(null, "drawn", null);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("loadDigits() draws so many digits that a smaller count is the beginning of a larger one", async () => {
  assertEquals((await loadDigits("drawn:30")).pixels, (await loadDigits("drawn")).pixels.slice(0, 30 * 784));
});
