import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { reportView } from "../../../lib/plots/views/report_view.ts";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("reportView(): means of those trainings that are left, best first", () => {
  const view = drive(kept(SAMPLES.report!)); // in colours: start
  view.choose("along the axis", "rate");
  assertEquals(view.answer.count, 5);
  const he = view.answer.groups.find(({ colour, along }: { colour: number; along: number }) =>
    colour === 0 && along === 0
  );
  assertEquals(he.shares, [80, 90]);
  assertAlmostEquals(he.mean, 85, 1e-9);
  assertStringIncludes(view.said, "Best: start he, rate 0.1, 85.0 % in the mean");
  view.choose("in colours", "rate"); // then the start lies along the axis: no setting is both
  assertEquals([view.state.along, view.state.colour], [0, 1]);
  view.choose("only units", "64");
  assertEquals(view.answer.count, 2);
});

Deno.test("reportView() refuses a value that no factor names", () => {
  assertThrows(
    () => reportView([{ name: "rate", values: ["1"] }], [{ values: ["2"], share: 0 }], "x"),
    RangeError,
    "rate has no value 2",
  );
});
