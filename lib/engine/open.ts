/**
 * Opens the engine: memory for a network and its examples, the compute kernels and their workers.
 *
 * @module
 */
import type { Loss } from "../network/loss.ts";
import type { Network } from "../network/network.ts";
import { Engine } from "./engine.ts";
import { compileKernels, startKernels } from "./kernels.ts";
import { layOut, SHARES, sharesOf, type Source, type Work } from "./layout.ts";
import type { Layout } from "./places.ts";
import { fillColumns, fillPlaces, store } from "./upload.ts";
import { startCrew } from "./workers.ts";

/** What to open the engine with. */
export interface EngineOptions {
  /** What it is for: learning by passes over all examples (where nothing is said), by mini-batches, or only reading. */
  readonly work?: Work;
  /** Examples per batch, or worked on at once. */
  readonly chunk?: number;
  /** How many optimiser memories are needed: 1 for momentum, 2 for Adam. */
  readonly moments?: number;
  /** What is dropped, and how pictures are changed; with mini-batches. */
  readonly dropout?: Layout["dropout"];
  readonly distortions?: Layout["distortions"];
  /** What is lowered; the cross-entropy where nothing is said. */
  readonly loss?: Loss;
  /** How many workers share a pass over all examples, or a batch, this one included; 1 where nothing is said. */
  readonly workers?: number;
}

/** Examples worked on at once: their numbers stay in the second-level cache. */
export const CHUNK = 1024;

/** The same where they are pictures for a convolution, which makes more of each. */
const PICTURES = 128;

/**
 * Opens the engine, or returns null where the machine has no vectors for it, too little memory (4 GB at most), or a
 * convolution comes after a dense layer.
 *
 * @param network Where to start.
 * @param sources Sets of examples; the first is learned from.
 */
export async function openEngine(
  network: Network,
  sources: readonly Source[],
  {
    work = "passes",
    chunk: wanted = network.layers[0]!.convolution ? PICTURES : CHUNK,
    moments = 0,
    loss = "cross-entropy",
    workers = 1,
    dropout,
    distortions,
  }: EngineOptions = {},
): Promise<Engine | null> {
  const module = await compileKernels(), { layers } = network;
  if (!module || layers.some(({ convolution }, l) => convolution && l > 0 && !layers[l - 1]!.convolution)) return null;
  const count = sources[0]!.images.cols, chunk = work === "passes" ? evenChunk(count, wanted) : wanted;
  const pieces = work === "batches" ? Math.ceil(chunk / 4) : sharesOf(count, chunk);
  const crewSize = Math.max(1, Math.min(workers, pieces));
  const prepare = (grey: boolean) => {
    const layout = layOut(network, sources, chunk, {
      workers: crewSize,
      work,
      moments,
      loss,
      grey,
      dropout,
      distortions,
    });
    const memory = takeMemory(layout.bytes);
    if (!memory) return "too large";
    const kernels = startKernels(module, memory), { buffer } = memory;
    return sources.every((source, i) => store(buffer, kernels, layout, layout.sets[i]!, source))
      ? { layout, memory, kernels }
      : null;
  };
  const prepared = prepare(true) ?? prepare(false)!; // grey levels, unless one number turns out to be none
  if (prepared === "too large") return null;
  const { layout, memory, kernels } = prepared;
  fillPlaces(memory.buffer, layout, network);
  const columns = fillColumns(memory.buffer, kernels, layout);
  const ready = { ...layout, chunkColumns: columns };
  const crew = crewSize > 1 ? await startCrew(module, memory, ready, crewSize - 1) : null;
  return new Engine(memory.buffer, kernels, ready, network, crew);
}

/** At most `chunk` examples, so that each share gets as many chunks as the others; fewer than 128 would not pay. */
function evenChunk(count: number, chunk: number): number {
  const rounds = Math.ceil(count / chunk / SHARES);
  return Math.min(chunk, Math.max(128, 4 * Math.ceil(count / (4 * rounds * SHARES))));
}

/** Memory that is filled only where it is written; null where there is not so much, or none that can be shared. */
function takeMemory(bytes: number): WebAssembly.Memory | null {
  const pages = Math.ceil(bytes / 65536);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    return null;
  }
}
