import { assertEquals } from "@std/assert";
import { LONGEST_TEXT, markdownAsHtml, shortened } from "../../tools/pages/book/outputs.ts";

Deno.test("markdownAsHtml() knows what the library's outputs have, and lets nothing through as HTML", () => {
  assertEquals(
    markdownAsHtml("**21 one** (made). <b>\n\nsays: _a_ of `b_c_d`\n\n```js\n(a) => a_b_c < 1;\n\n**x**\n```"),
    "<p><strong>21 one</strong> (made). &lt;b&gt;</p><p>says: <em>a</em> of <code>b_c_d</code></p>" +
      '<pre class="code"><code>(a) =&gt; a_b_c &lt; 1;\n\n**x**</code></pre>',
  );
});

Deno.test("shortened() leaves a text that a page can show, and says how long the other was", () => {
  assertEquals(shortened("x".repeat(LONGEST_TEXT)).length, LONGEST_TEXT);
  const cut = shortened("x".repeat(LONGEST_TEXT + 1));
  assertEquals(cut.slice(LONGEST_TEXT), " … (100,001 characters in all)\n");
});
