import { assertEquals } from "@std/assert";
import { openEngine } from "../../lib/engine/open.ts";
import { store } from "../../lib/engine/upload.ts";
import { matrix } from "../../lib/matrix.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";

const grey = Uint8Array.from({ length: 30 }, (_, i) => i % 3 ? 0 : 8 * i); // three images of ten pixels, mostly paper
const network = initialise([10, 3], seededRandom(1));

Deno.test("bytes and 255ths become the same entries: where each image begins, its grey levels and their places", async () => {
  await using engine = await openEngine(network, [{ images: { rows: 10, cols: 3, data: grey } }], { work: "reading" });
  const { layout, kernels, parameters } = engine!, [place] = layout.sets, memory = parameters.buffer;
  const entries = () => {
    const starts = [...new Uint32Array(memory, place!.starts, 4)];
    return { starts, packed: [...new Uint32Array(memory, place!.entries, starts[3])] };
  };
  assertEquals(store(memory, kernels, layout, place!, { images: { rows: 10, cols: 3, data: grey } }), true);
  const fromBytes = entries(), inked = Array.from(grey).flatMap((value, i) => value ? [[value, i % 10]] : []);
  assertEquals(fromBytes.starts, [0, 3, 6, inked.length]);
  const unpacked = fromBytes.packed.map((entry) => {
    const value = new Float32Array(Uint32Array.of(entry << 16).buffer)[0]!; // the upper half of a Float32
    return [value, entry >>> 16];
  });
  assertEquals(unpacked, inked);
  const fractions = matrix(10, 3, Float64Array.from(grey, (value) => value / 255));
  assertEquals(store(memory, kernels, layout, place!, { images: fractions }), true);
  assertEquals(entries(), fromBytes);
});

Deno.test("numbers that are no grey levels are noticed, and labels come along", async () => {
  const source = { images: { rows: 10, cols: 3, data: grey }, labels: [2, 0, 1] };
  await using engine = await openEngine(network, [source], { work: "reading" });
  const { layout, kernels, parameters } = engine!, [place] = layout.sets, memory = parameters.buffer;
  assertEquals([...new Uint8Array(memory, place!.labels, 3)], [2, 0, 1]);
  const odd = matrix(10, 3, Float64Array.from(grey, (value) => value / 255));
  odd.data[0] = 0.1234;
  assertEquals(store(memory, kernels, layout, place!, { images: odd }), false);
});
