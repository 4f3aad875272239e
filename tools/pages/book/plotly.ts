/**
 * Plotly for the book's pages: one file, fetched by the first plot that comes into view; its flat charts alone, a third of
 * the whole.
 *
 * @module
 */
import Plotly from "plotly.js-cartesian-dist-min";

Object.assign(globalThis, { DIGITS_PLOTLY: Plotly });
