import { assert, assertEquals } from "@std/assert";
import { parseMat } from "../../lib/formats/mat.ts";
import { parseNpy } from "../../lib/formats/npz.ts";
import { python, pythonHas } from "../python.ts";

Deno.test({
  name: "NumPy's and SciPy's own files of every numeric kind are read",
  ignore: !pythonHas("numpy", "scipy"),
}, async () => {
  const folder = await Deno.makeTempDir();
  try {
    const held: Record<string, number[]> = JSON.parse(await python(["tests/python/write_arrays.py", folder]));
    assert(Object.keys(held).length > 500);
    for (const [name, numbers] of Object.entries(held)) {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      const read = name.endsWith(".npy") ? parseNpy(bytes, name).data : parseMat(bytes, name).get("X")!.data;
      assertEquals([...read], numbers, name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
