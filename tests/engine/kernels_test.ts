import { assert, assertEquals } from "@std/assert";
import { buildKernels, BUILDS } from "../../tools/maintain/build_kernels.ts";

Deno.test("the committed kernels are what the source compiles to, byte for byte", async () => {
  for (const build of Object.keys(BUILDS)) {
    for (const [name, bytes] of await buildKernels(build)) {
      const committed = await Deno.readFile(new URL(`../../lib/engine/${name}`, import.meta.url));
      assert(
        indexOfDifference(bytes, committed) < 0,
        `${name} is not built from kernels/: run "deno task make kernels"`,
      );
    }
  }
});

function indexOfDifference(a: Uint8Array, b: Uint8Array): number {
  return a.length === b.length ? a.findIndex((byte, i) => byte !== b[i]) : Math.min(a.length, b.length);
}

Deno.test("without fused multiply-add, without any vectors, or without memory the same comes out", async () => {
  const code = (hide: string) => `
    const compile = WebAssembly.compile;
    if (${hide} === 3) WebAssembly.Memory = class { constructor() { throw new RangeError("no memory"); } };
    let asked = 0;
    WebAssembly.compile = (bytes) => ++asked <= ${hide} % 3 ? Promise.reject(new Error("no such instruction")) : compile(bytes);
    const { train } = await import(${JSON.stringify(new URL("../../lib/engine/train.ts", import.meta.url).href)});
    const { drawDigits, initialise, normalise, seededRandom } = await import(${
    JSON.stringify(new URL("../../lib/mod.ts", import.meta.url).href)
  });
    const set = drawDigits(60, 1);
    const { history } = await train(initialise([784, 10, 10], seededRandom(1)), { images: normalise(set), labels: set.labels }, { iterations: 30, learningRate: 0.1, engine: "fast" });
    console.log(asked, history.at(-1).loss);`;
  const losses = await Promise.all(["0", "1", "2", "3"].map(async (hide) => {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["eval", code(hide)] }).output();
    const said = new TextDecoder().decode(stdout).trim();
    assert(said, new TextDecoder().decode(stderr));
    const [asked, loss] = said.split(" ").map(Number) as [number, number];
    assertEquals(asked, Math.min(2, Number(hide) % 3 + 1));
    return loss;
  }));
  const [relaxed, plain, none, noMemory] = losses as [number, number, number, number];
  assert(Math.abs(relaxed - none) < 1e-5 && Math.abs(plain - none) < 1e-5, losses.join(" "));
  assert(plain !== none && relaxed !== none, "the three must really be three");
  assertEquals(noMemory, none);
});
