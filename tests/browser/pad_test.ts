import { Buffer } from "node:buffer";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encode as encodePng } from "fast-png";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import axe from "npm:axe-core@4.14.1";
import { respond } from "../../tools/commands/draw.ts";
import { buildPad } from "../../tools/pages/pad/page.ts";
import { BOARD, Drawing } from "../../tools/pages/pad/strokes.ts";
import { trainedNetworks } from "../../tools/commands/trained_networks.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { page as noteOf } from "../images/page.ts";
import { photo } from "../images/photo.ts";
import { joined } from "../images/png_maker.ts";
import { CHROMIUM, launch, type Page, watch } from "./chromium.ts";
import { HAND } from "../../tools/maintain/hand.ts";

const ignore = CHROMIUM === undefined;

/** The pad as it is served, in a browser; afterwards, nothing may have gone wrong or left this machine. */
async function withPad(
  action: (page: Page) => Promise<void>,
  options: { width?: number; touch?: boolean; flags?: string[] } = {},
) {
  const pad = await buildPad(await trainedNetworks(undefined, () => {}));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => respond(request, pad));
  const browser = await launch(options.flags);
  try {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      hasTouch: options.touch ?? false,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage(),
      { errors, requests } = watch(page),
      own = `http://127.0.0.1:${server.addr.port}/`;
    await page.goto(own);
    await action(page);
    assertEquals(errors, []);
    assertEquals(requests.filter((url) => !url.startsWith(own) && !/^(data|blob):/.test(url)), []);
  } finally {
    await browser.close();
    await server.shutdown();
  }
}

async function draw(page: Page, strokes: readonly (readonly [number, number][])[]): Promise<void> {
  await page.locator("#board").evaluate((board) => board.scrollIntoView({ block: "nearest" }));
  const { x, y, width } = (await page.locator("#board").boundingBox())!;
  const to = ([u, v]: readonly [number, number]) =>
    page.mouse.move(x + u / BOARD * width, y + v / BOARD * width, { steps: 2 });
  for (const [first, ...rest] of strokes) {
    await to(first!);
    await page.mouse.down();
    for (const point of rest) await to(point);
    await page.mouse.up();
  }
  await settled(page);
}

/** Two frames: in the first one the pad reads. */
async function settled(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

/** A film of one picture, as a camera sees it. */
async function filmOf({ width, height, data }: GreyImage, path: string): Promise<void> {
  const head = new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`);
  await Deno.writeFile(path, joined([head, Uint8Array.from(data), new Uint8Array(width * height / 2).fill(128)]));
}

const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

Deno.test(
  { name: "pad: the camera reads a note that is held before it, again and again", ignore },
  async () => {
    const note = noteOf(["80337", "1234"], { size: 80, gap: 14 }), film = await Deno.makeTempFile({ suffix: ".y4m" });
    const frame = { width: 640, height: 480, data: new Float64Array(640 * 480).fill(215) };
    note.data.forEach((value, i) => frame.data[(Math.floor(i / note.width) + 60) * 640 + i % note.width + 30] = value);
    await filmOf(frame, film);
    const flags = [...FAKE, `--use-file-for-fake-video-capture=${film}`];
    await withPad(async (page) => {
      await page.click("#camera");
      await page.locator("#verdict", { hasText: "The camera shows 80337 / 1234" }).waitFor();
      const readings = () =>
        page.evaluate("performance.getEntriesByName('camera', 'measure').length") as Promise<number>;
      const before = await readings();
      for (let tries = 300; await readings() < before + 4; tries--) { // it goes on, however busy the machine is
        assert(tries > 0, "the camera reads no more");
        await page.waitForTimeout(100);
      }
      await page.click("#camera");
      assertEquals(await page.locator("#seen-live").isVisible(), false);
      await page.locator("#verdict", { hasText: "Nothing drawn yet" }).waitFor();
    }, { flags }).finally(() => Deno.remove(film));
  },
);

Deno.test(
  { name: "pad: no camera, or one that may not be used, is one sentence", ignore },
  () =>
    withPad(async (page) => {
      await page.click("#camera");
      await page.locator("#message", { hasText: /No camera was found|may not be used/ }).waitFor();
      assertEquals(await page.locator("#camera").textContent(), "Camera");
    }),
);

Deno.test({ name: "pad: a number is read once the pen rests", ignore }, () =>
  withPad(async (page) => {
    const digit = (d: number, left: number) =>
      HAND[d]!.map((points) => points.map(([x, y]) => [left + 0.42 * x, 80 + 0.42 * y] as [number, number]));
    await draw(page, [...digit(7, 10), ...digit(3, 140)]);
    await page.locator("#verdict", { hasText: "You wrote 73" }).waitFor();
  }));

const shown = (page: Page) => page.locator("#digit").textContent();

Deno.test("Drawing: strokes and clearings are taken back one by one, and stay on the board", () => {
  const drawing = new Drawing();
  drawing.undo();
  drawing.clear();
  assertEquals([drawing.strokes, drawing.canUndo], [[], false]);
  drawing.begin({ x: -5, y: 10 }, 20);
  drawing.moveTo({ x: 300, y: 1e9 });
  drawing.begin({ x: 1, y: 1 }, 8);
  assertEquals(drawing.strokes, [{ points: [{ x: 0, y: 10 }, { x: BOARD, y: BOARD }], width: 20 }, {
    points: [{ x: 1, y: 1 }],
    width: 8,
  }]);
  drawing.clear();
  assertEquals(drawing.strokes, []);
  drawing.undo();
  assertEquals(drawing.strokes.length, 2);
  drawing.undo();
  assertEquals(drawing.strokes.map(({ width }) => width), [20]);
});

Deno.test("the pad's server gives its one page to this machine's own names, and nothing else to anyone", async () => {
  const pad = { html: "<p>pad</p>", policy: "default-src 'none'" };
  const ask = (path: string, host: string, method = "GET") =>
    respond(new Request(`http://127.0.0.1:8000${path}`, { method, headers: { host } }), pad);
  const good = ask("/", "127.0.0.1:8000");
  assertEquals([good.status, await good.text()], [200, pad.html]);
  assertStringIncludes(good.headers.get("content-security-policy")!, "default-src 'none'");
  assertEquals(ask("/", "localhost:8000").status, 200);
  assertEquals([ask("/", "evil.example").status, ask("/", "127.0.0.1.evil.example:8000").status], [421, 421]);
  assertEquals(ask("/../deno.json", "127.0.0.1:8000").status, 404);
  assertEquals(ask("/", "127.0.0.1:8000", "POST").status, 405);
});

Deno.test({
  name: "pad: ten digits drawn by mouse, at least nine read right; undo, clear, the five side by side",
  ignore,
}, () =>
  withPad(async (page) => {
    const read: (string | null)[] = [];
    for (const strokes of HAND) {
      await draw(page, strokes);
      read.push(await shown(page));
      await page.click("#clear");
    }
    const right = read.filter((digit, i) => digit === String(i)).length;
    assert(right >= 9, `read ${read.join(" ")}`);
    await settled(page);
    assertEquals(await shown(page), "–");
    await page.click("#undo"); // the clearing
    await settled(page);
    assertEquals(await shown(page), read[9]);
    await page.click("#clear");
    await draw(page, HAND[7]!);
    const five = await page.locator("#networks output span").allTextContents();
    assert(five.filter((digit) => digit === "7").length >= 4, `the five say ${five}`);
    for (const [id, hidden] of [["000", "10"], ["002", "25"], ["004", "128"]]) {
      await page.check(`#networks input[value="${id}"]`);
      await settled(page);
      assertMatch((await page.locator("#layers p").first().textContent())!, new RegExp(`\\d+ of ${hidden} units`));
    }
    assertEquals(await page.locator("#layers p").count(), 2);
  }));

Deno.test({
  name: "pad: once the pen rests, a ribbon shows the changes of mind, and a slider goes back through them",
  ignore,
}, () =>
  withPad(async (page) => {
    await draw(page, HAND[8]!);
    await page.locator("#mind").waitFor();
    const said = (await page.locator("#mind-said").textContent())!, answers = said.match(/\d/g)!;
    assertEquals(answers.at(-1), await shown(page));
    assert(answers.length > 1, said); // an 8 begins as something else
    await page.locator("#mind-at").focus();
    await page.locator("#mind-at").press("Home");
    await settled(page);
    assertEquals(await shown(page), answers[0]);
    assertEquals(await page.locator("#mind").isVisible(), true);
    await page.locator("#mind-at").press("End");
    await settled(page);
    assertEquals(await shown(page), answers.at(-1));
    await page.click("#clear");
    await settled(page);
    assertEquals(await page.locator("#mind").isVisible(), false);
  }));

Deno.test({
  name: "pad: once the pen rests, ink is coloured by what it speaks for, and what is no digit is said to be none",
  ignore,
}, () =>
  withPad(async (page) => {
    const caption = page.locator("#why-caption"), unlike = page.locator("#unlike");
    const colours = async () => { // how many pixels are blue, and orange
      const data = await page.evaluate(
        "[...document.querySelector('#why-ink').getContext('2d').getImageData(0, 0, 28, 28).data]",
      ) as number[];
      const pixels = Array.from({ length: 784 }, (_, i) => data[4 * i + 2]! - data[4 * i]!);
      return [pixels.filter((blue) => blue > 40).length, pixels.filter((blue) => blue < -40).length];
    };
    assertEquals(await page.locator("#why").isVisible(), false);
    await draw(page, HAND[7]!);
    await caption.filter({ hasText: /^Why 7 and not \d: blue ink speaks for 7/ }).waitFor();
    const [blue, orange] = await colours();
    assert(blue! > 10 && blue! > orange!, `${blue} and ${orange}`);
    assertEquals(await unlike.textContent(), "");
    await page.click("#clear");
    await settled(page);
    assertEquals(await page.locator("#why").isVisible(), false);
    await draw(page, [[[60, 60], [220, 60], [220, 220], [60, 220], [60, 60]]]);
    await unlike.filter({ hasText: "Unlike any of 2,000 digits" }).waitFor();
    assertStringIncludes((await page.locator("#spoken").textContent())!, "it has ten answers, and must give one");
  }));

Deno.test({ name: "pad: by keyboard alone", ignore }, () =>
  withPad(async (page) => {
    const press = async (key: string, times: number) => {
      for (let k = 0; k < times; k++) await page.keyboard.press(key);
    };
    await press("Tab", 1);
    assertEquals(await page.evaluate("document.activeElement.id"), "board");
    await press("ArrowUp", 8);
    await press("Space", 1);
    await press("ArrowDown", 16);
    await press("Shift+ArrowLeft", 3);
    await press("Space", 1);
    await settled(page);
    assertEquals(await shown(page), "1");
    await press("ArrowLeft", 4); // the pen is up: nothing is drawn
    await press("u", 1);
    await settled(page);
    assertEquals(await shown(page), "–");
    await page.keyboard.press("Control+z"); // nothing left to take back
    await settled(page);
    assertEquals(await shown(page), "–");
  }));

Deno.test(
  { name: "pad: photos are opened, centred or not, and what is none is named", ignore },
  () =>
    withPad(async (page) => {
      const file = (digit: number, options = {}) => {
        const { width, height, data } = photo(digit, 9000 + digit, options);
        return { name: `${digit}.png`, mimeType: "image/png", buffer: png(width, height, Uint8Array.from(data)) };
      };
      const open = async (one: ReturnType<typeof file>) => {
        await page.setInputFiles("#file", one);
        await page.locator("#message", { hasText: one.name }).waitFor();
        await settled(page);
        return await shown(page);
      };
      assertEquals([await open(file(3)), await open(file(7, { lightOnDark: true }))], ["3", "7"]);
      await page.click("#undo"); // the strokes that the photo put away: none, and the photo goes
      await settled(page);
      await draw(page, HAND[1]!);
      assertEquals([await shown(page), await open(file(7, { lightOnDark: true }))], ["1", "7"]);
      await page.click("#undo");
      await settled(page);
      assertEquals(await shown(page), "1"); // the drawing again, and no photo below it
      assertEquals(await open(file(7, { lightOnDark: true })), "7");
      await page.uncheck("#centre");
      await settled(page);
      await page.check("#centre");
      assertEquals(await open({ ...file(1), name: "notes.txt", buffer: Buffer.from("no image") }), "7"); // stays
      assertStringIncludes((await page.locator("#message").textContent())!, "Cannot read “notes.txt” as an image");
      assertEquals(
        await open({ ...file(1), name: "paper.png", buffer: png(90, 90, new Uint8Array(8100).fill(220)) }),
        "–",
      );
      assertStringIncludes((await page.locator("#verdict").textContent())!, "No ink");
      await draw(page, HAND[1]!); // drawing puts the photo away
      assertEquals(await shown(page), "1");
    }),
);

Deno.test({ name: "pad: the picture is saved, the 784 numbers are copied", ignore }, () =>
  withPad(async (page) => {
    await draw(page, HAND[0]!);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    assertEquals(download.suggestedFilename(), "digit.png");
    const bytes = await Deno.readFile((await download.path())!);
    assertEquals([...bytes.subarray(1, 4)], [...new TextEncoder().encode("PNG")]);
    await page.click("#copy");
    await page.locator("#message", { hasText: "Copied" }).waitFor();
    const numbers = (await page.evaluate("navigator.clipboard.readText()") as string).split(",").map(Number);
    assertEquals(numbers.length, 784);
    assert(
      numbers.every((grey) => Number.isInteger(grey) && grey >= 0 && grey <= 255) && numbers.some((grey) => grey > 200),
    );
  }));

Deno.test(
  { name: "pad: on a phone it fits the width, takes a finger, and shows the answer below the board", ignore },
  () =>
    withPad(async (page) => {
      const { x, y, width } = (await page.locator("#board").boundingBox())!;
      await page.touchscreen.tap(x + width / 2, y + width / 2);
      await page.locator("#digit", { hasNotText: "–" }).waitFor({ timeout: 5000 });
      assertEquals(await page.evaluate("[document.documentElement.scrollWidth, innerWidth]"), [390, 390]);
      assert(await page.locator("#brief").isVisible());
    }, { width: 390, touch: true }),
);

Deno.test(
  { name: "pad: axe finds nothing serious, light and dark, wide and narrow", ignore },
  () =>
    withPad(async (page) => {
      await draw(page, HAND[5]!);
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1280, 390]) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate("axe.run()") as axe.AxeResults;
          assertEquals(
            violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" ")}`),
            [],
          );
        }
      }
    }),
);

Deno.test({ name: "pad: as a file, under its own policy, it works from disk", ignore }, async () => {
  const { html } = await buildPad(await trainedNetworks(undefined, () => {})), folder = await Deno.makeTempDir();
  const browser = await launch();
  try {
    await Deno.writeTextFile(`${folder}/pad.html`, html);
    const page = await browser.newPage(), { errors, requests } = watch(page);
    await page.goto(`file://${folder}/pad.html`);
    await draw(page, HAND[3]!);
    assertEquals([await shown(page), errors, requests.length], ["3", [], 1]);
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});

function png(width: number, height: number, data: Uint8Array): Buffer {
  return Buffer.from(encodePng({ width, height, data, channels: 1 }));
}
