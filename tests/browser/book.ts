import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { savedNotebooks, writeBook } from "../../tools/commands/book.ts";
import { launch, type Page, watch } from "./chromium.ts";

let written: Promise<URL> | undefined;

/** The book, written once for all tests of a file; it goes when they have ended. */
async function write(): Promise<URL> {
  const folder = await Deno.makeTempDir(), book = pathToFileURL(`${folder}/`);
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  await writeBook(await savedNotebooks(), book);
  return book;
}

/**
 * The book as it is saved in the notebooks, opened from disk; afterwards, nothing may have gone wrong or been asked of a network.
 *
 * @param screen And `meant`: errors that the action provokes, and addresses that it asks for.
 */
export async function withBook(
  screen: { width?: number; height?: number; touch?: boolean; script?: boolean; meant?: RegExp },
  action: (page: Page, book: string) => Promise<void>,
): Promise<void> {
  const book = await (written ??= write()), browser = await launch();
  try {
    const { width = 1280, height = 900, touch: hasTouch, script: javaScriptEnabled } = screen;
    const page = await browser.newPage({ viewport: { width, height }, hasTouch, javaScriptEnabled });
    page.setDefaultTimeout(90_000); // beside other tests all comes late
    const { errors, requests } = watch(page);
    await action(page, book.href);
    assertEquals(errors.filter((text) => !screen.meant?.test(text)), []);
    assertEquals(
      requests.filter((url) => !screen.meant?.test(url) && !url.startsWith(book.href) && !/^(data|blob):/.test(url)),
      [],
    );
  } finally {
    await browser.close();
  }
}
