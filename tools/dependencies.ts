/**
 * Names every package that the course needs, so that set-up can fetch them all at once.
 *
 * @module
 */
import "@std/assert";
import "@std/csv";
import "../lib/images/decode.ts";
import "../lib/plots/plotly.ts";
import "../lib/plots/static.ts";
import "./commands/book.ts";
