import { assert, assertEquals, assertThrows } from "@std/assert";
import { zipSync } from "fflate";
import { parseNpy, parseNpz } from "../../lib/formats/npz.ts";
import { dict, npy } from "./npy_fixtures.ts";
import { doubles, latin } from "../files/samples.ts";

/** The numbers of an array of an archive. */
const numbersIn = (zip: Uint8Array, key: string) => {
  const found = parseNpz(zip, "m.npz").get(key);
  if (found instanceof SyntaxError) throw found;
  return found?.data;
};

Deno.test("parseNpy() reads versions 1 to 3, C and Fortran order, bytes, integers and floats", () => {
  for (const version of [1, 2, 3]) {
    assertEquals(parseNpy(npy(dict("|u1", "2, 3"), [1, 2, 3, 4, 5, 6], version), "a").shape, [2, 3]);
  }
  assertEquals([...parseNpy(npy(dict("|u1", "2, 3", "True"), [1, 4, 2, 5, 3, 6]), "a").data], [1, 2, 3, 4, 5, 6]);
  assertEquals([...parseNpy(npy(dict("<f8", "2,"), doubles(0.5, -1)), "a").data], [0.5, -1]);
  assertEquals([...parseNpy(npy(dict("<i8", "1,"), [9, 0, 0, 0, 0, 0, 0, 0]), "a").data], [9]);
  assertEquals(parseNpy(npy(dict("|u1", ""), [7]), "a").shape, []);
  assertEquals(parseNpy(npy(dict("|u1", "0,"), []), "a").shape, [0]);
  // numpy.arange(12).reshape(2, 3, 2), as it stands in memory in Fortran order
  const fortran = parseNpy(npy(dict("|u1", "2, 3, 2", "True"), [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]), "a");
  assertEquals([...fortran.data], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

Deno.test("parseNpy() refuses what it cannot read", () => {
  const refuse = (bytes: Uint8Array, text: string) => assertThrows(() => parseNpy(bytes, "a.npy"), SyntaxError, text);
  refuse(Uint8Array.of(1, 2, 3), "must start with");
  refuse(npy(dict("|u1", "1,"), [1], 9), "version must be 1, 2 or 3, got 9");
  refuse(npy(dict("|u1", "1,"), [1], 0), "version must be 1, 2 or 3, got 0");
  refuse(npy(dict("|u1", "1,"), [1]).with(3, 0x75), "must start with"); // NUmPY
  for (const gone of ["descr", "fortran_order", "shape"]) {
    refuse(npy(dict("|u1", "1,").replace(gone, "gone"), [1]), "must name descr, fortran_order and shape");
  }
  refuse(npy(dict("|O", "1,"), [1]), "Python's objects are not read");
  refuse(npy(dict("<c8", "1,"), doubles(1)), "complex numbers (<c8) are not read; save array.real");
  refuse(npy(dict("<constructor", "1,"), doubles(1)), "type <constructor are not read; save it by array.astype");
  refuse(npy("{}", [1]), "must name descr, fortran_order and shape");
  refuse(npy(dict("|u1", "4000000000, 28, 28"), [1, 2]), "needs 3136000000000 bytes, got 2");
  refuse(npy(dict("|u1", "3,"), [1, 2, 3]).subarray(0, 40), "announces");
});

Deno.test("parseNpz() reads stored and deflated files, and notices every damaged byte of their content", () => {
  const content = npy(dict("|u1", "64,"), Array.from({ length: 64 }, (_, i) => i));
  for (const level of [0, 6] as const) {
    const zip = zipSync({ "x_train.npy": content, "note.txt": Uint8Array.of(1) }, { level });
    assertEquals([...parseNpz(zip, "m.npz").keys()], ["x_train"]);
    assertEquals(numbersIn(zip, "x_train")?.[63], 63);
    for (let at = 60; at < 200; at += 7) {
      const damaged = zip.slice();
      damaged[at]! ^= 0x55;
      try {
        assertEquals(numbersIn(damaged, "x_train"), numbersIn(zip, "x_train"));
      } catch (error) {
        assert(
          error instanceof SyntaxError || /Values are not equal/.test((error as Error).message) === false,
          `byte ${at}: ${error}`,
        );
      }
    }
    for (const length of [10, 100, zip.length - 5]) {
      assertThrows(() => parseNpz(zip.subarray(0, length), "m.npz"), SyntaxError);
    }
  }
  assertThrows(() => parseNpz(Uint8Array.of(1, 2, 3, 4), "m.npz"), SyntaxError, 'must start with "PK"');
});

Deno.test("parseNpz() reads an archive with remarks and extra fields, one with a remark at its end, and an empty one", () => {
  const one = npy(dict("|u1", "1,"), [5]), two = npy(dict("|u1", "1,"), [7]);
  const files = { "a.npy": [one, { comment: "first", extra: { 7: Uint8Array.of(1, 2, 3) } }], "b.npy": two } as const;
  const numbers = (zip: Uint8Array) =>
    Array.from(parseNpz(zip, "m.npz").keys(), (name) => [name, ...numbersIn(zip, name)!]);
  const zip = zipSync(files as unknown as Parameters<typeof zipSync>[0]);
  assertEquals(numbers(zip), [["a", 5], ["b", 7]]);
  const remark = Uint8Array.from([...zip, ...latin("made by hand")]);
  remark[zip.length - 2] = 12; // the length of the remark, the last field of the directory's end
  assertEquals(numbers(remark), [["a", 5], ["b", 7]]);
  assertEquals(numbers(zipSync({})), []);
  assertThrows(() => parseNpz(Uint8Array.of(0x50, 1, 2, 3), "m"), SyntaxError, 'must start with "PK"');
  assertThrows(() => parseNpz(Uint8Array.of(1, 0x4B, 2, 3), "m"), SyntaxError, 'must start with "PK"');
  assertThrows(() => parseNpz(zip.subarray(0, zip.length - 22), "m"), SyntaxError, "its directory is missing");
  for (const place of [0, zip.length - 2, zip.length, 0xFFFFFFFF]) { // where no directory is
    const lost = zip.slice();
    new DataView(lost.buffer).setUint32(zip.length - 6, place, true);
    assertThrows(() => parseNpz(lost, "m"), SyntaxError, "its directory is missing");
  }
});

Deno.test("parseNpy() reads other spellings of the header, and refuses what NumPy refuses", () => {
  const read = (header: string, body = [1, 2, 3, 4, 5, 6]) => [...parseNpy(npy(header, body), "a").data];
  assertEquals(read(dict("|u1", "2L, 3L")), [1, 2, 3, 4, 5, 6]); // Python 2
  assertEquals(read(dict("|u1", "2, 3").replaceAll("'", '"')), [1, 2, 3, 4, 5, 6]);
  assertEquals(read("{'shape':(6,),'fortran_order':False,'descr':'u1'}"), [1, 2, 3, 4, 5, 6]);
  for (const order of ["=", "<", "|", ""]) {
    assertEquals(read(dict(`${order}u2`, "3,"), [1, 0, 2, 0, 3, 1]), [1, 2, 259]);
  }
  assertEquals(read(dict(">u2", "3,"), [1, 0, 2, 0, 3, 1]), [256, 512, 769]);
  const refuse = (bytes: Uint8Array, text: string) => assertThrows(() => parseNpy(bytes, "a.npy"), SyntaxError, text);
  refuse(npy(dict("|u1", "1,").replace("}", "'more': 1, }"), [1]), "and nothing else");
  refuse(npy(dict("|u1", "1,"), [1]).with(7, 1), "version must be 1, 2 or 3, got 1.1");
  refuse(npy(dict("<f16", "1,"), doubles(1, 1)), 'type <f16 are not read; save it by array.astype("float32")');
  refuse(
    npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0]),
    "records are not read",
  );
  refuse(npy(dict("<M8[s]", "1,"), doubles(1)), "texts, dates and records");
  refuse(npy(dict("<i8", "1,"), [1, 0, 0, 0, 0, 0, 0x20, 0]), "whole numbers above 2^53 that Float64 would round");
});

Deno.test("parseNpz() reads the arrays beside one of texts or objects, and says of that one what to do", () => {
  const good = npy(dict("|u1", "2,"), [1, 2]),
    objects = npy(dict("|O", "1,"), [1]),
    texts = npy(dict("<U1", "1,"), [65, 0, 0, 0]);
  const zip = zipSync({ "x_train.npy": good, "names.npy": texts, "notes.npy": objects });
  assertEquals([...numbersIn(zip, "x_train")!], [1, 2]);
  assertThrows(
    () => numbersIn(zip, "names"),
    SyntaxError,
    'Cannot read "m.npz: names.npy" as NPY: texts, dates and records (<U1)',
  );
  assertThrows(() => numbersIn(zip, "notes"), SyntaxError, "numpy.array(list,");
});

Deno.test("parseNpz() names a way of packing that it does not know", () => {
  const zip = zipSync({ "a.npy": npy(dict("|u1", "2,"), [1, 2]) }), view = new DataView(zip.buffer);
  const directory = view.getUint32(zip.length - 22 + 16, true);
  for (const at of [8, directory + 10]) view.setUint16(at, 12, true);
  assertThrows(() => parseNpz(zip, "m.npz"), SyntaxError, "it is packed by bzip2, only Deflate is read");
});
