/**
 * The drawing pad in a browser: served to this machine alone, or written as one file.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import { buildPad } from "../pages/pad/page.ts";
import type { Page } from "../pages/page.ts";
import { ownPath, serveHere } from "../pages/serve.ts";
import { parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { trainedNetworks, withOwn } from "./trained_networks.ts";

/** Answers a request: the page at `/`, and nothing to anyone who asks under another name than this machine's own. */
export function respond(request: Request, { html, policy }: Page): Response {
  const path = ownPath(request);
  const say = (status: number, text: string) =>
    new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...SAFE } });
  if (path === null) return say(421, "This page is for 127.0.0.1 only");
  if (request.method !== "GET" && request.method !== "HEAD") return say(405, "Only GET");
  if (path !== "") return say(404, "There is only one page here: /");
  return new Response(request.method === "HEAD" ? null : html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        `${policy}; frame-ancestors http://127.0.0.1:* http://localhost:* vscode-webview: vscode-file:`, // a notebook's cell
      ...SAFE,
    },
  });
}

const SAFE = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store" };

if (import.meta.main) {
  const { values } = parseCommand({
    name: "draw",
    summary: "Opens a drawing pad: draw a digit in the browser while six networks read it.",
    options: {
      port: { type: "string", value: "N", help: "where it is served on 127.0.0.1 (any free one)" },
      "end-with-input": { type: "boolean", help: "end when standard input ends: for a program that starts this one" },
      save: { type: "string", value: "FILE.html", help: "write the page as one file that needs nothing else, and end" },
    },
    notes: [
      "For other digits than the drawn ones (DIGITS_DATA), six networks are trained first, once: about a minute. End with Ctrl-C.",
    ],
  });
  await run(async () => {
    const port = wholeNumber("port", values.port, 0, 65_535) ?? 0, save = values.save as string | undefined;
    if (save !== undefined && !save.endsWith(".html")) {
      throw new UsageError(`Cannot use --save ${save}: must end in .html`);
    }
    const page = await buildPad(await withOwn(await trainedNetworks()));
    if (save !== undefined) {
      await writeWhole(save, page.html);
      console.log(`Written: ${save}. Open it in any browser.`);
      return 0;
    }
    const stop = new AbortController(), ownInput = !values["end-with-input"];
    Deno.addSignalListener("SIGINT", () => ownInput && stop.abort()); // a notebook's stop button reaches its pad, too: it stays
    if (!ownInput) Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => stop.abort());
    const tell = (port: number) => console.log(`Draw at http://127.0.0.1:${port}/   (Ctrl-C ends)`);
    await serveHere(port, "port", stop.signal, tell, (request) => respond(request, page));
    return 0;
  });
}
