import { assertEquals } from "@std/assert";
import { sha256, shortSha256 } from "../lib/sha256.ts";

Deno.test("sha256() gives the published digests, of text and of bytes", async () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4, appendix B.1
  assertEquals((await sha256("abc")).toHex(), abc);
  assertEquals(await shortSha256("abc"), abc.slice(0, 16));
  assertEquals((await sha256(Uint8Array.of(97, 98, 99))).toHex(), abc);
});
