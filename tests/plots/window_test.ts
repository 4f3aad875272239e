import { assert, assertEquals } from "@std/assert";
import { decode } from "fast-png";
import { Window } from "happy-dom";
import { addMeasures } from "../../lib/plots/window.ts";

Deno.test("addMeasures() gives texts and shapes a size, and canvases something to paint on", () => {
  // deno-lint-ignore no-explicit-any -- a window without its types
  const window = new Window() as any;
  addMeasures(window);
  const { document } = window, svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  document.body.append(svg);
  const draw = (name: string, attributes: Record<string, string>, text = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return svg.appendChild(element);
  };
  draw("text", { "font-size": "12" }, "iii");
  draw("text", { "font-size": "12" }, "WWW");
  draw("rect", { width: "7", height: "5" });
  const [narrow, broad, shape] = [...svg.children].map((element) => element.getBoundingClientRect());
  assert(narrow.width > 0 && narrow.width < broad.width);
  assertEquals([shape.width, shape.height], [7, 5]);
  const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: 1 });
  const paint = canvas.getContext("2d");
  paint.fillStyle = "rgba(10, 20, 30, 1)";
  paint.fillRect(1, 0, 1, 1);
  const png = Uint8Array.fromBase64(canvas.toDataURL().split(",")[1]);
  assertEquals([...decode(png).data], [0, 0, 0, 0, 10, 20, 30, 255]);
});
