import { assert, assertEquals } from "@std/assert";
import { openEngine } from "../../lib/engine/open.ts";
import { layOut } from "../../lib/engine/layout.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("beyond 2 GB every place keeps its own address, and beyond 4 GB the plain code does the work", async () => {
  const network = initialise([784, 10, 10], seededRandom(1)),
    huge = new Proxy(new Uint8Array(), {
      get: (_, key) => key === "length" ? 784 * 3_000_000 : 1,
    });
  const images = { rows: 784, cols: 3_000_000, data: huge },
    many = { workers: 1, work: "batches" as const, moments: 0, loss: "cross-entropy" as const, grey: true };
  const { sets: [lesson], parameters, order, signals, bytes } = layOut(network, [{ images }], 1024, many);
  assert(0 < parameters && parameters < lesson!.dense && lesson!.dense < order && order < signals && signals < bytes);
  assert(bytes > 4 * 784 * 3_000_000, String(bytes));
  assertEquals(await openEngine(network, [{ images }], { work: "batches" }), null);
});
