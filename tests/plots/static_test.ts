import { assert, assertEquals } from "@std/assert";
import { toPng } from "../../lib/plots/static.ts";
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
