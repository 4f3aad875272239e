/**
 * Pages that are one HTML file and need nothing else: script, style and data inside, under a policy that allows no more.
 *
 * @module
 */
import { runDeno } from "./run_deno.ts";

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
 * @param folder Where `NAME.html`, with places for `back`, `policy`, `style`, `data` and `script`, `NAME.css` and `NAME.ts` are.
 * @param name Their name.
 * @param data What the script finds in the element `data`, as JSON.
 * @param inBook With a link to the book's contents.
 */
export async function buildPage(folder: URL, name: string, data: unknown, inBook: boolean): Promise<Page> {
  const template = await Deno.readTextFile(new URL(`${name}.html`, folder));
  const style = await Deno.readTextFile(new URL(`${name}.css`, folder));
  const script = (await bundle(new URL(`${name}.ts`, folder))).replaceAll("</script", "<\\/script");
  const policy = [
    "default-src 'none'",
    `script-src '${await hash(script)}'`,
    `style-src '${await hash(style)}'`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const parts: Readonly<Record<string, string>> = {
    back: inBook ? '<p><a href="index.html">← Digits from Scratch</a></p>' : "",
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    style: `<style>${style}</style>`,
    data: `<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
    script: `<script type="module">${script}</script>`,
  };
  return { html: template.replace(/<!-- (\w+) -->/g, (_, part) => parts[part]!), policy };
}

/** A script and all it imports as one minified file for browsers. */
export async function bundle(entry: URL): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const { success, text } = await runDeno(
      ["bundle", "--no-lock", "--quiet", "--platform", "browser", "--minify", "--output", file, entry.href],
    );
    if (!success) throw new Error(`Cannot bundle ${entry.pathname.split("/").at(-1)}: ${text}`);
    return await Deno.readTextFile(file);
  } finally {
    await Deno.remove(file);
  }
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
