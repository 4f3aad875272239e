import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { savedNotebooks, writeBook } from "../../tools/commands/book.ts";
import { launch, type Page, watch } from "./chromium.ts";

/** The book as it is saved in the notebooks, opened from disk; afterwards, nothing may have gone wrong or been asked of a network. */
export async function withBook(
  screen: { width?: number; height?: number; touch?: boolean; script?: boolean },
  action: (page: Page, book: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir(), book = pathToFileURL(`${folder}/`), browser = await launch();
  try {
    await writeBook(await savedNotebooks(), book);
    const { width = 1280, height = 900, touch: hasTouch, script: javaScriptEnabled } = screen;
    const page = await browser.newPage({ viewport: { width, height }, hasTouch, javaScriptEnabled });
    const { errors, requests } = watch(page);
    await action(page, book.href);
    assertEquals(errors, []);
    assertEquals(requests.filter((url) => !url.startsWith(book.href) && !/^(data|blob):/.test(url)), []);
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}
