// notebooks/WEIGHTS.md, run as it stands: PyTorch, Keras and ONNX read what the project writes, and the project what they write.
import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { readNetwork, saveNetwork } from "../../lib/files/network_files.ts";
import { type Matrix, toRows, transpose } from "../../lib/matrix.ts";
import { forward } from "../../lib/network/forward.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { CONVOLUTIONAL } from "../../lib/tutorials/tutorials.ts";
import type { Network } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";
import { projectPath } from "../../tools/root.ts";
import { python, pythonHas } from "../python.ts";

const page = await Deno.readTextFile(projectPath("notebooks/WEIGHTS.md"));
const network = initialise([784, 128, 128, 10], seededRandom(5), glorot), images = normalise(drawDigits(50, 2));

/** The code below a heading of the page. */
function snippet(heading: string): string {
  const code = new RegExp(`## ${heading}\\n[^#]*?\`\`\`python\\n([^]*?)\`\`\``).exec(page)?.[1];
  assert(code, `WEIGHTS.md has no code for ${heading}`);
  return code;
}

/** Runs Python code in a folder where the network is saved and `pixels` are fifty digits; gives what it prints last, as JSON. */
async function run(folder: string, ...code: string[]): Promise<unknown> {
  await Deno.writeTextFile(`${folder}/pixels.json`, JSON.stringify(toRows(transpose(images))));
  const pixels = 'import json, numpy\npixels = numpy.array(json.load(open("pixels.json")), "float32")\n';
  await Deno.writeTextFile(`${folder}/code.py`, [pixels, ...code].join("\n"));
  return JSON.parse((await python(["code.py"], { cwd: folder })).trim().split("\n").at(-1)!);
}

function assertProbabilities(read: unknown, wanted: Matrix): void {
  const rows = toRows(transpose(wanted));
  const off = Math.max(...(read as number[][]).flatMap((row, i) => row.map((p, k) => Math.abs(p - rows[i]![k]!))));
  assert(off < 1e-5, `probabilities differ by ${off}`);
}

async function withSaved(action: (folder: string) => Promise<void>, saved: Network = network): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["digits.safetensors", "digits.onnx"]) await saveNetwork(`${folder}/${name}`, saved);
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const { probabilities } = forward(network, images);

Deno.test({
  name: "WEIGHTS.md: PyTorch reads a network, and writes it back",
  ignore: !pythonHas("torch", "safetensors"),
}, () =>
  withSaved(async (folder) => {
    const back = 'import safetensors.torch\nsafetensors.torch.save_file(model.state_dict(), "back.safetensors")';
    assert(page.includes("safetensors.torch.save_file(model.state_dict(),"));
    const show = "print(json.dumps(model(torch.from_numpy(pixels)).tolist()))";
    assertProbabilities(await run(folder, snippet("PyTorch"), back, show), probabilities);
    assertProbabilities(
      toRows(transpose(forward(await readNetwork(`${folder}/back.safetensors`, []), images).probabilities)),
      probabilities,
    );
  }));

Deno.test({
  name: "WEIGHTS.md: PyTorch reads chapter 15's network",
  ignore: !pythonHas("torch", "safetensors"),
}, async () => {
  const folder = await Deno.makeTempDir(), saved = initialiseLayers(CONVOLUTIONAL.layers!, seededRandom(3));
  try {
    await saveNetwork(`${folder}/windows.safetensors`, saved);
    const show = "print(json.dumps(model(torch.from_numpy(pixels)).tolist()))";
    assertProbabilities(
      await run(folder, snippet("Chapter 15's network in PyTorch"), show),
      forward(saved, images).probabilities,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test(
  { name: "WEIGHTS.md: Keras reads a network", ignore: !pythonHas("keras", "torch", "safetensors") },
  () =>
    withSaved(async (folder) => {
      const read = await run(folder, snippet("Keras"), "print(json.dumps(model.predict(pixels, verbose=0).tolist()))");
      assertProbabilities(read, probabilities);
    }),
);

Deno.test(
  { name: "WEIGHTS.md: ONNX's own runtime reads a network", ignore: !pythonHas("onnxruntime") },
  () =>
    withSaved(async (folder) => {
      assertProbabilities(
        await run(folder, snippet("ONNX"), "print(json.dumps(probabilities.tolist()))"),
        probabilities,
      );
    }),
);

const CHECK = `import onnx
model = onnx.load("digits.onnx")
onnx.checker.check_model(model, full_check=True)
onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
print(json.dumps({entry.key: entry.value for entry in model.metadata_props}))`;

Deno.test(
  { name: "ONNX's checker is content, and finds what the numbers stand for", ignore: !pythonHas("onnx") },
  async () => {
    await withSaved(async (folder) =>
      assertEquals(await run(folder, CHECK), {
        pixels: "28 x 28, row by row; 0 is paper, 1 is ink",
        classes: "0,1,2,3,4,5,6,7,8,9",
        activations: "relu,relu,softmax",
      })
    );
    const coursera = initialise([400, 25, 10], seededRandom(1), glorot, { hidden: "sigmoid", output: "sigmoid" });
    await withSaved(async (folder) =>
      assertEquals(await run(folder, CHECK), {
        pixels: "the middle 20 x 20 of 28 x 28, column by column; 0 is paper, 1 is ink",
        classes: "1,2,3,4,5,6,7,8,9,0",
        activations: "sigmoid,sigmoid",
      }), coursera);
  },
);

Deno.test(
  { name: "PyTorch's F16 and BF16 are read, too", ignore: !pythonHas("torch", "safetensors") },
  () =>
    withSaved(async (folder) => {
      const code = `import torch
from safetensors.torch import load_file, save_file
tensors = load_file("digits.safetensors")
for name, kind in [("half", torch.float16), ("brain", torch.bfloat16)]:
    save_file({key: tensor.to(kind) for key, tensor in tensors.items()}, name + ".safetensors")
print(json.dumps([tensors["layers.0.weight"].to(kind).double()[0].tolist() for kind in [torch.float16, torch.bfloat16]]))`;
      const wanted = await run(folder, code);
      const read = await Promise.all(
        ["half", "brain"].map(async (name) =>
          toRows((await readNetwork(`${folder}/${name}.safetensors`, [])).layers[0]!.weights)[0]
        ),
      );
      assertEquals(read, wanted);
    }),
);
