/**
 * The drawing pad from a notebook.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { projectFile } from "../files/sources.ts";
import { broadcast } from "./show.ts";

/**
 * Starts the drawing pad (`deno task draw`) and shows it; it ends with the kernel. The first time, six networks are
 * trained for it, which takes about 20 seconds.
 *
 * @throws {Error} If it does not start.
 */
export async function openPad(): Promise<void> {
  const pad = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "draw", "--end-with-input"],
    cwd: fileURLToPath(projectFile(".")),
    stdin: "piped", // closed when the kernel ends, however it ends
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  pad.unref();
  const reader = pad.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const address = /http:\S+/.exec((await reader.read()).value ?? "")?.[0];
  if (!address) throw new Error('Cannot start the drawing pad: try "deno task draw" in a terminal');
  await broadcast("display_data", {
    "text/html":
      `<p><a href="${address}" target="_blank" rel="noopener">Open the drawing pad in a page of its own</a></p>` +
      `<iframe src="${address}" title="Drawing pad" style="width:100%;height:780px;border:0"></iframe>`,
    "text/plain": `Draw at ${address}`,
  });
}
