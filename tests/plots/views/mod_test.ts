import { assert, assertEquals, assertMatch } from "@std/assert";
import { VIEWS } from "../../../lib/plots/views/mod.ts";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("every view has a sample here, and none has a name of its own", () => {
  assertEquals(new Set(Object.values(SAMPLES).map(({ view }) => view)), new Set(Object.keys(VIEWS)));
});

for (const [name, answering] of Object.entries(SAMPLES)) {
  Deno.test(`the view ${name} is the same after JSON, and says so in one sentence`, () => {
    const view = kept(answering), stands = drive(view);
    if (view.play === undefined) assertEquals(answering.still.caption, stands.said);
    assert(stands.said.length < 420, stands.said);
    assertMatch(answering.still.svg, /^<svg [^>]*width="\d+" height="\d+"/);
    assert(answering.still.width <= 780, "fits a notebook");
    assert(JSON.stringify(answering.values).length < 15_000, "numbers of less than 15 kB");
  });

  Deno.test(`the view ${name} says what it shows at the ends of every control`, () => {
    const view = kept(answering), first = drive(view);
    const labels = first.controls.map(({ kind, label }) => `${kind} ${label}`);
    assertEquals(new Set(labels).size, labels.length, "each control has a label of its own");
    const check = (driven: typeof first, where: string) => {
      const text = `${driven.said} ${driven.svg} ${driven.captions}`;
      const wrong =
        /undefined|\[object|\b(?:d|points|transform|viewBox|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="[^"]*(?:NaN|Infinity)/
          .exec(text);
      assert(!wrong, `${where}: ${text.slice(wrong?.index, (wrong?.index ?? 0) + 80)}`);
    };
    for (const control of first.controls) {
      const values = control.kind === "slider"
        ? [control.min, control.max]
        : control.kind === "choice"
        ? control.options.map((_, i) => i)
        : [null];
      for (const value of values) {
        const driven = drive(view);
        if (control.kind === "slider") driven.slide(control.label, value!);
        else if (control.kind === "choice") driven.choose(control.label, control.options[value!]!);
        else if (control.kind === "button" && !control.off) driven.press(control.label);
        check(driven, `${control.label} ${value}`);
      }
    }
    if (view.key) {
      const driven = drive(view);
      for (const key of [" ", "ArrowUp", "ArrowLeft", " ", "Escape"]) driven.key(key);
      check(driven, "keys");
    }
    if (view.play) {
      const driven = drive(view);
      driven.play(3);
      check(driven, "played");
    }
    if (view.point) {
      for (const phase of ["down", "move", "up", "hover"] as const) {
        const driven = drive(view);
        for (const panel of [0, 1]) {
          for (const [x, y] of [[-50, -50], [100, 100], [5000, 5000]] as const) driven.point(panel, x, y, phase);
        }
        check(driven, phase);
      }
    }
  });
}
