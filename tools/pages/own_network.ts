/**
 * The network that a reader wrote in the workshop's page: what the library would write to the disk, the page's kernel kept.
 *
 * @module
 */
import { kept } from "./kept.ts";
import { type PadNetwork, writtenBy } from "./pad/pad_network.ts";

/** The one that was kept, or null. */
export function keptOwn(): PadNetwork | null {
  try {
    const notes = JSON.parse(atob(kept("file-workshop.json")!)), weights = kept("file-workshop.safetensors")!;
    return { ...notes, id: "yours", title: "your network", about: writtenBy(notes.parts), weights };
  } catch { // none, or damaged
    return null;
  }
}
