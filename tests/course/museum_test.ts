import { assert, assertEquals, assertThrows } from "@std/assert";
import { COSTS, exhibit, EXHIBITS, museumMaterial, whose } from "../../lib/course/museum/mod.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { TUTORIALS } from "../../lib/tutorials/tutorials.ts";

Deno.test("the museum has every published mistake once, and knows its numbers", () => {
  assert(EXHIBITS.length >= 30);
  assertEquals(new Set(EXHIBITS.map(({ id }) => id)).size, EXHIBITS.length);
  for (let n = 1; n <= 29; n++) assertEquals(exhibit(String(n).padStart(2, "0")).id, String(n).padStart(2, "0"));
  assertThrows(() => exhibit("99"), RangeError, 'Cannot find exhibit "99": must be one of 01, 02');
});

Deno.test("every exhibit says whose it is: made by tutorials, invited by them, or found elsewhere, one of the three", () => {
  for (const { id, madeBy, invitedBy, elsewhere } of EXHIBITS) {
    assertEquals([madeBy, invitedBy, elsewhere].filter(Boolean).length, 1, id);
    for (const number of madeBy?.split(", ") ?? []) assert(number in TUTORIALS, `${id}: ${number}`);
  }
  const order = EXHIBITS.filter(({ id }) => ["11", "12", "13", "22"].includes(id)); // the tutorials themselves do these right
  assertEquals(order.map(({ madeBy }) => madeBy), [undefined, undefined, undefined, undefined]);
  assertEquals(whose(exhibit("08")), "made by 003");
});

const drawn = museumMaterial(await loadDigits("drawn"));
const mnist = mnistFolder() === null ? null : museumMaterial(await loadDigits("mnist"));

for (const { id, title, buggy, fixed, check, effect } of EXHIBITS) {
  Deno.test(`exhibit ${id}, ${title}: its check fails the mistake, passes the repair, and the cost is as recorded`, async () => {
    const complaint = check(buggy);
    assert(complaint !== null && complaint.length > 10, "the mistake passes its check");
    assertEquals(check(fixed), null);
    assertEquals(Boolean(effect), id in COSTS);
    if (!effect) return;
    for (const [name, material] of [["drawn", drawn], ["mnist", mnist]] as const) {
      assertEquals(COSTS[id]![name].length, 5);
      if (!material) continue;
      const cost = await effect.measure(material, 1), recorded = COSTS[id]![name][0]!;
      assert(Math.abs(cost - recorded) < 0.5, `${name}: ${cost} ${effect.what}, recorded ${recorded}`); // another machine adds in another way
    }
  });
}
