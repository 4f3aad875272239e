import { assert, assertEquals, assertThrows } from "@std/assert";
import { NotFinite, SumsNotFinite, UnknownName } from "../lib/errors.ts";
import { engineName } from "../lib/engine/choice.ts";
import { loadDigits } from "../lib/files/sources.ts";
import { matrix } from "../lib/matrix.ts";
import { forward } from "../lib/network/forward.ts";
import { initialise } from "../lib/network/init.ts";
import { seededRandom } from "../lib/random.ts";
import { expandGrid, type Grid } from "../lib/experiments/settings.ts";
import { tutorial } from "../lib/tutorials/tutorials.ts";

Deno.test("words that name nothing are UnknownName: a command's exit status hangs on the class", async () => {
  assertThrows(() => tutorial("009"), UnknownName, 'Cannot find tutorial "009"');
  assertThrows(() => engineName("quick"), UnknownName, 'Cannot use engine "quick"');
  assertThrows(
    () => expandGrid({ data: "drawn", colour: "red" } as unknown as Grid),
    UnknownName,
    "Cannot use the grid",
  );
  for (const source of ["tape:x", "csv", "drawn:many"]) {
    const error = await loadDigits(source).catch((error) => error);
    assert(error instanceof UnknownName, source);
    assert(error.message.startsWith(`Cannot load data "${source}"`), error.message);
  }
});

Deno.test("sums that are not finite say where: a training that runs away is told by this class", () => {
  const network = initialise([2, 3], seededRandom(1));
  const error = assertThrows(() => forward(network, matrix(2, 2, [0, 0, 0, NaN])), SumsNotFinite);
  assert(error instanceof NotFinite && error instanceof RangeError);
  assertEquals([error.layer, error.example, error.name], [1, 1, "RangeError"]);
});
