import { assertEquals, assertThrows } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { gzipSync } from "node:zlib";
import { gunzip, isGzip, isZip, unzip } from "../../lib/formats/zip.ts";

const zip = zipSync({ "d/a.csv": strToU8("1,2\n"), "b.txt": strToU8("x") }, { level: 0 }),
  gz = gzipSync(strToU8("1,2\n"));

Deno.test("unzip() and gunzip() give what was packed; isZip() and isGzip() look at bytes, not names", () => {
  assertEquals([...unzip(zip, "Cannot unpack")], [["d/a.csv", strToU8("1,2\n")], ["b.txt", strToU8("x")]]);
  assertEquals([...gunzip(gz, "Cannot unpack")], [...strToU8("1,2\n")]);
  assertEquals([isZip(zip), isZip(gz), isGzip(gz), isGzip(zip), isZip(new Uint8Array())], [
    true,
    false,
    true,
    false,
    false,
  ]);
});

Deno.test("unzip() and gunzip() refuse what is no archive, cut off anywhere, or damaged, in the caller's words", () => {
  assertThrows(() => unzip(gz, 'Cannot load "a"'), SyntaxError, 'Cannot load "a": a zip file must start with "PK"');
  for (let length = 2; length < zip.length; length++) {
    assertThrows(() => unzip(zip.subarray(0, length), "Cannot unpack"), SyntaxError, "Cannot unpack: ");
  }
  const at = zip.indexOf(0x2C); // the comma of the first file
  assertThrows(
    () => unzip(zip.with(at, 0x3B), "Cannot unpack"),
    SyntaxError,
    'the checksum of "d/a.csv" does not match',
  );
  for (let length = 2; length < gz.length; length++) {
    assertThrows(() => gunzip(gz.subarray(0, length), "Cannot unpack"), SyntaxError, "it is damaged or cut off");
  }
});
