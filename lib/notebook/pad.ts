/**
 * The drawing pad from a notebook.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { projectFile } from "../files/sources.ts";
import { broadcast } from "./show.ts";

let running: Deno.ChildProcess | null = null;

/**
 * Starts the drawing pad (`deno task draw`) and shows it; it ends with the kernel, or when another is started. For other digits
 * than the drawn ones, six networks are trained for it the first time, which takes about a minute.
 *
 * @throws {Error} If it does not start.
 */
export async function openPad(): Promise<void> {
  try {
    running?.kill();
  } catch { /* it has ended already */ }
  const pad = running = new Deno.Command(Deno.execPath(), {
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
      `<p><a href="${address}" target="_blank" rel="noopener">Open the drawing pad in a page of its own</a>` +
      " (where nothing is seen below, Jupyter runs under another name than this machine's: " +
      "run <code>deno task draw</code> on your own, or draw on the board of chapter 00)</p>" +
      `<iframe src="${address}" title="Drawing pad" sandbox="allow-scripts allow-same-origin allow-downloads" allow="camera" ` +
      'style="width:100%;height:780px;border:0"></iframe>',
    "text/plain": `Draw at ${address}`,
  });
}
