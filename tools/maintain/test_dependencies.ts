/**
 * Names the packages that only the tests need: 200 MB that no reader should have to wait for.
 *
 * @module
 */
import "./build_kernels.ts";
import "./make_photos.ts";
import "fast-check";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader: 100 MB they do not need
import "npm:onnxruntime-web@1.22.0";
// deno-lint-ignore no-import-prefix -- the same
import "npm:axe-core@4.14.1";
// deno-lint-ignore no-import-prefix -- the same
import "npm:playwright-core@1.65.1";
// deno-lint-ignore no-import-prefix -- the same
import "npm:dictionary-en-gb@3.0.0";
// deno-lint-ignore no-import-prefix -- the same
import "npm:nspell@2.1.5";
// deno-lint-ignore no-import-prefix -- the same
import "npm:acorn@8.19.0";
// deno-lint-ignore no-import-prefix -- the same
import "npm:acorn-walk@8.3.5";
