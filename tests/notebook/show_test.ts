import { assertEquals } from "@std/assert";
import { savePicture } from "../../lib/notebook/show.ts";
import { toPng } from "../../lib/plots/static.ts";
import { figures } from "../plots/figures.ts";

Deno.test("savePicture() writes what toPng() draws", async () => {
  const path = await Deno.makeTempFile({ suffix: ".png" });
  try {
    await savePicture(figures.bars!, path);
    assertEquals(await Deno.readFile(path), await toPng(figures.bars!));
  } finally {
    await Deno.remove(path);
  }
});
