/**
 * Networks on disk: safetensors, JSON, or tutorial 003's text files in a folder.
 *
 * @module
 */
import { extname, join } from "node:path";
import { formatInFile, parseInFile } from "../lib/data/in_file.ts";
import { readBytes } from "../lib/data/read_file.ts";
import { type Activation, assertNetwork, type Layer, type Network } from "../lib/network/init.ts";
import { fromTheta, toTheta } from "../lib/network/theta.ts";
import { networkFromJson, networkToJson } from "../lib/weights/json.ts";
import { networkToOnnx } from "../lib/weights/onnx.ts";
import { networkFromSafetensors, networkToSafetensors } from "../lib/weights/safetensors.ts";
import { UsageError } from "./command.ts";
import { writeWhole } from "./notebook_file.ts";

/** A folder is said by a name without an ending: tutorial 003 keeps its weights in two files of one. */
export function checkWeightsName(option: string, path: string | undefined): void {
  const endings = [".safetensors", ".json", ...option === "save" ? [".onnx"] : []]; // ONNX is written, not read
  if (path !== undefined && !["", ...endings].includes(extname(path))) {
    throw new UsageError(`Cannot use --${option} ${path}: must end in ${endings.join(" or ")}, or be a folder`);
  }
}

/** Tutorial 003's W1.in, W2.in …, or what it saves, TrainedW1.in …: Theta matrices as text. */
async function readInFolder(folder: string, activations: readonly Activation[]): Promise<Network> {
  const layers: Layer[] = [];
  for (const [l, activation] of activations.entries()) {
    const names = [`W${l + 1}.in`, `TrainedW${l + 1}.in`];
    const texts = await Promise.all(names.map((name) => Deno.readTextFile(join(folder, name)).catch(() => null)));
    const found = texts.findIndex((text) => text !== null);
    if (found < 0) throw new Error(`Cannot read weights from "${folder}": needs ${names.join(" or ")}`);
    layers.push(fromTheta(parseInFile(texts[found]!, names[found]!), activation));
  }
  assertNetwork({ layers });
  return { layers };
}

/** Writes a network to a file or folder, whole or not at all. */
export async function saveNetwork(path: string, network: Network): Promise<void> {
  if (extname(path) === ".json") return await writeWhole(path, networkToJson(network));
  if (extname(path) === ".safetensors") return await writeWhole(path, networkToSafetensors(network));
  if (extname(path) === ".onnx") return await writeWhole(path, networkToOnnx(network));
  for (const [l, layer] of network.layers.entries()) {
    await writeWhole(join(path, `TrainedW${l + 1}.in`), formatInFile(toTheta(layer)));
  }
}

/**
 * Reads a network.
 *
 * @param path A .safetensors or .json file, or a folder.
 * @param activations What the layers of a folder's Theta matrices are; files say it themselves.
 */
export async function readNetwork(path: string, activations: readonly Activation[]): Promise<Network> {
  if (extname(path) === "") return await readInFolder(path, activations);
  const bytes = await readBytes(path);
  return extname(path) === ".json"
    ? networkFromJson(new TextDecoder().decode(bytes), path)
    : networkFromSafetensors(bytes, path);
}

/** Makes sure, before anything long begins, that a network can be saved there. */
export async function trySaving(path: string): Promise<void> {
  const folder = extname(path) === "";
  if (folder) {
    await Deno.mkdir(path, { recursive: true }).catch((cause) => {
      throw new Error(`Cannot write to "${path}": ${cause.message}`, { cause });
    });
  }
  const attempt = folder ? join(path, "try") : `${path}.try`;
  await writeWhole(attempt, "");
  await Deno.remove(attempt);
}
