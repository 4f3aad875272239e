// notebooks/TUTORIALS.md against what it speaks of: functions, chapters, exhibits, recorded rows.
import { assert, assertEquals } from "@std/assert";
import { spreadOf, spreadText } from "../../lib/evaluation/spread.ts";
import { EXHIBITS } from "../../lib/course/museum/mod.ts";
import { recordedRows } from "../../lib/experiments/rows.ts";
import * as lib from "../../lib/mod.ts";
import { ROOT } from "../../tools/root.ts";

const page = await Deno.readTextFile(new URL("notebooks/TUTORIALS.md", ROOT));
const sections = page.split(/^## (?=00\d)/m).slice(1);

Deno.test("the page has the five tutorials, and every exhibit that one of them made or invites stands in its table", () => {
  assertEquals(sections.map((section) => section.slice(0, 3)), ["000", "001", "002", "003", "004"]);
  for (const { id, madeBy, invitedBy } of EXHIBITS) {
    for (const number of (madeBy ?? invitedBy ?? "").match(/\d{3}/g) ?? []) {
      const section = sections.find((section) => section.startsWith(number))!;
      assert(section.includes(`(${id})`), `exhibit ${id} is missing under ${number}`);
    }
  }
});

Deno.test("every function that the page names in its middle column is in lib/, and every file is there", async () => {
  for (const row of page.split("\n").filter((line) => line.startsWith("|"))) {
    const here = row.split(" | ")[1] ?? "";
    for (const [, name] of here.matchAll(/`([a-zA-Z]+)`/g)) {
      const known = name! in lib || name === "unrollByColumns" || name === "sigmoid" || name === "stepsPerEpoch" ||
        name === "live";
      assert(known, `${name} is not in lib/mod.ts`);
    }
  }
  for (const [, file] of page.matchAll(/\]\(([^)]+)\)/g)) await Deno.stat(new URL(`notebooks/${file}`, ROOT));
});

Deno.test("the page's accuracies are those of the recorded rows", async () => {
  const rows = (await recordedRows("tutorials")).filter(({ data }) => data.name === "MNIST");
  const groups = Map.groupBy(
    rows,
    ({ settings: { tutorial, variant, init } }) => [tutorial, variant, init].join(" ").trim(),
  );
  const texts = new Map(
    [...groups].map(([name, own]) => [name, spreadText(spreadOf(own.map((row) => row.testAccuracy)), 10_000)]),
  );
  const wanted = [
    "000 as-written",
    "000 corrected",
    "000 corrected he",
    "001 as-written",
    "001 corrected he",
    "002 as-written",
  ];
  wanted.push("003 as-written", "003 corrected", "003 corrected gaussian", "004 as-written");
  const said = [...page.matchAll(/\d+\.\d % of 10,000 \(\d seeds, [^)]*\)/g)].map(([text]) => text);
  assertEquals(said.toSorted(), wanted.map((name) => texts.get(name)!).toSorted());
  const readme = await Deno.readTextFile(new URL("README.md", ROOT)),
    all = readme.match(/\d+\.\d % of 10,000 \(5 seeds, [^)]*\)/g);
  assertEquals(all!.toSorted(), [...texts.values()].toSorted());
  const chapter = await Deno.readTextFile(new URL("notebooks/12_deeper_minibatch_adam.ipynb", ROOT));
  assert(chapter.includes(texts.get("004 corrected")!), "chapter 12 says what the rows say");
  const keras = groups.get("004 corrected")!.concat(groups.get("004 as-written")!);
  assert(keras.every((row) => row.testAccuracy < 0.9808), "0.9808 lies above all of ours");
});
