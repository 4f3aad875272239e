import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawDigits, type OwnNetwork, trainYours } from "../../lib/mod.ts";
import { solved } from "../course/workshop/readers.ts";
import { printed as linesOf } from "./printed.ts";

const printed = async (action: () => Promise<unknown>) => (await linesOf(action)).join("\n");

Deno.test("trainYours() says whose each part is, trains, compares with the library's network, and keeps it", async () => {
  const set = drawDigits(1060, 2024), kept: OwnNetwork[] = [];
  const keep = (network: OwnNetwork) => Promise.resolve(void kept.push(network));
  const own = { loss: await solved("loss"), update: await solved("update", ["w - rate", "w + rate"]) };
  const text = await printed(async () => assertEquals((await trainYours(own, { set, keep })).parts, 1));
  for (
    const words of ["loss         yours", "update       the tested one", "the same numbers, to 0e+0", "the library's: "]
  ) {
    assertStringIncludes(text, words);
  }
  assertEquals([kept.length, kept[0]!.parts, kept[0]!.trainedOn], [1, 1, "60 drawn digits"]);
  assertEquals(kept[0]!.network.layers.map(({ activation }) => activation), ["relu", "softmax"]);
});

Deno.test("trainYours() keeps nothing where no part is the reader's, and survives a part that stops on larger data", async () => {
  const set = drawDigits(1040, 2024), keep = () => Promise.reject(new Error("nothing should be kept"));
  const none = await printed(async () => assertEquals((await trainYours({ init: null }, { set, keep })).parts, 0));
  assertStringIncludes(none, "Write one part above");
  const forward = await solved("forward"),
    fussy = (...[layers, images]: Parameters<typeof forward>) => {
      if (images.length > 100) throw new RangeError("too many pixels");
      return forward(layers, images);
    };
  const stopped = await printed(async () => void await trainYours({ forward: fussy }, { set, keep }));
  assertStringIncludes(stopped, "Your network stopped before the first epoch: RangeError: too many pixels");
  assert(!stopped.includes("Kept"));
});
