import { assert, assertEquals, assertThrows } from "@std/assert";
import { exhibit, EXHIBITS, museumMaterial } from "../../lib/course/museum/mod.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";

Deno.test("the museum has every published mistake once, and knows its numbers", () => {
  assert(EXHIBITS.length >= 30);
  assertEquals(new Set(EXHIBITS.map(({ id }) => id)).size, EXHIBITS.length);
  for (let n = 1; n <= 25; n++) assertEquals(exhibit(String(n).padStart(2, "0")).id, String(n).padStart(2, "0"));
  assertThrows(() => exhibit("99"), RangeError, 'Cannot find exhibit "99": must be one of 01, 02');
});

for (const { id, title, buggy, fixed, check, effect } of EXHIBITS) {
  Deno.test(`exhibit ${id}, ${title}: its check fails the mistake, passes the repair, and the cost is as recorded`, async () => {
    const complaint = check(buggy);
    assert(complaint !== null && complaint.length > 10, "the mistake passes its check");
    assertEquals(check(fixed), null);
    if (!effect) return;
    const cost = await effect.measure(museumMaterial(await loadDigits("drawn"))), [low, high] = effect.drawn;
    assert(cost >= low && cost <= high, `${effect.what}: ${cost}, recorded ${low} to ${high}`);
    assert(high - low <= 25, "an interval that wide says nothing");
    if (mnistFolder() === null) return;
    const real = await effect.measure(museumMaterial(await loadDigits("mnist")));
    assert(real >= effect.mnist[0] && real <= effect.mnist[1], `on MNIST, ${effect.what}: ${real}`);
  });
}
