// A mirror that misbehaves in any way a test asks for: raw TCP, so that an answer can break off at any byte.
import { gzipSync } from "node:zlib";
import type { ExpectedFile } from "../../lib/files/download.ts";
import { seededRandom } from "../../lib/random.ts";

/** A request as it came. */
export interface Request {
  readonly line: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** What to do with a request: write bytes, wait, and return to close the line. */
export type Answer = (request: Request, write: (bytes: Uint8Array | string) => Promise<void>) => Promise<void>;

/** A mirror at work. */
export interface Mirror extends Disposable {
  readonly url: string;
  readonly requests: Request[];
}

/** Starts a mirror on a free port. */
export function startMirror(answer: Answer): Mirror {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), requests: Request[] = [];
  const open = new Set<Deno.Conn>();
  (async () => {
    for await (const line of listener) {
      open.add(line);
      serve(line).catch(() => {}).finally(() => {
        open.delete(line);
        try {
          line.close();
        } catch { /* the other side was quicker */ }
      });
    }
  })().catch(() => {});

  async function serve(line: Deno.Conn): Promise<void> {
    let head = "";
    const buffer = new Uint8Array(4096);
    while (!head.includes("\r\n\r\n")) {
      const count = await line.read(buffer);
      if (count === null) return;
      head += new TextDecoder().decode(buffer.subarray(0, count));
    }
    const [first, ...rest] = head.split("\r\n");
    const headers = new Map(
      rest.filter(Boolean).map((text) => {
        const colon = text.indexOf(":");
        return [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()] as const;
      }),
    );
    const request = { line: first!, headers };
    requests.push(request);
    await answer(request, async (bytes) => {
      const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
      for (let done = 0; done < data.length;) done += await line.write(data.subarray(done));
    });
  }

  return {
    url: `http://127.0.0.1:${listener.addr.port}/`,
    requests,
    [Symbol.dispose]() {
      listener.close();
      for (const line of open) {
        try {
          line.close();
        } catch { /* closed already */ }
      }
    },
  };
}

/** Answers as a good server does: ranges, If-Range, 416; `most` bytes, then the line breaks. */
export function goodAnswer(body: Uint8Array, { most = Infinity, version = '"v1"', pause = 0, piece = 1 << 16 } = {}) {
  const answer: Answer = async ({ headers }, write) => {
    const asked = /^bytes=(\d+)-$/.exec(headers.get("range") ?? "");
    const start = asked && headers.get("if-range") === version ? Number(asked[1]) : 0;
    if (start >= body.length) {
      return await write(
        `HTTP/1.1 416 Range Not Satisfiable\r\ncontent-range: bytes */${body.length}\r\ncontent-length: 0\r\n\r\n`,
      );
    }
    await write(
      `HTTP/1.1 ${start ? "206 Partial Content" : "200 OK"}\r\netag: ${version}\r\nconnection: close\r\n` +
        (start ? `content-range: bytes ${start}-${body.length - 1}/${body.length}\r\n` : "") +
        `content-length: ${body.length - start}\r\n\r\n`,
    );
    const end = Math.min(body.length, start + most);
    for (let at = start; at < end; at += piece) {
      await write(body.subarray(at, Math.min(end, at + piece)));
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  return answer;
}

/** A complete answer with these bytes. */
export function plainAnswer(body: Uint8Array | string, { status = "200 OK", headers = "" } = {}): Answer {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return async (_, write) => {
    await write(`HTTP/1.1 ${status}\r\n${headers}connection: close\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    await write(bytes);
  };
}

/** A file of random bytes that does not shrink when packed, and what is expected of it. */
export async function randomFile(name: string, size: number, seed: number) {
  const random = seededRandom(seed), plain = Uint8Array.from({ length: size }, () => 256 * random());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", plain));
  const file: ExpectedFile = { name, unpackedSize: size, sha256: digest.toHex() };
  return { file, plain, packed: new Uint8Array(gzipSync(plain)) };
}
