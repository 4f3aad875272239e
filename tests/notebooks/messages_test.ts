import { assertEquals } from "@std/assert";
import { parseMessage, signedFrames } from "../../tools/notebooks/kernel/messages.ts";

const keyOf = (secret: string) =>
  crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

Deno.test("parseMessage() takes what is signed with the connection's key, and nothing of anybody else", async () => {
  const key = await keyOf("ours"),
    frames = await signedFrames(key, "s", "stream", { text: "hello" }, "id"),
    [mark] = frames;
  assertEquals(await parseMessage(key, [new Uint8Array(5), ...frames]), {
    type: "stream",
    content: { text: "hello" },
    parent: undefined,
  });
  const forged = await signedFrames(await keyOf("theirs"), "s", "stream", { text: "<script>" }, "id");
  const changed = frames.with(-1, new TextEncoder().encode('{"text":"<script>"}'));
  for (
    const other of [forged, changed, frames.with(1, new Uint8Array()), frames.slice(1), frames.slice(0, 4), [mark!], []]
  ) {
    assertEquals(await parseMessage(key, other), null);
  }
});
