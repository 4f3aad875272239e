/**
 * All views as one script: `deno task sync` bundles it into views.js. It brings the views of a page to life, those that are there and
 * those that come.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { followTheme, mount, sheetOf } from "./mount.ts";
import { VIEWS } from "./mod.ts";
import { PAGE_STYLE } from "./style.ts";

declare global {
  /** Whether a page brings its views to life already. */
  var digitsViews: true | undefined;
}

/** Brings one to life, in place of the still picture before it. */
function enliven(frame: HTMLElement): void {
  const make = VIEWS[frame.dataset.view!];
  if (!make || "live" in frame.dataset) return; // of another edition: the picture stays
  const host = document.createElement("div");
  host.className = "digits-live";
  const view = make(JSON.parse(frame.dataset.values!));
  frame.replaceChildren(host);
  mount(host, view);
  frame.dataset.live = "";
  hideStill(frame, 10);
}

/** Hides the still picture; one that has only just come has no size yet. */
function hideStill(frame: HTMLElement, tries: number): void {
  const still = stillBefore(frame);
  (still?.closest("figure") ?? still)?.classList.add("digits-still");
  if (!still && tries) setTimeout(() => hideStill(frame, tries - 1), 100);
}

/** The last picture before a view that has the size of its still one. */
function stillBefore(frame: HTMLElement): HTMLImageElement | undefined {
  const before = [...document.images].filter((image) =>
    image.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING &&
    `${image.naturalWidth} ${image.naturalHeight}` === frame.dataset.still
  );
  return before.at(-1);
}

const watcher = new IntersectionObserver((entries) => { // some take a moment: only where somebody looks
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    enliven(target as HTMLElement);
  }
}, { rootMargin: "400px" });

let looking = false;

/** Looks for views that have come into the page, once a frame. */
function look(): void {
  if (looking) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    for (const frame of document.querySelectorAll<HTMLElement>(".digits-view[data-values]:not([data-live])")) {
      watcher.observe(frame);
    }
  });
}

if (!globalThis.digitsViews) { // a set-up cell may be run again
  globalThis.digitsViews = true;
  document.adoptedStyleSheets.push(sheetOf(PAGE_STYLE));
  followTheme();
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
}
