import { assertEquals } from "@std/assert";
import { Pace } from "../../lib/engine/adaptive.ts";

Deno.test("a crew that slows the work down is left out, and asked again later", () => {
  const pace = new Pace(),
    run = (steps: number, alone: number, together: number) => {
      let used = 0;
      for (let step = 0; step < steps; step++) {
        used += Number(pace.together);
        pace.took(pace.together ? together : alone);
      }
      return used;
    };
  assertEquals(run(470, 2, 1), 470); // at first it is trusted
  assertEquals(run(30, 2, 3), 15); // then both ways are timed, half of the steps each
  assertEquals(run(470, 2, 3), 0);
  assertEquals(run(30, 2, 1), 15);
  assertEquals(run(470, 2, 1), 470);
});
