/**
 * The drawing pad in a browser: served to this machine alone, or written as one file.
 *
 * @module
 */
import { writeWhole } from "../../lib/files/write_file.ts";
import { buildPad } from "../pages/pad/page.ts";
import type { Page } from "../pages/page.ts";
import { parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { trainedNetworks, withOwn } from "./trained_networks.ts";

/**
 * Answers a request: the page at `/`, and nothing to anyone who asks under another name than this machine's own. A page
 * from elsewhere could otherwise reach the pad by giving itself this address (DNS rebinding).
 */
export function respond(request: Request, { html, policy }: Page): Response {
  const { pathname } = new URL(request.url), host = request.headers.get("host") ?? "";
  const say = (status: number, text: string) =>
    new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...SAFE } });
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return say(421, "This page is for 127.0.0.1 only");
  if (request.method !== "GET" && request.method !== "HEAD") return say(405, "Only GET");
  if (pathname !== "/") return say(404, "There is only one page here: /");
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
    notes: ["The six networks are trained first, once: about 30 seconds. End with Ctrl-C."],
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
    const onListen = (address: { port: number }) =>
      console.log(`Draw at http://127.0.0.1:${address.port}/   (Ctrl-C ends)`);
    try {
      const options = { hostname: "127.0.0.1", port, signal: stop.signal, onListen };
      await Deno.serve(options, (request) => respond(request, page)).finished;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      throw new UsageError(`Cannot use --port ${port}: something else is using it`);
    }
    return 0;
  });
}
