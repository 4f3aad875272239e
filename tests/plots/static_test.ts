import { assert, assertEquals } from "@std/assert";
import { inPalette, toPng } from "../../lib/plots/static.ts";
import { figures } from "./figures.ts";

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`the ${name} figure has titles, axis titles, a caption and finite numbers`, () => {
    const layout = figure.layout as Record<string, { title?: { text: string }; text?: string }>;
    assert(layout.title!.text && layout.xaxis!.title!.text && layout.yaxis!.title!.text && figure.caption);
    assert(figure.data.length > 0);
    assert(!/null|NaN/.test(JSON.stringify(name === "confusion" ? figure.data[0] : figure.data))); // its diagonal alone has holes
  });

  Deno.test(`the ${name} figure becomes a PNG with its titles in it`, async () => {
    const png = await toPng(figure);
    assertEquals([...png.slice(0, 4)], [0x89, 0x50, 0x4E, 0x47]);
    const view = new DataView(png.buffer, png.byteOffset);
    assertEquals(view.getUint32(16), 720);
    assert(png.length > 2500, `only ${png.length} bytes: is it empty?`); // white paper of this size has 500
  });
}

Deno.test("toPng() gives the same bytes for the same figure", async () => {
  assertEquals(await toPng(figures.heat!), await toPng(figures.heat!));
});

Deno.test("toPng() may be asked twice at once, also for the first time", async () => {
  const [one, other] = await Promise.all([toPng(figures.bars!), toPng(figures.lines!)]);
  assert(one!.length > 1000 && other!.length > 1000);
});

Deno.test("inPalette() keeps all colours where there is room, and otherwise the most frequent, every other as the nearest", () => {
  const dots = (colours: readonly number[]) => Uint8Array.from(colours.flatMap((grey) => [grey, grey, grey, 255]));
  const { palette, data } = inPalette(dots([0, 255, 0, 90]), 256);
  assertEquals([...data].map((place) => palette[place]![0]), [0, 255, 0, 90]);
  const few = inPalette(dots([0, 0, 0, 255, 255, 90]), 2);
  assertEquals([...few.data].map((place) => few.palette[place]![0]), [0, 0, 0, 255, 255, 0]);
});
