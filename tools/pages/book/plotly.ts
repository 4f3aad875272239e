/**
 * Plotly for the book's pages: one file, fetched by the first plot that comes into view.
 *
 * @module
 */
import Plotly from "plotly.js-dist";

Object.assign(globalThis, { DIGITS_PLOTLY: Plotly });
