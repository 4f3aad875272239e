/**
 * Networks on disk: safetensors, JSON, or tutorial 003's text files in a folder.
 *
 * @module
 */
import { extname, join } from "node:path";
import { formatInFile, parseInFile } from "../formats/in_file.ts";
import { readBytes, readText } from "./read_file.ts";
import { type Activation, assertNetwork, type Layer, type Network } from "../network/network.ts";
import type { Matrix } from "../matrix.ts";
import { fromTheta, toTheta } from "../network/theta.ts";
import { networkFromJson, networkToJson } from "../formats/json.ts";
import { networkToOnnx } from "../formats/onnx.ts";
import { networkFromSafetensors, networkToSafetensors } from "../formats/safetensors.ts";
import { makeFolder, tryWriting, writeTogether, writeWhole } from "./write_file.ts";

/** Tutorial 003's W1.in, W2.in …, or what it saves, TrainedW1.in …: Theta matrices as text. */
async function readInFolder(folder: string, activations: readonly Activation[]): Promise<Network> {
  const thetas: Matrix[] = [];
  for (let l = 1; activations.length === 0 || l <= activations.length; l++) {
    const names = [`W${l}.in`, `TrainedW${l}.in`];
    const texts = await Promise.all(names.map((name) => textThere(join(folder, name))));
    const found = texts.findIndex((text) => text !== null);
    if (found < 0 && l > 1 && activations.length === 0) break;
    if (found < 0) throw new Error(`Cannot read weights from "${folder}": needs ${names.join(" or ")}`);
    thetas.push(parseInFile(texts[found]!, names[found]!));
  }
  const coursera = thetas[0]!.cols === 401; // 20 × 20 pixels and the bias: sigmoids, as in 002 and 003
  const layers = thetas.map((theta, l): Layer => {
    const last = l === thetas.length - 1;
    return fromTheta(theta, activations[l] ?? (coursera ? "sigmoid" : last ? "softmax" : "relu"));
  });
  assertNetwork({ layers });
  return { layers };
}

/** The text of a file, or null if there is none. */
async function textThere(path: string): Promise<string | null> {
  return await readText(path).catch((error) => {
    if (error.cause instanceof Deno.errors.NotFound) return null;
    throw error;
  });
}

/** Writes a network to a file or folder, whole or not at all. */
export async function saveNetwork(path: string, network: Network): Promise<void> {
  if (extname(path) === ".json") return await writeWhole(path, networkToJson(network));
  if (extname(path) === ".safetensors") return await writeWhole(path, networkToSafetensors(network));
  if (extname(path) === ".onnx") return await writeWhole(path, networkToOnnx(network));
  if (network.layers.some(({ convolution }) => convolution)) {
    throw new TypeError(
      `Cannot save to the folder "${path}": Theta matrices hold no convolutions; use FILE.safetensors`,
    );
  }
  await writeTogether( // the old W1 beside the new W2 would be a third network, that nobody trained
    network.layers.map((layer, l) => [join(path, `TrainedW${l + 1}.in`), formatInFile(toTheta(layer))]),
  );
}

/**
 * Reads a network.
 *
 * @param path A .safetensors or .json file, or a folder.
 * @param activations What the layers of a folder's Theta matrices are; files say it themselves. None: all matrices of
 *   the folder, as sigmoids if they take 400 pixels, otherwise as ReLU and softmax.
 */
export async function readNetwork(path: string, activations: readonly Activation[]): Promise<Network> {
  if (extname(path) === "") return await readInFolder(path, activations);
  const bytes = await readBytes(path);
  return extname(path) === ".json" ? networkFromJson(bytes, path) : networkFromSafetensors(bytes, path);
}

/** Makes sure, before anything long begins, that a network can be saved there. */
export async function trySaving(path: string): Promise<void> {
  const folder = extname(path) === "";
  if (folder) await makeFolder(path);
  await tryWriting(folder ? join(path, "TrainedW1.in") : path);
}
