/**
 * What the library finds in a page's worker in place of Deno: outputs go to the page, files come from it, nothing else is there.
 *
 * To be imported before anything of lib/.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** A file that the reader brought. */
export interface OwnFile {
  /** Its name, without folders. */
  readonly name: string;
  /** What is in it. */
  readonly bytes: Uint8Array;
}

/** What the worker tells the page. */
export type FromWorker =
  | { readonly kind: "output"; readonly run: number; readonly message: Record<string, unknown>; readonly type: string }
  | {
    readonly kind: "done";
    readonly run: number;
    readonly error?: string;
    readonly value?: string;
    readonly milliseconds: number;
  }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "keep"; readonly run: number; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "data"; readonly digits: string | null; readonly error?: string };

/** What the page tells the worker. */
export type ToWorker =
  | { readonly kind: "run"; readonly run: number; readonly code: string }
  | { readonly kind: "stop" }
  | { readonly kind: "data"; readonly files: readonly OwnFile[] }
  | { readonly kind: "file"; readonly path: string; readonly bytes: Uint8Array | null };

/** Which run of a cell the outputs belong to. */
export const now = { run: 0 };

export const tell = (message: FromWorker): void => self.postMessage(message);

class NotFound extends Error {
  override name = "NotFound";
}

const asked = new Map<string, PromiseWithResolvers<Uint8Array>>();

/** The page has an answer to a question for a file. */
export function answered({ path, bytes }: Extract<ToWorker, { kind: "file" }>): void {
  const question = asked.get(path);
  asked.delete(path);
  if (bytes) question?.resolve(bytes);
  else question?.reject(new NotFound(`this page has no file "${path}": in a notebook you can read files of your own`));
}

/** The folder of files that the reader brought. */
const OWN = "/your files", own = new Map<string, Uint8Array>();
const environment = new Map([["DIGITS_DATA", "drawn"], ["DIGITS_PROGRESS", "this browser"]]);

/** What the library keeps for later, the reader's progress and network, the page keeps: where it is, and its name there. */
const KEPT = /^\/digits\/(?:\.cache\/)?(?=this browser|workshop\.)/;
const placeOf = (file: string | URL) => decodeURI(String(file)).replace(/^file:\/\//, "");
const halfWritten = new Map<string, Uint8Array>();

/** What is refused is a rejected promise, as in Deno. */
const promised = <A extends unknown[]>(act: (...given: A) => void) => (...given: A): Promise<void> =>
  new Promise((done) => done(act(...given)));

/** The library writes a file beside its place first, then moves it there: that is what the page keeps. All else is refused. */
const writing = {
  writeFile: promised((file: string | URL, bytes: Uint8Array) => halfWritten.set(keptPlace("writeFile", file), bytes)),
  rename: promised((from: string | URL, to: string | URL) => {
    const part = keptPlace("rename", from), path = keptPlace("rename", to).replace(KEPT, "");
    tell({ kind: "keep", run: now.run, path, bytes: halfWritten.get(part)! });
    halfWritten.delete(part);
  }),
  remove: promised((file: string | URL) => halfWritten.delete(keptPlace("remove", file))),
  mkdir: promised((folder: string | URL) => {
    if (!/^\/digits\/(\.cache\/)?$/.test(placeOf(folder))) noSuch("mkdir")();
  }),
};

function keptPlace(what: string, file: string | URL): string {
  const place = placeOf(file);
  if (!KEPT.test(place)) noSuch(what)();
  return place;
}

/** Lays the reader's files into their folder, and makes them what `loadDigits()` loads; without any, drawn digits again. */
export function bring(files: readonly OwnFile[]): void {
  own.clear();
  for (const { name, bytes } of files) own.set(`${OWN}/${name}`, bytes);
  const one = files.length === 1 ? files[0]!.name : "", kind = /\.(csv|npz)\b/i.exec(one)?.[1]?.toLowerCase();
  const source = kind ? `${kind}:${OWN}/${one}` : /\.zip$/i.test(one) ? `mnist:${OWN}/${one}` : `mnist:${OWN}`;
  environment.set("DIGITS_DATA", files.length ? source : "drawn");
}

const isOwn = (file: string | URL) => String(file).startsWith(OWN);

function readOwn(file: string | URL): Uint8Array {
  const bytes = own.get(String(file));
  if (!bytes) throw new NotFound(`you brought no file "${file}"`);
  return bytes;
}

/** What of an open file the library asks for: its size, and piece after piece. */
function openOwn(file: string | URL) {
  const bytes = readOwn(file);
  let done = 0;
  return {
    stat: () => Promise.resolve({ size: bytes.length }),
    read(buffer: Uint8Array): Promise<number | null> {
      const piece = bytes.subarray(done, done + buffer.length);
      buffer.set(piece);
      done += piece.length;
      return Promise.resolve(piece.length || null);
    },
    [Symbol.dispose]: () => {},
  };
}

/** A file of the project, from the page's assets, or one that the reader brought. */
async function readFile(file: string | URL): Promise<Uint8Array> {
  if (isOwn(file)) return readOwn(file).slice();
  const place = placeOf(file);
  const path = KEPT.test(place) ? place.replace(KEPT, "") : place.replace(/^\/?(digits\/)?/, "").replace(
    /^.*?(?=(?:data|notebooks|lib\/(?!x\/)\w+)\/|[\w.]+$)/,
    "",
  );
  if (!asked.has(path)) {
    asked.set(path, Promise.withResolvers());
    tell({ kind: "file", path });
  }
  return (await asked.get(path)!.promise).slice();
}

const noSuch = (what: string) => () => {
  throw new Error(`Deno.${what} is not here: this runs only in the notebook, in VS Code or Jupyter`);
};
const absent = (file: string | URL) => Promise.reject(new NotFound(String(file)));
const listeners: (() => void)[] = [];

/** Whoever trains is asked to stop. */
export function pressStop(): void {
  for (const listener of listeners) listener();
}

const page = {
  version: { deno: "2.9.6" },
  pid: 1,
  build: { os: "page" },
  env: {
    get: (name: string) => environment.get(name),
    set: noSuch("env.set"),
  },
  errors: { NotFound, PermissionDenied: class extends Error {}, NotADirectory: class extends Error {} },
  addSignalListener: (_: string, listener: () => void) => void listeners.push(listener),
  readFile,
  ...writing,
  readTextFile: async (file: string | URL) =>
    String(file).endsWith("views.js") ? "" : new TextDecoder().decode(await readFile(file)), // the page has it
  stat: async (file: string | URL) =>
    String(file) === OWN ? { isDirectory: true } : { isFile: true, size: (await readFile(file)).length },
  statSync: noSuch("statSync"),
  readDir: (folder: string) => {
    if (!isOwn(folder)) noSuch("readDir")();
    return [...own.keys()].map((path) => ({ name: path.slice(OWN.length + 1), isDirectory: false }));
  },
  open: (file: string | URL) => isOwn(file) ? Promise.resolve(openOwn(file)) : absent(file),
  jupyter: {
    broadcast: (type: string, message: Record<string, unknown>) => {
      tell({ kind: "output", run: now.run, type, message });
      return Promise.resolve();
    },
  },
};
const missing = new Proxy(page, {
  get: (all, name) => name in all ? all[name as keyof typeof all] : noSuch(String(name)),
});

const waiting: (() => void)[] = [], channel = new MessageChannel();
channel.port1.onmessage = () => waiting.shift()?.();
Object.assign(globalThis, {
  Deno: missing,
  /** A turn for messages, at once: timers of a page come no sooner than after four milliseconds. */
  setImmediate: (then: () => void) => {
    waiting.push(then);
    channel.port2.postMessage(0);
  },
  fetch: async (address: string | URL) => {
    if (String(address).startsWith("file:///digits/")) return new Response(await readFile(address) as BodyInit);
    throw new TypeError(`Cannot fetch ${address}: no request leaves this page; in a notebook you can`);
  },
  console: Object.assign(console, {
    log: (...values: unknown[]) => print(values),
    error: (...values: unknown[]) => print(values),
  }),
});

function print(values: readonly unknown[]): void {
  const text = values.map((value) => typeof value === "string" ? value : display(value)).join(" ") + "\n";
  tell({ kind: "output", run: now.run, type: "stream", message: { text } });
}

/** A value in short, for the last line of a cell and for what is logged. */
export function display(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `[Function: ${value.name || "anonymous"}]`;
  if (ArrayBuffer.isView(value)) {
    const numbers = value as unknown as ArrayLike<number>,
      first = Array.from({ length: Math.min(12, numbers.length) }, (_, i) => numbers[i]);
    return `${value.constructor.name}(${numbers.length}) [ ${first.join(", ")}${numbers.length > 12 ? ", …" : ""} ]`;
  }
  try {
    const text = JSON.stringify(value, (_, inner) => ArrayBuffer.isView(inner) ? display(inner) : inner, 1);
    return text === undefined ? String(value) : text.length > 4000 ? `${text.slice(0, 4000)} …` : text;
  } catch {
    return String(value);
  }
}
