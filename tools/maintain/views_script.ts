/**
 * The script of the pictures that answer, lib/plots/views/views.js: this library's own functions, bundled for pages.
 *
 * Its first line says from which sources it was made. Another edition of Deno may bundle them into other bytes, so it is the sources that
 * are compared.
 *
 * @module
 */
import { shortSha256 } from "../../lib/sha256.ts";
import { bundle } from "../pages/bundle.ts";
import { ROOT } from "../root.ts";
import { runDeno } from "../run_deno.ts";

/** Where it is. */
export const VIEWS_SCRIPT = "lib/plots/views/views.js";

const ENTRY = "lib/plots/views/page.ts";

/** The script made anew if it is not of the sources as they are, or not as it was made; otherwise null. */
export async function staleViews(): Promise<string | null> {
  const { output } = await runDeno(["info", "--json", ENTRY]);
  const { modules } = JSON.parse(output) as { modules: readonly { readonly specifier: string }[] };
  const own = modules.map(({ specifier }) => specifier).filter((specifier) => specifier.startsWith(ROOT.href)).sort();
  const sources = await Promise.all(own.map((specifier) => Deno.readTextFile(new URL(specifier))));
  const made = `Made by "deno task sync" from ${own.length} files of lib/, sha256 ${await shortSha256(
    sources.join("\0"),
  )}`;
  const whole = async (body: string) =>
    `/* Digits from Scratch: pictures that answer. ${made}; what follows: ${await shortSha256(body)}. */\n${body}`;
  const now = await Deno.readTextFile(new URL(VIEWS_SCRIPT, ROOT)).catch(() => "");
  if (now === await whole(now.slice(now.indexOf("\n") + 1))) return null;
  return await whole(`(() => {${await bundle(new URL(ENTRY, ROOT))}})();\n`); // its names are not the page's
}
