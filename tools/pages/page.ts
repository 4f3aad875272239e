/**
 * Pages that are one HTML file and need nothing else: script, style and data inside, under a policy that allows no more.
 *
 * @module
 */
import { sha256 } from "../../lib/sha256.ts";
import { keptBundle } from "./bundle.ts";

/** A page, and what it may do. */
export interface Page {
  /** The whole file. */
  readonly html: string;
  /** Its content security policy: nothing but its own script and style, and no connection to anywhere. */
  readonly policy: string;
}

/**
 * Puts a page together.
 *
 * @param folder Where `NAME.html`, the main element with a place for the way back, `NAME.css` and `NAME.ts` are.
 * @param name Their name.
 * @param title What the page is called.
 * @param data What the script finds in the element `data`, as JSON.
 * @param inBook With a link to the book's contents.
 */
export async function buildPage(
  folder: URL,
  name: string,
  title: string,
  data: unknown,
  inBook: boolean,
): Promise<Page> {
  const [main, own, shared] = await Promise.all(
    [new URL(`${name}.html`, folder), new URL(`${name}.css`, folder), new URL("page.css", import.meta.url)].map((
      file,
    ) => Deno.readTextFile(file)),
  ) as [string, string, string];
  const style = shared + own;
  const script = (await keptBundle(new URL(`${name}.ts`, folder))).replaceAll("</script", "<\\/script");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${(await sha256(script)).toBase64()}'`,
    `style-src 'sha256-${(await sha256(style)).toBase64()}'`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const back = inBook ? '<p><a href="index.html">← Digits from Scratch</a></p>' : "";
  const html = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Digits from Scratch</title>
<link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>${style}</style>
</head>
<body>
${main.replace("<!-- back -->", back)}
<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script type="module">${script}</script>
</body>
</html>
`;
  return { html, policy };
}
