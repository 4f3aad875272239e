// Reads files as the commands do, one after the other: each line of standard input names reader, folder, file and source; back comes
// a line of JSON with what came of it, the seconds, the most memory that was held, and what is still held.
import { checkDigitTable } from "../../lib/data/cleanliness.ts";
import { readNumericCsv } from "../../lib/files/csv_files.ts";
import { readNetwork } from "../../lib/files/network_files.ts";
import { readBytes } from "../../lib/files/read_file.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import { readGrid } from "../../tools/commands/experiment.ts";
import type { Bomb } from "./bombs.ts";

const READERS: Readonly<Record<Bomb["reader"], (folder: string, file: string, source: string) => Promise<unknown>>> = {
  csv: async (folder, file) => checkDigitTable(await readNumericCsv(`${folder}/${file}`)).length,
  data: async (folder, _, source) => (await loadDigits(source.replace(":", `:${folder}/`))).labels.length,
  picture: async (folder, file) =>
    (await decodeImage(await readBytes(`${folder}/${file}`, "pictureBytes"), file)).width,
  weights: async (folder, file) => (await readNetwork(`${folder}/${file}`, [])).layers.length,
  grid: async (folder, file) => (await readGrid(`${folder}/${file}`)).length,
};

/** The most memory since the last call, where the system says it. */
function peak(): number {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))!;
    Deno.writeTextFileSync("/proc/self/clear_refs", "5");
    return 1024 * Number(kilobytes);
  } catch {
    return Deno.memoryUsage().rss;
  }
}

const collect = (globalThis as { gc?: () => void }).gc;

for await (const lines of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  for (const line of lines.split("\n").filter(Boolean)) {
    const { reader, folder, file, source } = JSON.parse(line) as Bomb & { folder: string; file: string };
    peak();
    const started = performance.now();
    let said = "", kind = "";
    try {
      said = `read: ${await READERS[reader](folder, file, source ?? "")}`;
    } catch (error) {
      ({ message: said, name: kind } = error as Error);
    }
    const seconds = (performance.now() - started) / 1000, bytes = peak();
    collect?.();
    console.log(JSON.stringify({ said: said.slice(0, 300), kind, seconds, bytes, held: Deno.memoryUsage().rss }));
  }
}
