import { assertEquals, assertRejects } from "@std/assert";
import { inOrder } from "../../tools/in_order.ts";

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test("inOrder() has several in hand, never more than it may, and tells them in their order", async () => {
  let inHand = 0, most = 0;
  const told: number[][] = [];
  for await (
    const one of inOrder([30, 1, 20, 2, 1], 2, async (milliseconds) => {
      most = Math.max(most, ++inHand);
      await after(milliseconds);
      inHand--;
      return 10 * milliseconds;
    })
  ) told.push(one);
  assertEquals(told, [[30, 300], [1, 10], [20, 200], [2, 20], [1, 10]]);
  assertEquals(most, 2);
});

Deno.test("inOrder() begins at both ends: one hand at the front, the others where the long ones are", async () => {
  const begun: number[] = [];
  for await (
    const _ of inOrder([0, 1, 2, 3, 4], 3, async (one) => {
      begun.push(one);
      await after(1);
    })
  );
  assertEquals(begun, [0, 4, 3, 1, 2]);
});

Deno.test("inOrder() throws what the first one throws, tells those before it, and begins no other", async () => {
  const begun: number[] = [], told: number[] = [];
  await assertRejects(
    async () => {
      for await (
        const [one] of inOrder([0, 1, 2, 3, 4], 2, async (one) => {
          begun.push(one);
          await after(one === 4 ? 5 : 10);
          if (one === 4) throw new Error("one is wrong");
        })
      ) told.push(one);
    },
    Error,
    "one is wrong",
  );
  assertEquals([told, begun], [[0], [0, 4]]);
});
