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
 * Answers a request for a file of the book: one whose name is plain, and nobody who asks under another name than this machine's.
 *
 * @param folder The book.
 */
export async function respondWithFile(request: Request, folder: URL): Promise<Response> {
  const say = (status: number, text: string) =>
    new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...HEADERS } });
  const host = request.headers.get("host") ?? "";
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return say(421, "This book is for 127.0.0.1 only");
  if (request.method !== "GET" && request.method !== "HEAD") return say(405, "Only GET");
  const path = request.url.replace(/^\w+:\/\/[^/]*\//, "").replace(/[?#].*$/, "") || "index.html";
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
  const onListen = (address: { port: number }) =>
    console.log(`Read the book at http://127.0.0.1:${address.port}/   (Ctrl-C ends)`);
  try {
    const options = { hostname: "127.0.0.1", port, signal: stop.signal, onListen };
    await Deno.serve(options, (request) => respondWithFile(request, folder)).finished;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new UsageError(`Cannot use --serve ${port}: something else is using it`);
  }
}
