/**
 * What the pages keep in this browser. Some keep nothing for pages on disk: then nothing is kept, and all else works.
 *
 * @module
 */
/// <reference lib="dom" />

const OURS = "digits-"; // other pages from the same place may keep something, too

/** Keeps a text under a name, or forgets it; whether this browser does so. */
export function keep(name: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(OURS + name);
    else localStorage.setItem(OURS + name, text);
    return true;
  } catch {
    return false;
  }
}

/** The text that was kept under a name, or null. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(OURS + name);
  } catch {
    return null;
  }
}

/** All names under which something is kept. */
export function keptNames(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(OURS)).map((key) => key.slice(OURS.length));
  } catch {
    return [];
  }
}

/** Tells of names under which another tab keeps something else now. */
export function onKeptElsewhere(tell: (name: string) => void): void {
  addEventListener("storage", (event) => {
    const { key } = event as StorageEvent;
    if (key?.startsWith(OURS)) tell(key.slice(OURS.length));
  });
}
