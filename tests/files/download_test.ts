import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { type DownloadProgress, isExpected } from "../../lib/files/download.ts";
import { downloadMnist } from "../../lib/files/mnist.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertWhole, CHILD, child, FAST, file, inFolder, names, packed, plain } from "./download_fixtures.ts";
import { type Answer, goodAnswer, plainAnswer, randomFile, startMirror } from "./mirror.ts";

async function fails(answer: Answer, ...said: string[]): Promise<void> {
  await inFolder(async (folder) => {
    using mirror = startMirror(answer);
    const error = await assertRejects(
      () => downloadMnist({ ...FAST, folder, mirrors: [mirror.url] }),
      Error,
      "Cannot download small.gz, no mirror gave it",
    );
    for (const text of [mirror.url, ...said]) assertStringIncludes(error.message, text);
    assert(!(await names(folder)).includes("small.gz"), "a file must be whole or not there");
  });
}

Deno.test("downloadMnist() fetches a file, says how far it is, and asks no second time", async () => {
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(packed, { piece: 500, pause: 2 }));
    const seen: DownloadProgress[] = [], notes: string[] = [];
    const options = { ...FAST, folder, mirrors: [mirror.url], onNote: (note: string) => notes.push(note) };
    await downloadMnist({ ...options, onProgress: (progress) => seen.push(progress) });
    await assertWhole(folder);
    assertEquals(seen.at(-1)!.bytes, packed.length);
    assertEquals([seen.at(-1)!.total, seen.at(-1)!.secondsLeft], [packed.length, 0]);
    await downloadMnist(options);
    assertEquals(mirror.requests.length, 1);
    assertEquals(notes, ["small.gz: downloaded, its SHA-256 is right", "small.gz: there already, and right"]);
  });
});

Deno.test("downloadMnist() resumes where the line broke, whatever the byte", async () => {
  const tiny = await randomFile("small.gz", 12, 4);
  for (const [whole, step] of [[tiny, 1], [{ file, packed }, 397]] as const) {
    for (let cut = step; cut < whole.packed.length; cut += step) {
      await inFolder(async (folder) => {
        using mirror = startMirror(goodAnswer(whole.packed, { most: cut }));
        await downloadMnist({ ...FAST, files: [whole.file], folder, mirrors: [mirror.url] });
        assert(await isExpected(await Deno.readFile(`${folder}/small.gz`), whole.file));
        assertEquals(await names(folder), ["small.gz"]);
        const ranges = mirror.requests.map(({ headers }) => headers.get("range") ?? "whole");
        assertEquals(
          ranges,
          [
            "whole",
            ...Array.from({ length: Math.ceil(whole.packed.length / cut) - 1 }, (_, i) => `bytes=${(i + 1) * cut}-`),
          ],
        );
      });
    }
  }
});

Deno.test("a part of another version, another address, or with a torn note is not gone on from", async () => {
  for (const note of ['{"url":"', '{"url":"http://elsewhere/small.gz","version":"\\"v1\\""}', "THIS old"]) {
    await inFolder(async (folder) => {
      using mirror = startMirror(goodAnswer(packed));
      await Deno.writeFile(`${folder}/small.gz.part`, new Uint8Array(1000).fill(7));
      await Deno.writeTextFile(
        `${folder}/small.gz.part.json`,
        note === "THIS old" ? JSON.stringify({ url: `${mirror.url}small.gz`, version: '"v0"' }) : note,
      );
      await downloadMnist({ ...FAST, folder, mirrors: [mirror.url] });
      await assertWhole(folder);
    });
  }
});

Deno.test("a part that is whole already is checked and taken (416), one that is too long is thrown away", async () => {
  for (const extra of [0, 5]) {
    await inFolder(async (folder) => {
      using mirror = startMirror(goodAnswer(packed));
      const part = new Uint8Array(packed.length + extra);
      part.set(packed);
      await Deno.writeFile(`${folder}/small.gz.part`, part);
      const note = { url: `${mirror.url}small.gz`, version: '"v1"' };
      await Deno.writeTextFile(`${folder}/small.gz.part.json`, JSON.stringify(note));
      await downloadMnist({ ...FAST, folder, mirrors: [mirror.url] });
      await assertWhole(folder);
      assertEquals(mirror.requests.length, extra ? 2 : 1);
    });
  }
});

Deno.test("downloadMnist() names what a bad mirror did, and leaves no file", async () => {
  const wrong = packed.with(900, packed[900]! ^ 1);
  await fails(plainAnswer("gone", { status: "404 Not Found" }), "the mirror answers 404");
  await fails(plainAnswer("busy", { status: "503 Service Unavailable" }), "the mirror answers 503");
  await fails(plainAnswer("", { status: "416 Range Not Satisfiable" }), "416");
  await fails(plainAnswer("<!DOCTYPE html><p>Log in"), "a web page came instead of the file");
  await fails(plainAnswer("hello", { headers: "content-type: text/html\r\n" }), "a web page came instead of the file");
  await fails(plainAnswer("just text"), "not a gzip file");
  await fails(plainAnswer(new Uint8Array()), "damaged");
  await fails(plainAnswer(wrong), "damaged");
  await fails(plainAnswer(packed.slice(0, 2000)), "damaged");
  await fails(plainAnswer(new Uint8Array(gzipSync(plain.with(0, plain[0]! ^ 1)))), "its SHA-256 is", file.sha256);
  await fails(plainAnswer(new Uint8Array(gzipSync(plain.slice(1)))), "it unpacks to 2999 bytes, must be 3000");
  await fails(plainAnswer(new Uint8Array(gzipSync(new Uint8Array(50_000_000)))), "too long"); // 50 kB packed
  await fails(plainAnswer(new Uint8Array(gzipSync(new Uint8Array(5_000_000)))), "damaged"); // a bomb: not unpacked beyond 3001
  await fails((_, write) => write("HTTP/1.1 200 OK\r\ncontent-length: 4000000000\r\n\r\n"), "the file is too long");
  await fails(async (_, write) => {
    await write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
    await write(packed);
    for (;;) await write(new Uint8Array(4000)); // no length, no end
  }, "the file is too long: over");
  await fails(
    (_, write) => write("HTTP/1.1 302 Found\r\nlocation: /small.gz\r\ncontent-length: 0\r\n\r\n"),
    "redirect",
  );
  await fails(() => Promise.resolve(), "small.gz");
  await fails((_, write) => write("nonsense\r\n\r\n"), "small.gz");
});

Deno.test("downloadMnist() gives up a mirror that hangs, before or after the first byte", async () => {
  const hang = () => new Promise<void>((resolve) => setTimeout(resolve, 3000));
  await fails(hang, "no byte in 0.4 seconds");
  await fails(async (_, write) => {
    await write(`HTTP/1.1 200 OK\r\ncontent-length: ${packed.length}\r\n\r\n`);
    await write(packed.subarray(0, 100));
    await hang();
  }, "no byte in 0.4 seconds");
});

Deno.test("downloadMnist() waits for a slow mirror as long as bytes come", async () => {
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(packed, { piece: 200, pause: 60 })); // 0.9 s in all, patience 0.4 s
    await downloadMnist({ ...FAST, folder, mirrors: [mirror.url] });
    await assertWhole(folder);
    assertEquals(mirror.requests.length, 1);
  });
});

Deno.test("downloadMnist() survives a mirror that repeats itself: 200 for a range, or the wrong range", async () => {
  await inFolder(async (folder) => {
    let asked = 0;
    using mirror = startMirror((request, write) => {
      return ++asked === 1 ? goodAnswer(packed, { most: 1000 })(request, write) : plainAnswer(packed)(request, write);
    });
    await downloadMnist({ ...FAST, folder, mirrors: [mirror.url] });
    await assertWhole(folder);
  });
  await inFolder(async (folder) => {
    let asked = 0;
    using mirror = startMirror((request, write) => {
      if (++asked === 1) return goodAnswer(packed, { most: 1000 })(request, write);
      return plainAnswer(packed, { status: "206 Partial Content", headers: "content-range: bytes 0-9/10\r\n" })(
        request,
        write,
      );
    });
    await assertRejects(() => downloadMnist({ ...FAST, folder, mirrors: [mirror.url] }), Error, "another range");
    assertEquals(await names(folder), []);
  });
});

Deno.test("downloadMnist() follows a redirect, and goes to the next mirror when one fails", async () => {
  await inFolder(async (folder) => {
    using good = startMirror(goodAnswer(packed));
    using moved = startMirror((_, write) =>
      write(`HTTP/1.1 302 Found\r\nlocation: ${good.url}small.gz\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
    );
    using gone = startMirror(plainAnswer("gone", { status: "404 Not Found" }));
    await downloadMnist({ ...FAST, folder, mirrors: ["http://127.0.0.1:1/", gone.url, moved.url] });
    await assertWhole(folder);
  });
});

Deno.test("killed at 20 random moments, the next call finishes", async () => {
  const big = await randomFile("small.gz", 400_000, 2), random = seededRandom(3);
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(big.packed, { piece: 2000, pause: 2 })); // about half a second in all
    let finished = 0;
    for (let round = 0; round < 20; round++) {
      const process = child(folder, mirror.url, [big.file]);
      const timer = setTimeout(() => {
        try {
          process.kill("SIGKILL");
        } catch { /* it has just ended, and nobody has told us yet */ }
      }, 100 + 500 * random());
      finished += Number((await process.output()).success);
      clearTimeout(timer);
      const there = (await names(folder)).includes("small.gz");
      if (there) {
        assert(await isExpected(await Deno.readFile(`${folder}/small.gz`), big.file), "whole or not there");
        await Deno.remove(`${folder}/small.gz`);
      }
    }
    const { success } = await child(folder, mirror.url, [big.file]).output();
    assert(success);
    assertEquals(await names(folder), ["small.gz"]);
    assert(await isExpected(await Deno.readFile(`${folder}/small.gz`), big.file));
    assert(mirror.requests.some(({ headers }) => headers.has("range")), "some round must have resumed");
    assert(finished < 20, "some round must have been killed");
  });
});

Deno.test("downloads go through the proxy that HTTP_PROXY names", async () => {
  await inFolder(async (folder) => {
    using proxy = startMirror(goodAnswer(packed));
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--ext=ts", CHILD, JSON.stringify([folder, "http://mirror.invalid/mnist", [file]])],
      env: { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: "", no_proxy: "" },
    }).output();
    assert(success);
    assertEquals(proxy.requests[0]!.line, "GET http://mirror.invalid/mnist/small.gz HTTP/1.1");
    await assertWhole(folder);
  });
});

Deno.test("downloadMnist() gives up a mirror that breaks off after every byte, and one that gives hardly any", async () => {
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(packed, { most: 1 }));
    await assertRejects(() => downloadMnist({ ...FAST, folder, mirrors: [mirror.url] }), Error, "no mirror gave it");
    assert(mirror.requests.length < 150, `${mirror.requests.length} requests`);
  });
  await fails(async (_, write) => {
    await write(`HTTP/1.1 200 OK\r\ncontent-length: ${packed.length}\r\n\r\n`);
    for (let i = 0; i < 20; i++) {
      await write(packed.subarray(i, i + 1));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, "bytes in 0.4 seconds");
});

Deno.test("downloadMnist() neither tells nor keeps a password, and follows no link", async () => {
  await inFolder(async (folder) => {
    using mirror = startMirror(goodAnswer(packed, { most: 500 }));
    const url = mirror.url.replace("://", "://me:secret@"), options = { ...FAST, folder, mirrors: [url], attempts: 1 };
    const victim = await Deno.makeTempFile();
    await Deno.writeTextFile(victim, "mine");
    await Deno.symlink(victim, `${folder}/small.gz.part`);
    await downloadMnist({
      ...options,
      onProgress: () => assert(!Deno.readTextFileSync(`${folder}/small.gz.part.json`).includes("secret")),
    });
    await assertWhole(folder);
    assertEquals(await Deno.readTextFile(victim), "mine");
    await Deno.remove(victim);
    const { message } = await assertRejects(
      () => downloadMnist({ ...options, folder: `${folder}/b`, mirrors: [`${url}nowhere/`.replace(/:\d+/, ":1")] }),
      Error,
    );
    assert(!message.includes("secret"), message);
  });
});
