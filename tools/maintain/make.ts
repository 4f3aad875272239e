/**
 * Makes the committed files again that are made from others. Run it after a change to what they are made from.
 *
 * @module
 */
import { parseCommand, run, UsageError } from "../command.ts";
import { ROOT } from "../root.ts";
import { layTestsLock, WITH_TESTS_LOCK } from "./tests_lock.ts";

/** What can be made, in the order in which one needs the other: how, and what comes of it. */
const MAKES: Readonly<
  Record<string, { readonly run: readonly string[][]; readonly makes: string; readonly needs?: string }>
> = {
  kernels: { run: [["tools/maintain/build_kernels.ts"]], makes: "lib/engine/kernels*.wasm and their signatures" },
  sync: { run: [["tools/maintain/sync.ts"]], makes: "shown cells, set-up cells, contents and links" },
  samples: { run: [["tools/maintain/make_samples.ts"]], makes: "data/*.csv and the pictures of the pages" },
  photos: { run: [["tools/maintain/make_photos.ts"]], makes: "data/photos/" },
  networks: { run: [["tools/maintain/make_networks.ts"]], makes: "data/networks/: trained on drawn digits" },
  solutions: { run: [["tools/maintain/make_solutions.ts"]], makes: "notebooks/solutions/" },
  outputs: { run: [["tools/commands/learn.ts", "--commit-outputs"]], makes: "the outputs in notebooks/" },
  drawn: { run: [["tools/maintain/measure_drawn.ts"]], makes: "lib/evaluation/recorded_mnist.json", needs: "MNIST" },
  museum: {
    run: [["tools/maintain/measure_museum.ts"]],
    makes: "lib/course/museum/costs.json: five seeds for each cost",
    needs: "MNIST",
  },
  recorded: {
    run: ["tutorials", "rates", "race", "rows", "published", "ladder_choice", "ladder"].map((name) => [
      ...["tools/commands/experiment.ts", `data/recorded/${name}.json`],
      ...["--out", `data/recorded/${name}.jsonl`],
    ]),
    makes: "data/recorded/*.jsonl, as far as rows are missing",
    needs: "MNIST",
  },
  bench: {
    run: [["tests/bench/bench.ts"]],
    makes: "tests/bench/ and notebooks/speed.png",
    needs: "MNIST and the peers",
  },
};

if (import.meta.main) {
  const { operands } = parseCommand({
    name: "make",
    summary: "Makes committed files again; without a name, all that need neither MNIST nor another program.",
    operands: `[${Object.keys(MAKES).join("|")} …]`,
    count: [0, 100],
    options: {},
    notes: Object.entries(MAKES).map(([name, { makes, needs }]) =>
      `${name.padEnd(10)} ${makes}${needs ? ` (needs ${needs})` : ""}`
    ),
  });
  await run(async () => {
    const unknown = operands.find((name) => !Object.hasOwn(MAKES, name));
    if (unknown) throw new UsageError(`Cannot make "${unknown}": must be one of ${Object.keys(MAKES).join(", ")}`);
    const wanted = Object.keys(MAKES).filter((name) => operands.length ? operands.includes(name) : !MAKES[name]!.needs);
    await layTestsLock();
    for (const name of wanted) {
      console.log(`${name}: ${MAKES[name]!.makes}`);
      for (const args of MAKES[name]!.run) {
        const { code } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", WITH_TESTS_LOCK, ...args],
          cwd: ROOT,
        }).spawn()
          .status;
        if (code) return code;
      }
    }
    return 0;
  });
}
