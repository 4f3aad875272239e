/**
 * The book served to this machine alone, with the headers that let a page share memory with its workers.
 *
 * @module
 */
import { UsageError } from "../command.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  png: "image/png",
  woff2: "font/woff2",
  ipynb: "application/json",
};

const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/**
 * The path that is asked for, without its first stroke; null if whoever asks uses another name than this machine's own: a page from
 * elsewhere could otherwise reach us by giving itself this address (DNS rebinding). No URL is made of what came: that may throw.
 */
export function ownPath(request: Request): string | null {
  const host = request.headers.get("host") ?? "";
  if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/.test(host)) return null;
  return request.url.replace(/^\w+:\/\/[^/]*\//, "").replace(/[?#].*$/, "");
}

/** Serves on this machine alone until Ctrl-C or the signal; where all file handles are taken, it goes on when some are free. */
export async function serveHere(
  port: number,
  option: string,
  signal: AbortSignal,
  onListen: (port: number) => void,
  handler: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  for (let heard = false; !signal.aborted;) {
    try {
      const options = { hostname: "127.0.0.1", port, signal };
      const listening = (address: { port: number }) => {
        port = address.port; // the same one, should we have to begin again
        if (!heard) onListen(port);
        heard = true;
      };
      return await Deno.serve({ ...options, onListen: listening }, handler).finished;
    } catch (error) {
      const problem = error instanceof Deno.errors.AddrInUse
        ? "something else is using it"
        : error instanceof Deno.errors.PermissionDenied
        ? "this system keeps it for its administrator"
        : null;
      if (problem && !heard) throw new UsageError(`Cannot use --${option} ${port}: ${problem}`);
      if (!/too many open files/i.test((error as Error).message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/**
 * Answers a request for a file of the book: one whose name is plain, and nobody who asks under another name than this machine's.
 *
 * @param folder The book.
 */
export async function respondWithFile(request: Request, folder: URL): Promise<Response> {
  const say = (status: number, text: string) =>
    new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...HEADERS } });
  const asked = ownPath(request), path = asked || "index.html";
  if (asked === null) return say(421, "This book is for 127.0.0.1 only");
  if (request.method !== "GET" && request.method !== "HEAD") return say(405, "Only GET");
  if (!/^(?:[\w-]+\/)*[\w-][\w.-]*$/.test(path)) return say(404, "There is no such page");
  const bytes = await Deno.readFile(new URL(path, folder)).catch(() => null);
  if (!bytes) return say(404, "There is no such page");
  const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
  return new Response(request.method === "HEAD" ? null : bytes, { headers: { "content-type": type, ...HEADERS } });
}

/** Serves the book until Ctrl-C. */
export async function serveBook(folder: URL, port: number): Promise<void> {
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  const say = (port: number) => console.log(`Read the book at http://127.0.0.1:${port}/   (Ctrl-C ends)`);
  await serveHere(port, "serve", stop.signal, say, (request) => respondWithFile(request, folder));
}
