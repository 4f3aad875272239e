/**
 * The network that a reader wrote in the workshop's page: what the library would write to the disk, the page's kernel kept.
 *
 * @module
 */
import { kept } from "./kept.ts";
import type { PadNetwork } from "./pad/page.ts";

/** The one that was kept, or null. */
export function keptOwn(): PadNetwork | null {
  try {
    const about = JSON.parse(atob(kept("file-workshop.json")!)), weights = kept("file-workshop.safetensors")!;
    const parts = about.parts === 7 ? "written by you" : `${about.parts} parts of 7 written by you`;
    return { ...about, id: "yours", title: "your network", about: parts, weights };
  } catch { // none, or damaged
    return null;
  }
}
