/**
 * Digits that the reader brings: dropped into the page or chosen, tried by the kernel, kept in this browser.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { OwnFile } from "../live/surroundings.ts";
import { bringDigits } from "./cells.ts";
import { useDigits } from "./kernel.ts";

const DRAWN = "The cells learn from digits that this program draws.";

/** The browser's store for files; some keep nothing for pages on disk. */
async function store<T>(act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await done(Object.assign(indexedDB.open("digits"), {
      onupgradeneeded: (event: IDBVersionChangeEvent) =>
        (event.target as IDBOpenDBRequest).result.createObjectStore("files"),
    }));
    const result = await done(act(database.transaction("files", "readwrite").objectStore("files")));
    database.close();
    return result;
  } catch {
    return null;
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

interface Kept {
  readonly files: readonly OwnFile[];
  readonly digits: string;
}

/** Puts the place where digits are brought below the chapter, and takes files that are dropped anywhere. */
export async function prepareOwnData(place: HTMLElement): Promise<void> {
  const said = document.createElement("output"),
    choose = document.createElement("input"),
    label = document.createElement("label");
  const back = Object.assign(document.createElement("button"), { type: "button", textContent: "Back to drawn digits" });
  Object.assign(choose, { type: "file", multiple: true });
  label.append("Bring MNIST: its four files, mnist.npz or train.csv ", choose);
  const show = (text: string, own: boolean) => {
    said.textContent = text;
    back.hidden = !own;
  };
  const take = async (list: Iterable<File>) => {
    const files: OwnFile[] = [];
    for (const file of list) files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    if (!files.length) return;
    show("Looking at it …", false);
    try {
      const { digits, error } = await bringDigits(files);
      if (!digits) return show(`${error} ${DRAWN}`, false);
      const kept = await store((all) => all.put({ files, digits } satisfies Kept, "own"));
      show(
        `The cells learn from your own: ${digits}.${kept ? "" : " This browser does not keep them for later."}`,
        true,
      );
    } catch (error) {
      show((error as Error).message, false);
    }
  };
  choose.addEventListener("change", () => take(choose.files!));
  back.addEventListener("click", async () => {
    await store((all) => all.delete("own"));
    await bringDigits([]);
    choose.value = "";
    show(DRAWN, false);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    const items = [...event.dataTransfer?.items ?? []].map((item) => item.webkitGetAsEntry()).filter((entry) =>
      entry !== null
    );
    take((await Promise.all(items.map(filesIn))).flat());
  });
  place.append(said, label, back);
  place.hidden = false;
  show(DRAWN, false);
  const kept = await store<Kept | undefined>((all) => all.get("own"));
  if (!kept) return;
  useDigits(kept.files);
  show(`The cells learn from your own: ${kept.digits}.`, true);
}

/** The files of what was dropped, also those in a folder. */
async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const inside = await new Promise<FileSystemEntry[]>((resolve, reject) =>
    (entry as FileSystemDirectoryEntry).createReader().readEntries(resolve, reject)
  );
  return (await Promise.all(inside.filter(({ isFile }) => isFile).map(filesIn))).flat();
}
