// A real Chromium for tests of pages: the system's own, where there is one.
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { type Browser, chromium, type Locator, type Page } from "npm:playwright-core@1.65.1";

const PLACES = [
  Deno.env.get("CHROMIUM"),
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Where it is, or undefined: then these tests say so and are left out. */
export const CHROMIUM = PLACES.find((path) => {
  try {
    return path !== undefined && Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

export type { Locator, Page };

/** What went wrong on a page, and what it asked for. */
export interface Watch {
  readonly errors: string[];
  readonly requests: string[];
}

/** Starts Chromium. */
export async function launch(more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", ...more],
  });
}

/** Notes errors and requests of a page from now on. */
export function watch(page: Page): Watch {
  const errors: string[] = [], requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  return { errors, requests };
}
