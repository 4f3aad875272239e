import { assertEquals } from "@std/assert";
import { escapeText } from "../../lib/plots/figure.ts";

Deno.test("escapeText() leaves nothing that a page would take for a tag, an entity or the end of an attribute", () => {
  assertEquals(escapeText(`<b a="1">&amp;</b>`), "&lt;b a=&quot;1&quot;&gt;&amp;amp;&lt;/b&gt;");
});
