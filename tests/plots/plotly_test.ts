import { assertEquals, assertStringIncludes } from "@std/assert";
import { figureSvg } from "../../lib/plots/plotly.ts";
import { figures } from "./figures.ts";

/** Without the six digits that plotly.js draws by lot for figures, lines and scales. */
const plain = (svg: string) => svg.replace(/(defs-|cb|clip|legend|trace|["#]g)[0-9a-f]{6}/g, "$1");

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`the ${name} figure is drawn with its titles, the same each time, and left as it was`, async () => {
    const { title } = figure.layout as { title: { text: string } }, before = structuredClone(figure);
    const svg = await figureSvg(figure);
    assertStringIncludes(svg, `>${title.text}</text>`);
    assertEquals(plain(await figureSvg(figure)), plain(svg));
    assertEquals(figure, before);
  });
}
