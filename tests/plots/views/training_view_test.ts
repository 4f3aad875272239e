import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { trainingViewOf } from "../../../lib/plots/views/training_view.ts";
import { drive } from "./drive.ts";

Deno.test("trainingView(): another rate keeps what was learned, another size begins again, too large a rate is told", () => {
  const view = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 5, start: "He", rate: 0.3 }], digits: 60, steps: 50 }),
  );
  view.play(3);
  view.slide("learning rate", 0.5);
  assertEquals(view.state.step, 3);
  view.slide("hidden units", 7);
  assertEquals([view.state.step, view.answer[0]!.network.layers[0]!.weights.rows], [0, 7]);
  view.choose("start", "±0.5");
  const wild = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 5, start: "He", rate: 1e200 }], digits: 60, steps: 50 }),
  );
  wild.play(5);
  assertStringIncludes(wild.said, "its numbers have run away: too large a rate");
  assert(view.said.startsWith("Step 0: loss"));
  view.choose("start", "zeros");
  view.play(1);
  assertStringIncludes(view.said, "From zeros all hidden units stay alike");
  const dead = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 1, start: "He", rate: 30 }], digits: 60, steps: 50 }),
  );
  dead.play(10);
  assertStringIncludes(dead.said, "No hidden unit wakes for any digit any more: it has died.");
});
