import { assert, assertEquals } from "@std/assert";
import { foreignKind } from "../../lib/formats/foreign.ts";

Deno.test("foreignKind() knows files by their first bytes and names the way out; text and pictures of digits are none", () => {
  const bytes = (start: string) => Uint8Array.from(start + "\0\0\0\0", (letter) => letter.charCodeAt(0));
  for (
    const [start, kind, remedy] of [
      ["PAR1", "a Parquet file", "read_parquet"],
      ["ARROW1", "an Arrow file", "read_feather"],
      ["\x89HDF\r\n", "an HDF5 file", "npz:FILE"],
      ["\x93NUMPY\x01", "a single NumPy array", "npz:FILE"],
      ["MATLAB 5.0 MAT-file", "a MATLAB file", "mat:FILE"],
      ["\x80\x04\x95", "a Python pickle", "is not run here"],
      ["7z\xBC\xAF\x27", "a 7z archive", "unpack it first"],
      ["%PDF-1.7", "a PDF", "download the data themselves"],
    ] as const
  ) {
    const said = foreignKind(bytes(start))!;
    assert(said.startsWith(`it is ${kind}: `) && said.includes(remedy), said);
  }
  for (const start of ["label,pixel0", "5,0,0", "\xEF\xBB\xBFlabel", "PARTS,1", "", "\x80"]) {
    assertEquals(foreignKind(bytes(start)), null, start);
  }
});
