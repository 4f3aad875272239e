/**
 * How views look: they take colour and font from the page around them; pictures are turned over where that is dark.
 *
 * @module
 */

/** The style sheet inside every view. */
export const STYLE = `
:host { display: block; color: inherit; font: 14px/1.45 "DejaVu Sans", Verdana, system-ui, sans-serif; }
@media print { :host { display: none; } }
.view { max-width: 800px; }
.panels { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: flex-start; }
.panel { position: relative; width: 100%; background: #fff; }
.panel > svg { display: block; width: 100%; height: auto; }
.dark .panel > svg { filter: invert(0.905) hue-rotate(180deg); }
.dark .panel { background: none; }
.dark .panel > svg > rect:first-child { fill: none; }
.dark .controls { color-scheme: dark; }
.over { mix-blend-mode: multiply; }
.pointed { cursor: crosshair; touch-action: pan-y; }
.keyed { touch-action: none; }
.say { margin: 8px 0; min-height: 2.9em; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; }
.slider { display: inline-flex; gap: 8px; align-items: center; }
.slider input { width: 170px; max-width: 45vw; accent-color: #1f5fa8; }
.slider span:last-child { min-width: 4.5em; font-variant-numeric: tabular-nums; }
.choice, .blank { display: inline-flex; gap: 8px; align-items: center; }
button, select, .blank input { font: inherit; color: inherit; background: transparent; border: 1px solid #8c8c8c; border-radius: 4px;
  padding: 4px 10px; min-height: 32px; box-sizing: border-box; }
select option { color: #1d2733; background: #fff; }
.blank input { font-size: 16px; }
button { cursor: pointer; }
button:hover:not([aria-disabled="true"]) { border-color: currentColor; }
button[aria-disabled="true"] { opacity: 0.55; cursor: default; }
button[aria-pressed="true"] { background: #1f5fa8; border-color: #1f5fa8; color: #fff; }
:is(button, select, input, .keyed):focus-visible { outline: 3px solid #d1662b; outline-offset: 2px; }
.spot { position: absolute; cursor: ew-resize; touch-action: pan-y; border-radius: 4px; border-bottom: 1px dashed #8c8c8c; }
.spot:hover { background: rgb(209 102 43 / 0.16); }
.spot:focus-within { outline: 3px solid #d1662b; }
.spot input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; pointer-events: none; }
@media (max-width: 480px) { .slider { width: 100%; } .slider input { flex: 1; } }
`;

/** The style of the page around views: the still picture stands on paper, and the view everywhere else. */
export const PAGE_STYLE = `
@media not print { .digits-still { display: none !important; } }
`;
