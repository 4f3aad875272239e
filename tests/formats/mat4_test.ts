import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseMat } from "../../lib/formats/mat.ts";
import { isMat4 } from "../../lib/formats/mat4.ts";
import { toRows } from "../../lib/matrix.ts";
import { latin } from "../files/samples.ts";

/** A matrix of version 4: type, sizes, name and numbers, in either order of bytes. */
function matrix4(type: number, rows: number, cols: number, name: string, values: number[], little = true, complex = 0) {
  const size = [8, 4, 4, 2, 2, 1][Math.floor(type / 10) % 10]!,
    file = new DataView(new ArrayBuffer(20 + name.length + 1 + size * values.length));
  [type, rows, cols, complex, name.length + 1].forEach((word, i) => file.setUint32(4 * i, word, little));
  latin(name).forEach((code, i) => file.setUint8(20 + i, code));
  values.forEach((value, i) => {
    const at = 21 + name.length + size * i;
    if (size === 8) file.setFloat64(at, value, little);
    else if (size === 2) file.setInt16(at, value, little);
    else file.setUint8(at, value);
  });
  return [...new Uint8Array(file.buffer)];
}
const read = (...parts: number[][]) => parseMat(Uint8Array.from(parts.flat()), "f.mat");

Deno.test("parseMat() reads version 4 in either order of bytes, and passes over texts", () => {
  for (const little of [true, false]) {
    const base = little ? 0 : 1000;
    const found = read(
      matrix4(base, 2, 2, "X", [1, 2, -0.5, 4], little),
      matrix4(base + 51, 1, 2, "text", [72, 105], little),
      matrix4(base + 2, 2, 4, "sparse", [1, 1, 5, 6, 2, 2, 0, 0], little, 1),
      matrix4(base + 30, 2, 1, "y", [10, -2], little),
    );
    assertEquals([...found.keys()], ["X", "y"]);
    assertEquals([toRows(found.get("X")!), toRows(found.get("y")!)], [[[1, -0.5], [2, 4]], [[10], [-2]]]);
  }
  assert(
    isMat4(Uint8Array.from(matrix4(0, 1, 1, "X", [1]))) &&
      !isMat4(Uint8Array.from(latin("MATLAB 5.0 MAT-file, and so on"))),
  );
});

Deno.test("parseMat() says of a file of version 4 what is wrong with it, and where", () => {
  const good = matrix4(0, 1, 2, "X", [1, 2]);
  const refuse = (text: string, ...parts: number[][]) => assertThrows(() => read(...parts), SyntaxError, text);
  refuse('matrix "X" [1 × 2] needs 16 bytes, got 11', good.slice(0, -5));
  refuse(`the file ends in the middle of a matrix, at byte ${good.length}`, good, [1, 2, 3]);
  refuse(`at byte ${good.length} there must be a matrix`, good, new Array(20).fill(9));
  refuse('"Z" is complex', matrix4(0, 1, 1, "Z", [1, 2], true, 1));
});
