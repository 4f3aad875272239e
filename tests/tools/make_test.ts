import { assertEquals } from "@std/assert";
import { checkDigitTable } from "../../lib/data/cleanliness.ts";
import { parseNumericCsv } from "../../lib/formats/csv.ts";
import { makePhoto, PHOTOS } from "../../tools/maintain/make_photos.ts";
import { dirtyCsv, drawnDigitsPng, sampleCsv, walkThroughPng } from "../../tools/maintain/make_samples.ts";

const table = (text: string) => parseNumericCsv(new TextEncoder().encode(text), "test.csv");

Deno.test("data/sample.csv and data/dirty.csv are what make_samples.ts writes", async () => {
  assertEquals(await Deno.readTextFile(new URL("../../data/sample.csv", import.meta.url)) === sampleCsv(), true);
  assertEquals(await Deno.readTextFile(new URL("../../data/dirty.csv", import.meta.url)) === dirtyCsv(), true);
  assertEquals(checkDigitTable(table(sampleCsv())), []);
  assertEquals(checkDigitTable(table(dirtyCsv())).map(({ places }) => places[0]!.line), [4, 7, 9]);
});

Deno.test("the pictures of the pages are what make_samples.ts draws", async () => {
  for (const [name, draw] of [["walk_through", walkThroughPng], ["drawn_digits", drawnDigitsPng]] as const) {
    assertEquals(await Deno.readFile(new URL(`../../notebooks/${name}.png`, import.meta.url)), await draw());
  }
});

Deno.test("data/photos/ is what make_photos.ts makes", async () => {
  for (const name of Object.keys(PHOTOS)) {
    assertEquals(await Deno.readFile(new URL(`../../data/photos/${name}`, import.meta.url)), makePhoto(name), name);
  }
});
