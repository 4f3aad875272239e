/**
 * The drawing pad as one HTML file that needs nothing else: code, style and weights inside.
 *
 * @module
 */
import { networkToSafetensors } from "../../lib/weights/safetensors.ts";
import { runDeno } from "../run_deno.ts";
import type { Reader } from "../readers.ts";

/** A network as the page gets it. */
export interface PadReader extends Omit<Reader, "network"> {
  /** What it is called. */
  readonly title: string;
  /** How it differs. */
  readonly about: string;
  /** A safetensors file, base64. */
  readonly weights: string;
}

/** The page, and what it may do. */
export interface PadPage {
  /** The whole file. */
  readonly html: string;
  /** The content security policy for it: nothing but its own script and style, and no connection to anywhere. */
  readonly policy: string;
}

const ABOUT: Readonly<Record<string, string>> = {
  "000": "ReLU, 1,000 steps",
  "001": "ReLU, 500 steps",
  "002": "sigmoid, 800 steps",
  "003": "sigmoid, 20 steps of L-BFGS",
  "004": "ReLU, Adam",
};

/**
 * Builds the page around some networks.
 *
 * @param inBook With a link to the book's contents.
 */
export async function buildPad(readers: readonly Reader[], inBook = false): Promise<PadPage> {
  const template = await Deno.readTextFile(new URL("pad.html", import.meta.url));
  const style = await Deno.readTextFile(new URL("pad.css", import.meta.url));
  const script = await bundle();
  const policy = [
    "default-src 'none'",
    `script-src '${await hash(script)}'`,
    `style-src '${await hash(style)}'`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const networks = readers.map(({ network, ...about }): PadReader => ({
    ...about,
    title: `tutorial ${about.id}`,
    about: ABOUT[about.id]!,
    weights: networkToSafetensors(network, "F32").toBase64(),
  }));
  const parts: Readonly<Record<string, string>> = {
    back: inBook ? '<p><a href="index.html">← Digits from Scratch</a></p>' : "",
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    style: `<style>${style}</style>`,
    readers: `<script type="application/json" id="readers">${
      JSON.stringify(networks).replaceAll("<", "\\u003c")
    }</script>`,
    script: `<script type="module">${script}</script>`,
  };
  return { html: template.replace(/<!-- (\w+) -->/g, (_, name) => parts[name]!), policy };
}

async function bundle(): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const { success, text } = await runDeno(
      ["bundle", "--quiet", "--platform", "browser", "--minify", "--output", file, "tools/pad/pad.ts"],
    );
    if (!success) throw new Error(`Cannot bundle the drawing pad: ${text}`);
    return (await Deno.readTextFile(file)).replaceAll("</script", "<\\/script");
  } finally {
    await Deno.remove(file);
  }
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
