import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { foundPicture } from "../../lib/plots/found_picture.ts";
import { toPng } from "../../lib/plots/static.ts";
import { page } from "../images/page.ts";

Deno.test("foundPicture() boxes each digit on the picture, and becomes a PNG", async () => {
  const image = page(["12"]),
    digit = { digit: 1, probability: 0.99, runnerUp: 7, runnerUpProbability: 0, probabilities: [], touched: false };
  const rows = [[{ ...digit, box: { left: 40, top: 40, width: 20, height: 50 } }, {
    ...digit,
    digit: 2,
    probability: 0.5,
    box: { left: 110, top: 0, width: 30, height: 50 },
  }]];
  const picture = foundPicture(image, { rows, text: "12" });
  assertEquals([picture.width, picture.height, picture.caption], [
    image.width,
    image.height,
    "Read: 12. Orange: not sure.",
  ]);
  assertMatch(picture.svg, /<image href="data:image\/png;base64,/);
  assertStringIncludes(picture.svg, 'stroke="#d1662b"');
  assertEquals((await toPng(picture)).slice(1, 4), Uint8Array.of(0x50, 0x4E, 0x47));
  assertEquals(foundPicture(image, { rows: [], text: "" }).caption, "Read: nothing.");
});
