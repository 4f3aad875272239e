/**
 * Names every package that something in this project imports, so that set-up can fetch them all at once.
 *
 * @module
 */
import "@std/assert";
import "@std/csv";
import "../lib/images/decode.ts";
import "../lib/plots/static.ts";
import "./book.ts";
import "./build_kernels.ts";
import "fast-check";
