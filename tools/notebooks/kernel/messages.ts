/**
 * What a kernel and its client say to each other.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 * @module
 */

/** An output as a notebook file stores it (nbformat 4). */
// deno-lint-ignore no-explicit-any -- the fields depend on output_type
export type Output = { output_type: "stream" | "display_data" | "execute_result" | "error" } & Record<string, any>;

/** What became of a piece of code. */
export interface Execution {
  /** `ok`, or `error` when the code threw or could not be understood. */
  readonly status: "ok" | "error";
  /** All that it showed, in order; grows while the code runs. */
  readonly outputs: Output[];
  /** The kernel's execution counter. */
  readonly count: number | null;
}

/** The kernel ended, or did not answer in time. */
export class KernelError extends Error {
  /** Made by {@linkcode Kernel}. */
  constructor(message: string) {
    super(message);
    this.name = "KernelError";
  }
}

/** How to start a kernel: the content of a kernel.json. */
export interface KernelSpec {
  /** The command; `{connection_file}` stands for the file's path. */
  readonly argv: readonly string[];
  /** Variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A message from the kernel, as far as we need it. */
export interface Message {
  /** Depends on the type. */
  // deno-lint-ignore no-explicit-any -- the content depends on msg_type
  readonly content: any;
  /** Its type, such as `stream`. */
  readonly type: string;
  /** The id of the request that it answers. */
  readonly parent: string | undefined;
}

const DELIMITER = "<IDS|MSG>";

/** The HMAC of a message's parts, in hexadecimal. */
async function signatureOf(key: CryptoKey, parts: readonly Uint8Array[]): Promise<string> {
  const signed = await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer();
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)).toHex();
}

/**
 * A message from its frames on the wire; null if it is not signed with the connection's key: then it is not our kernel's, but of
 * somebody who took its port.
 */
export async function parseMessage(key: CryptoKey, frames: readonly Uint8Array[]): Promise<Message | null> {
  const text = (frame: Uint8Array | undefined) => new TextDecoder().decode(frame);
  const start = frames.findIndex((frame) => text(frame) === DELIMITER) + 1, parts = frames.slice(start + 1, start + 5);
  if (start === 0 || parts.length < 4 || text(frames[start]) !== await signatureOf(key, parts)) return null;
  const [header, parent, , content] = parts.map((part) => JSON.parse(text(part)));
  return { type: header.msg_type, parent: parent?.msg_id, content };
}

/** A request as frames, signed with the connection's key. */
export async function signedFrames(
  key: CryptoKey,
  session: string,
  type: string,
  content: unknown,
  id: string,
): Promise<Uint8Array[]> {
  const header = { msg_id: id, msg_type: type, session, username: "", version: "5.3", date: new Date().toISOString() };
  const parts = [header, {}, {}, content].map((part) => new TextEncoder().encode(JSON.stringify(part)));
  return [new TextEncoder().encode(DELIMITER), new TextEncoder().encode(await signatureOf(key, parts)), ...parts];
}
