import { assertEquals } from "@std/assert";
import { withFolder } from "../with_folder.ts";
import { type Bomb, BOMBS, lay, randomBomb } from "./bombs.ts";

/** How many files of random structure are tried besides; 3,000 in a weekly run. */
const MADE = Number(Deno.env.get("DIGITS_BOMBS") ?? 40);
const GIGABYTE = 1e9;

const ENOUGH = 200e6; // bytes still held, beyond which another process is started: what is measured is one file's

interface Result {
  readonly said: string;
  readonly kind: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly held: number;
}

/** A process that reads files, and nothing else: its memory is theirs. */
function startReader() {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc", "tests/formats/bomb_reader.ts"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = process.stdin.getWriter(), output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async read(order: unknown): Promise<Result> {
      await input.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
      for (let text = "";;) {
        const { value, done } = await output.read();
        if (done) return { said: "the process ended", kind: "end", seconds: 0, bytes: 0, held: Infinity };
        text += value;
        if (text.endsWith("\n")) return JSON.parse(text);
      }
    },
    async end() {
      await input.close().catch(() => {});
      await output.cancel();
      await process.status;
    },
  };
}

/** Lays each bomb, has it read, and says what is wrong with how it was taken. With DIGITS_BOMBS set, times are printed, too. */
async function complaints(bombs: readonly Bomb[]): Promise<string[]> {
  const found: string[] = [], times: { bomb: Bomb; result: Result }[] = [];
  let reader = startReader();
  for (const bomb of bombs) {
    await withFolder(async (folder) => {
      await lay(bomb, folder);
      const { reader: by, source } = bomb,
        [{ name: file }] = await Array.fromAsync(Deno.readDir(folder)) as [Deno.DirEntry];
      const result = await reader.read({ reader: by, source, folder, file }), wrong = complaint(result);
      if (wrong) found.push(`${bomb.name}: ${wrong} (${result.said})`);
      times.push({ bomb, result });
      if (result.held < ENOUGH) return;
      await reader.end();
      reader = startReader();
    });
  }
  await reader.end();
  if (Deno.env.has("DIGITS_BOMBS")) {
    for (
      const { bomb, result: { seconds, bytes, said } } of times.sort((a, b) => b.result.seconds - a.result.seconds)
        .slice(0, 25)
    ) {
      console.log(`${seconds.toFixed(1)} s ${(bytes / 1e6).toFixed(0)} MB ${bomb.name}: ${said}`);
    }
  }
  return found;
}

/** Too much memory, or an error that is not a sentence of ours. */
function complaint({ said, kind, bytes }: Result): string | null {
  if (bytes > GIGABYTE) return `${Math.round(bytes / 1e6)} MB`;
  return kind && (!said.startsWith("Cannot ") || said.includes("\n")) ? kind : null;
}

Deno.test("files built to take gigabytes: each ends in a sentence of ours below one gigabyte", async () => {
  assertEquals(await complaints(BOMBS), []);
});

Deno.test("files of the right form with numbers that may be anything: the same, or they are read", async () => {
  assertEquals(await complaints(Array.from({ length: MADE }, (_, seed) => randomBomb(seed + 1))), []);
});
