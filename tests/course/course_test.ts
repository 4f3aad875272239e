import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { type Progress, trainTutorial } from "../../lib/course/train_tutorial.ts";
import { checkAttempt, exercise } from "../../lib/course/exercise.ts";
import { EXERCISES } from "../../lib/course/exercises/mod.ts";
import { chapterProgress, noteSolved, PROGRESS_FILE } from "../../lib/course/progress.ts";
import { scoreGuess } from "../../lib/course/guess.ts";
import { tutorial, TUTORIALS } from "../../lib/course/tutorials.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { gaussian, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("every exercise has its own name, three steps of help or more, and probes", () => {
  assertEquals(new Set(EXERCISES.map(({ id }) => id)).size, EXERCISES.length);
  assert(EXERCISES.length >= 35);
  for (const { id, hints, mistakes, probes } of EXERCISES) {
    assert(hints.length >= 3 && mistakes.length >= 2 && probes.length >= 1, id);
  }
});

for (const exercise of EXERCISES) {
  Deno.test(`exercise ${exercise.id}: stub, solution, and every known mistake is named`, async () => {
    for (const stub of [null, undefined, () => null]) {
      assertEquals(checkAttempt(exercise, stub).status, "not tried");
    }
    assertEquals(checkAttempt(exercise, exercise.solve).status, "right");
    const module = `data:text/typescript,${encodeURIComponent(`export default ${exercise.solution}`)}`;
    assertEquals(checkAttempt(exercise, (await import(module)).default), {
      status: "right",
      message: "Right, on every input that was tried.",
    });
    for (const { says, attempt } of exercise.mistakes) {
      assertEquals(checkAttempt(exercise, attempt), { status: "wrong", message: says });
    }
  });

  Deno.test(`exercise ${exercise.id}: an unknown mistake gets a failing input`, () => {
    const { status, message } = checkAttempt(exercise, () => "something else");
    assertEquals(status, "wrong");
    assert(/^Not yet\. For \([\s\S]*expected [\s\S]*got "something else"/.test(message), message);
  });
}

Deno.test("checkAttempt() survives attempts that throw, and names what they threw", () => {
  const { status, message } = checkAttempt(exercise("04b"), () => {
    throw new RangeError("oops");
  });
  assertEquals(status, "wrong");
  assertStringIncludes(message, "but it threw RangeError: oops");
  assertEquals(checkAttempt(exercise("04b"), 42).status, "wrong");
});

Deno.test("checkAttempt() tells what beginners do: no return, sorting in place, a number that is nearly right", () => {
  const said = (id: string, attempt: unknown) => checkAttempt(exercise(id), attempt).message;
  assertEquals(said("04b", () => {}), "Your function returns nothing: is `return` missing?");
  assertStringIncludes(said("04b", (z: number[]) => z.map(() => {})), "The function inside returns nothing");
  assertStringIncludes(said("04b", (z: number[]) => z.sort()), "also changes its input");
  const nearly = (p: number[][], y: number[]) =>
    p.reduce((sum, row, j) => sum - Math.log(row[y[j]!]! + 1e-8), 0) / y.length;
  assertStringIncludes(said("05a", nearly), "nearly");
});

Deno.test("progress: kept, one after the other, and begun anew where the file is damaged", async () => {
  const file = new URL(`../../${PROGRESS_FILE}`, import.meta.url),
    kept = await Deno.readTextFile(file).catch(() => null);
  const solved = async () => (await chapterProgress()).flatMap((chapter) => chapter.solved);
  try {
    for (const damaged of ["null", "5", '"x"', "{"]) {
      await Deno.writeTextFile(file, damaged);
      assertEquals(await solved(), []);
    }
    await Promise.all(["00a", "07a", "05c", "07a"].map(noteSolved));
    assertEquals(await solved(), ["00a", "05c", "07a"]);
    Deno.env.set("DIGITS_PROGRESS", "off");
    assertEquals(await solved(), []);
  } finally {
    Deno.env.delete("DIGITS_PROGRESS");
    if (kept === null) await Deno.remove(file);
    else await Deno.writeTextFile(file, kept);
  }
});

Deno.test("checkAttempt() notices that an attempt changes its input", () => {
  const inPlace = (weights: number[], gradients: number[], rate: number) => {
    for (let i = 0; i < weights.length; i++) weights[i]! -= rate * gradients[i]!;
    return weights;
  };
  assertStringIncludes(checkAttempt(exercise("08a"), inPlace).message, "changes its input");
});

Deno.test("exercise() refuses a name that does not exist", () => {
  assertThrows(() => exercise("99z"), RangeError, 'Cannot find exercise "99z"');
});

Deno.test("scoreGuess() is kind: near guesses, far ones, none", () => {
  assertEquals(scoreGuess(null, 7960), { verdict: "none", text: "The answer is 7,960." });
  assertEquals(scoreGuess(85, 81).verdict, "close");
  assertEquals(scoreGuess(50, 81), { verdict: "near", text: "You said 50, it is 81: more than you thought." });
  assertEquals(scoreGuess(1000, 81).verdict, "far");
  assertEquals(scoreGuess(0, 0).verdict, "close");
  assertEquals(scoreGuess("x", 3.14159).text, "The answer is 3.142.");
});

Deno.test("tutorial() knows its numbers and says which there are", () => {
  assertEquals(Object.keys(TUTORIALS).toSorted(), ["000", "001", "002", "003", "004"]);
  assertThrows(() => tutorial("009"), RangeError, 'Cannot find tutorial "009": must be one of');
});

Deno.test("each tutorial divides a set as its author did, and no digit is in both parts", () => {
  const set = drawDigits(6300, 1),
    sizes = (id: string, variant: "as-written" | "corrected") => {
      const { train, test } = tutorial(id).divide(set, variant);
      return [train.labels.length, test!.labels.length];
    };
  assertEquals(sizes("000", "corrected"), [5300, 1000]);
  assertEquals(sizes("002", "as-written"), [5000, 1300]);
  assertEquals(sizes("004", "as-written"), [4770, 1000]); // a tenth of 5,300 is kept back for validation
  assertEquals(sizes("004", "corrected"), [5300, 1000]);
  assertEquals(tutorial("000").divide(set, "corrected").test!.labels, set.labels.slice(0, 1000));
  assertEquals(tutorial("003").divide(drawDigits(50, 1), "corrected").test, undefined);
  assertThrows(() => tutorial("000").divide(drawDigits(500, 1), "corrected"), RangeError, "Cannot split 500 digits");
});

Deno.test("each tutorial's examples fit its network", () => {
  const set = drawDigits(4, 1);
  for (const { id, sizes, examples } of Object.values(TUTORIALS)) {
    assertEquals([examples(set).images.rows, examples(set).images.cols], [sizes[0], 4], id);
  }
  assertEquals(Array.from(tutorial("002").examples(set).labels), [...set.labels].map((digit) => (digit + 9) % 10));
});

for (const id of ["002", "003", "004"]) {
  Deno.test(`trainTutorial() trains ${id} on drawn digits: the loss falls, every update is reported in order, stopping keeps all`, async () => {
    const t = tutorial(id), set = drawDigits(160, 3), lesson = t.examples(set), test = t.examples(drawDigits(20, 4));
    const seen: Progress[] = [];
    const options = {
      variant: "corrected" as const,
      seed: 1,
      lesson,
      test,
      iterations: 12,
      epochs: 3,
      onProgress: (p: Progress) => void seen.push(p),
    };
    const { final, network } = await trainTutorial(t, options);
    assert(final.loss < seen[0]!.loss * 0.9, `${seen[0]!.loss} to ${final.loss}`);
    assertEquals(seen.at(-1), final);
    assertEquals(seen.map((p) => p.iteration), seen.map((p) => p.iteration).toSorted((a, b) => a - b));
    assert(seen[0]!.testAccuracy !== undefined && final.testAccuracy !== undefined);
    assertEquals((await trainTutorial(t, options)).network, network); // same seed, same weights
    let calls = 0;
    const stopped = await trainTutorial(t, { ...options, onProgress: undefined, shouldStop: () => ++calls > 2 });
    assert(stopped.final.iteration < final.iteration);
    await assertRejects(
      () => trainTutorial(t, { ...options, start: initialise([7, 3], seededRandom(1)) }),
      TypeError,
      `must be ${t.sizes.join("-")}, got 7-3`,
    );
  });
}

Deno.test("tutorial 003 as written never trains: the weights do not move at all", async () => {
  const t = tutorial("003"), lesson = t.examples(drawDigits(60, 3));
  const { network, final, message } = await trainTutorial(t, { variant: "as-written", seed: 1, lesson });
  assertEquals(network, initialise(t.sizes, seededRandom(1), gaussian, t.bends));
  assertEquals(final.iteration, 0);
  assertStringIncludes(message!, "no step along the gradient lowers the value");
});
