// What each command may do stands in deno.json: these run with it and with nothing more.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { toKaggleCsv } from "../../lib/formats/kaggle_csv.ts";
import { ROOT } from "../../tools/root.ts";
import { runDeno } from "../../tools/run_deno.ts";
import { withFolder } from "../with_folder.ts";

const { tasks }: { tasks: Record<string, string> } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));

/** A task's flags and program, behind set-up. */
function commandOf(task: string): string[] {
  const line = tasks[task]!.split(" && ")[1]!;
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain!).slice(1);
}

const READERS = ["check-data", "train", "predict", "experiment", "data"];

Deno.test("commands that read files of others may neither start programs nor reach the network, but for what they are for", () => {
  for (const task of READERS) {
    const flags = commandOf(task).filter((word) => word.startsWith("-"));
    assert(!flags.includes("-A") && flags.includes("--no-prompt"), `${task}: ${flags.join(" ")}`);
    assertEquals(
      flags.filter((flag) => flag.startsWith("--allow-run")),
      task === "experiment" ? ["--allow-run=git"] : [],
    );
    assertEquals(flags.includes("--allow-net"), task === "data", task);
    assertEquals(flags.includes("--allow-write"), task !== "check-data", task);
  }
});

Deno.test("what a command may not do it cannot: a decoder that was turned would reach no program, no network, no secret", async () => {
  const flags = commandOf("predict").filter((word) => word.startsWith("-"));
  const tries = `
    for (const act of [() => new Deno.Command("true").outputSync(), () => Deno.connect({ port: 9 }), () => Deno.env.get("SECRET")]) {
      try { await act(); console.log("done"); } catch (error) { console.log(error.name); }
    }`;
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tries.ts`, tries);
    const { output } = await runDeno(["run", "--no-lock", "--no-config", ...flags.slice(1), `${folder}/tries.ts`]);
    assertEquals(output.trim().split("\n"), ["NotCapable", "NotCapable", "NotCapable"]);
  });
});

Deno.test("each command does all it is for with what it may do", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.csv`, toKaggleCsv(drawDigits(60, 1)));
    await Deno.writeTextFile(
      `${folder}/g.json`,
      '{"data": "drawn:2500", "tutorial": "002", "iterations": 2, "seed": [1, 2]}',
    );
    const wanted: [task: string, args: string[], says: string][] = [
      ["check-data", [`${folder}/a.csv`], "Clean"],
      ["check-data", ["~/no such file.csv"], "there is no such file"],
      ["train", [
        "--data",
        `csv:${folder}/a.csv`,
        "--tutorial",
        "000",
        "--iterations",
        "3",
        "--save",
        `${folder}/w.safetensors`,
      ], "saved"],
      ["predict", [
        "data/photos/dark_on_light.jpg",
        "--weights",
        `${folder}/w.safetensors`,
        "--stages",
        `${folder}/s.png`,
      ], "digit"],
      ["predict", ["data/photos/thick.png", "data/photos/postcode.jpg"], "postcode"],
      ["experiment", [`${folder}/g.json`, "--out", `${folder}/g.jsonl`, "--report"], "The report is in"],
      ["data", ["--from", folder, "--to", `${folder}/m`], "there is no train-images"],
      ["draw", ["--save", `${folder}/pad.html`], "Written"],
    ];
    for (const [task, args, says] of wanted) {
      const { text } = await runDeno(["run", ...commandOf(task).slice(1), ...args]);
      assertStringIncludes(text, says, task);
      assert(!/NotCapable|[Rr]equires \w+ access/.test(text), `${task}: ${text}`);
    }
  }));
