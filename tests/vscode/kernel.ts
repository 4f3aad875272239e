/**
 * A kernel for extension.js: code in as lines of JSON, outputs out as lines of JSON, while they come.
 *
 * @module
 */
import { Kernel } from "../../tools/notebooks/kernel/client.ts";
import type { Execution } from "../../tools/notebooks/kernel/messages.ts";
import { ownKernelSpec } from "../../tools/notebooks/run_notebooks.ts";

const LIMIT = 600_000;

if (import.meta.main) {
  const kernel = await Kernel.start(await ownKernelSpec(), Deno.args[0]!);
  let text = "", before = Promise.resolve();
  for await (const piece of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      const { id, code, interrupt } = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      if (interrupt) kernel.interrupt();
      else before = before.then(() => run(kernel, id, code));
    }
  }
  await kernel.shutdown();
}

async function run(kernel: Kernel, id: number, code: string): Promise<void> {
  const say = ({ outputs, status, count }: Execution, done: boolean) =>
    console.log(JSON.stringify({ id, outputs, ok: status === "ok", count, done }));
  say(await kernel.execute(code, LIMIT, (execution) => say(execution, false)), true);
}
