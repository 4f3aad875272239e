import { assertEquals } from "@std/assert";
import { dotsFigure } from "../../lib/plots/dots.ts";

Deno.test("dotsFigure(): a dot for each value, the first name at the top, a stroke at each mean", () => {
  const { data, layout } = dotsFigure([{ name: "a", values: [1, 3] }, { name: "b", values: [5] }], {
    ...{ title: "t", x: "x", y: "", caption: "c", from: 0 },
  });
  assertEquals(data.map(({ x, y }) => [x, y]), [[[1, 3], [2, 2]], [[5], [1]], [[2, 5], [2, 1]]]);
  assertEquals((layout.yaxis as { ticktext: string[] }).ticktext, ["a", "b"]);
  assertEquals((layout.shapes as unknown[]).length, 1);
  const errors = dotsFigure([{ name: "a", values: [0.5, 12] }], {
    title: "t",
    x: "x",
    y: "",
    caption: "c",
    logX: true,
  });
  assertEquals((errors.layout.xaxis as { type: string; title: unknown }).type, "log");
  assertEquals((layout.xaxis as { type?: string }).type, undefined);
});
