/**
 * A fingerprint of bytes or text.
 *
 * @module
 */

/** SHA-256, 32 bytes. */
export async function sha256(content: Uint8Array | string): Promise<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
}

/** The first 64 bits of it as text: enough to notice that something is another. */
export async function shortSha256(content: Uint8Array | string): Promise<string> {
  return (await sha256(content)).toHex().slice(0, 16);
}
