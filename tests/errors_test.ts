import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { slice } from "../lib/data/digits.ts";
import { drawDigits } from "../lib/data/drawn_digits.ts";
import { examplesOf } from "../lib/data/examples.ts";
import { shuffle } from "../lib/data/prepare.ts";
import { train } from "../lib/engine/train.ts";
import { NotFinite, SumsNotFinite, UnknownName } from "../lib/errors.ts";
import { engineName } from "../lib/engine/choice.ts";
import { loadDigits } from "../lib/files/sources.ts";
import { matrix } from "../lib/matrix.ts";
import { forward } from "../lib/network/forward.ts";
import { initialise } from "../lib/network/init.ts";
import { seededRandom } from "../lib/random.ts";
import { expandGrid, type Grid } from "../lib/experiments/grid.ts";
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

Deno.test("a forgotten await, rows for a Matrix, digits for examples and text for numbers are told as what they are", async () => {
  const network = initialise([784, 10], seededRandom(1)),
    set = drawDigits(3, 1),
    wrong = <T>(value: unknown) => value as T;
  const images = examplesOf(set).images, settings = { iterations: 1, learningRate: 0.1 };
  const cases: [() => unknown, string][] = [
    [
      () => slice(wrong(Promise.resolve(set)), 0, 2),
      "must be Digits, as await loadDigits() gives, got a promise (is an await",
    ],
    [() => shuffle(wrong(Promise.resolve(set)), seededRandom(1)), "got a promise"],
    [() => examplesOf(wrong([1, 2])), "Cannot make examples: must be Digits, as await loadDigits() gives, got a list"],
    [
      () => forward(network, wrong([[1, 2]])),
      "must be a Matrix, as normalise(digits) and fromRows(rows) make, got a list",
    ],
    [() => train(network, wrong(set), settings), "as examplesOf(digits) gives, got an object with pixels, labels"],
    [
      () => train(network, examplesOf(set), { ...settings, test: wrong(set) }),
      "Cannot test while training: examples must be",
    ],
    [
      () => train(network, wrong({ images, labels: ["5", "1", "2"] }), settings),
      'labels[0]: must be a whole number from 0 to 9, got the string "5"',
    ],
    [() => train(network, examplesOf(set), { ...settings, iterations: wrong("40") }), 'from 1, got the string "40"'],
    [
      () => train(network, examplesOf(set), { ...settings, learningRate: wrong("0.3") }),
      'above 0, got the string "0.3"',
    ],
  ];
  for (const [attempt, said] of cases) await assertRejects(async () => await attempt(), Error, said);
});

Deno.test("sums that are not finite say where: a training that runs away is told by this class", () => {
  const network = initialise([2, 3], seededRandom(1));
  const error = assertThrows(() => forward(network, matrix(2, 2, [0, 0, 0, NaN])), SumsNotFinite);
  assert(error instanceof NotFinite && error instanceof RangeError);
  assertEquals([error.layer, error.example, error.name], [1, 1, "RangeError"]);
});
