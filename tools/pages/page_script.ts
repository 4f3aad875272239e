/**
 * What the scripts of self-contained pages share.
 *
 * @module
 */
/// <reference lib="dom" />

/** An element of the page. */
export const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** What was put into the page for its script. */
export function pageData<T>(): T {
  return JSON.parse(byId("data").textContent!);
}

/** Bytes as a text in base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes of a text in base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); // Uint8Array.fromBase64 is too young for many browsers
}
