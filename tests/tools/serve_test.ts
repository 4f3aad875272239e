import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pathToFileURL } from "node:url";
import { respond } from "../../tools/commands/draw.ts";
import { respondWithFile } from "../../tools/pages/serve.ts";

Deno.test("the book is served by plain names, to this machine alone, with the headers for shared memory", async () => {
  const parent = await Deno.makeTempDir(), folder = pathToFileURL(`${parent}/book/`);
  try {
    await Deno.mkdir(new URL("assets/", folder), { recursive: true });
    await Deno.writeTextFile(new URL("index.html", folder), "the front page");
    await Deno.writeTextFile(new URL("assets/a.js", folder), "1");
    await Deno.writeTextFile(new URL("../secret.txt", folder), "secret");
    const ask = async (path: string, host = "127.0.0.1:8000", method = "GET") => {
      const response = await respondWithFile(
        new Request(`http://127.0.0.1:8000/${path}`, { method, headers: { host } }),
        folder,
      );
      return [response.status, await response.text(), response.headers.get("content-type")!] as const;
    };
    assertEquals(await ask(""), [200, "the front page", "text/html; charset=utf-8"]);
    assertEquals(await ask("assets/a.js?x=1"), [200, "1", "text/javascript; charset=utf-8"]);
    assertEquals((await ask("", "127.0.0.1:8000", "HEAD"))[1], "");
    for (
      const path of [
        "secret.txt",
        "assets/..%2f..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "assets//a.js",
        "assets/",
        ".hidden",
        "x.html",
      ]
    ) {
      assertEquals((await ask(path))[0], 404, path);
    }
    for (const host of ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80:80", "", "127.0.0.1:1.evil"]) {
      assertEquals((await ask("", host))[0], 421, host);
    }
    assertEquals((await ask("", "localhost", "POST"))[0], 405);
    const { headers } = await respondWithFile(
      new Request("http://127.0.0.1/", { headers: { host: "localhost" } }),
      folder,
    );
    assertEquals(headers.get("cross-origin-opener-policy"), "same-origin");
    assertStringIncludes(headers.get("cross-origin-embedder-policy")!, "require-corp");
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("a malformed Host is refused in one line, whatever it is: by the book's server and by the pad's", async () => {
  const failed: unknown[] = [], page = { html: "the pad", policy: "" };
  for (
    const answer of [
      (request: Request) => respondWithFile(request, new URL("file:///nowhere/")),
      (request: Request) => respond(request, page),
    ]
  ) {
    await using server = Deno.serve({
      ...{ hostname: "127.0.0.1", port: 0, onListen: () => {} },
      onError: (error) => (failed.push(error), new Response(null, { status: 500 })),
    }, answer);
    const { port } = server.addr as Deno.NetAddr;
    for (
      const host of ["127.0.0.1:999999999999", "evil.127.0.0.1", "127.0.0.1:1.evil", "127.0.0.1, evil", "[", "%", "a b"]
    ) {
      using line = await Deno.connect({ hostname: "127.0.0.1", port });
      await line.write(new TextEncoder().encode(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
      const buffer = new Uint8Array(200), count = await line.read(buffer) ?? 0;
      assertMatch(new TextDecoder().decode(buffer.subarray(0, count)), /^HTTP\/1\.1 4(?:00|21) /, host);
    }
  }
  assertEquals(failed, []);
});
