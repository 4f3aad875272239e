import { assertEquals, assertThrows } from "@std/assert";
import { pictureKind } from "../../lib/images/kinds.ts";

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

Deno.test("pictureKind() goes by the first bytes, whatever the name says, and names the way out of everything else", () => {
  const kinds = {
    "\x89PNG\r\n": "PNG",
    "\xff\xd8\xff": "JPEG",
    "RIFF\0\0\0\0WEBPVP8 ": "WebP",
    "\0\0\0\x20ftypavif": "AVIF",
    "\0\0\0\x20ftypmif1\0\0\0\0mif1avif": "AVIF",
    "GIF89a": "GIF",
    "BM\x3a\0\0\0\0\0\0\0": "BMP",
  };
  for (const [start, kind] of Object.entries(kinds)) assertEquals(pictureKind(bytes(start), "x.jpg"), kind);
  const others = {
    "\0\0\0\x18ftypheic": "HEIC, as iPhones take it; share it",
    "%PDF-1.7": "a PDF; save the page",
    "II*\0": "TIFF",
    "MM\0*": "TIFF",
    "\0\0\0\x0cJXL ": "JPEG XL",
    "version https://git-lfs.github.com/spec/v1": "git lfs pull",
    "bplist00": "Apple property list",
    '<?xml version="1.0"?><!DOCTYPE plist PUBLIC': "Apple property list",
    "<!DOCTYPE html><html>": "a web page",
    "<svg xmlns": "SVG",
    "PK\x03\x04": "unpack it first",
    "BMW is a car": "its first bytes are 42 4d 57 20",
    "": "its first bytes are none",
  };
  for (const [start, words] of Object.entries(others)) {
    assertThrows(() => pictureKind(bytes(start), "x.png"), SyntaxError, words);
  }
});
