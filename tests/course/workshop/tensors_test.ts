import { assertEquals, assertMatch } from "@std/assert";
import { compareTensor, judgeTensors, tensorsOf } from "../../../lib/course/workshop/tensors.ts";

Deno.test("compareTensor() says exact, approximate or wrong, and where", () => {
  const wanted = [[1, 2], [3, 4]];
  assertEquals(compareTensor("W", [[1, 2], [3, 4 + 1e-12]], wanted).status, "exact");
  assertEquals(
    compareTensor("W", [[1, 2], [3, 4.001]], wanted).text,
    "W approximate: largest difference 0.001 at [1][1], 4.001 instead of 4",
  );
  assertEquals(
    compareTensor("W", [[1, 5], [3, 4]], wanted).text,
    "W wrong: largest difference 3 at [0][1], 5 instead of 2",
  );
  assertEquals(compareTensor("W", [[1, 2], [3, NaN]], wanted).text, "W wrong: NaN at [1][1]");
  assertEquals(
    compareTensor("W", [[1, 2], [3]], wanted).text,
    "W wrong: its shape should be 2 × 2, got rows of different lengths",
  );
  assertEquals(compareTensor("W", [[1, 2], [3, Infinity]], wanted).status, "wrong");
  assertMatch(compareTensor("W", [1, 2], wanted).text, /a list of lists is asked for \(2 × 2\), got \[1, 2\]/);
  assertMatch(compareTensor("b", [[1], [2]], [1, 2]).text, /a plain list of 2 numbers/);
  assertMatch(compareTensor("b", 7, [1, 2]).text, /a list of numbers is asked for \(2\), got 7/);
  assertEquals(compareTensor("b", new Float32Array([0.1, 2]), [0.1, 2]).status, "exact");
  assertEquals(compareTensor("b", [Math.fround(0.3), 2], [0.3, 2]).status, "approximate");
});

Deno.test("judgeTensors() stops at the first that is off, and names the slip that gives the same", () => {
  const slips = { "doubled": () => [2, 4], "turned": () => [-1, -2], "does not fit": () => [[9]] };
  const first = { name: "a", got: [1, 2], wanted: [1, 2], slips },
    second = { name: "b", got: [2, 4], wanted: [1, 2], slips };
  assertEquals(judgeTensors([first, second, second], () => " (end)"), {
    right: false,
    text: "Not yet. a exact.\nb wrong: largest difference 2 at [1], 4 instead of 2.\ndoubled (end)",
  });
  assertEquals(judgeTensors([first]), { right: true, text: "Right: a exact." });
  assertEquals(tensorsOf([1, 2], "Z", 2), [1, 2]);
  assertMatch((tensorsOf([1], "Z", 2) as { text: string }).text, /Z should have 2 entries/);
});
