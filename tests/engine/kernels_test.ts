import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { compileKernels, startKernels } from "../../lib/engine/kernels.ts";
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

Deno.test("product: any sizes, each factor as it lies or transposed, from zeros, a bias or what is there", async () => {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
  const { product } = startKernels((await compileKernels())!, memory), numbers = new Float32Array(memory.buffer);
  const fours = (n: number) => (n + 3) & ~3, A = 2 ** 16, B = 2 ** 20, C = 2 ** 22, BIAS = 2 ** 23;
  const size = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(
      fc.record({ m: size(11), cols: size(75), k: fc.oneof(size(20), fc.constantFrom(511, 513, 516)) }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(0, 1, BIAS),
      ({ m, cols, k }, aTurned, bTurned, bias) => {
        const n = fours(cols), aStride = fours(aTurned ? m : k), bStride = fours(bTurned ? k : n), stride = n + 4;
        for (let i = A / 4; i < 2 ** 22; i++) numbers[i] = (7 * i) % 13 - 6; // whole numbers: no sum is rounded
        const before = numbers.slice(),
          a = (i: number, p: number) => before[A / 4 + (aTurned ? p * aStride + i : i * aStride + p)]!;
        const b = (p: number, j: number) => before[B / 4 + (bTurned ? j * bStride + p : p * bStride + j)]!;
        const [aRow, aCol] = aTurned ? [4, 4 * aStride] : [4 * aStride, 4];
        const [bRow, bCol] = bTurned ? [4, 4 * bStride] : [4 * bStride, 4];
        product(A, aRow!, aCol!, B, bRow!, bCol!, cols, C, stride, m, n, k, bias, 2 ** 23 + 4096, 2 ** 23 + 2 ** 19);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < stride; j++) {
            const at = C / 4 + i * stride + j;
            let sum = bias === BIAS ? before[BIAS / 4 + j]! : bias ? before[at]! : 0;
            for (let p = 0; p < k && (j < cols || !bTurned); p++) sum += a(i, p) * b(p, j);
            assertEquals(numbers[at], j < n ? sum : before[at], `row ${i}, column ${j}`);
          }
        }
        assertEquals(numbers[C / 4 + m * stride], before[C / 4 + m * stride]);
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});
