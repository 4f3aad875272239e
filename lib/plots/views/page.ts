/**
 * All views as one script: `deno task make` bundles it into views.js. It brings the views of a page to life, those that are there and,
 * each time one comes in, the new one.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mount, sheetOf } from "./mount.ts";
import { VIEWS } from "./mod.ts";
import { PAGE_STYLE } from "./style.ts";

declare global {
  /** Brings to life what is not yet; every view that comes into a page calls it, if it is there. */
  var digitsViews: (() => void) | undefined;
  /** Whether the page has the style for what they replace. */
  var digitsViewsStyled: true | undefined;
}

/** Brings one to life. */
function enliven(frame: HTMLElement): void {
  const make = VIEWS[frame.dataset.view!];
  if (!make || "live" in frame.dataset) return; // of another edition: the picture stays
  const host = document.createElement("div");
  host.className = "digits-live";
  const view = make(JSON.parse(frame.querySelector('script[type="application/json"]')!.textContent!));
  frame.append(host);
  mount(host, view);
  frame.dataset.live = "";
}

const watcher = new IntersectionObserver((entries) => { // some take a moment: only where somebody looks
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    enliven(target as HTMLElement);
  }
}, { rootMargin: "400px" });

globalThis.digitsViews = () => {
  for (const frame of document.querySelectorAll<HTMLElement>(".digits-view:not([data-live])")) watcher.observe(frame);
};
if (!globalThis.digitsViewsStyled) document.adoptedStyleSheets.push(sheetOf(PAGE_STYLE));
globalThis.digitsViewsStyled = true;
globalThis.digitsViews();
