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
