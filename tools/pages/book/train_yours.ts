/**
 * The workshop's network, trained in the page.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keepOwn } from "../own_network.ts";
import { toBase64 } from "../../../lib/plots/views/packed.ts";
import { judgeAddress } from "./exercises.ts";
import type { Progress } from "./judge_worker.ts";
import { load } from "./load.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Trains what was typed on this page in a worker, draws how it learns, and keeps the network for the pad. */
export function prepareTraining(box: HTMLElement): void {
  const [train, stop] = box.querySelectorAll("button") as unknown as [HTMLButtonElement, HTMLButtonElement];
  const said = box.querySelector("output")!, plot = box.querySelector<HTMLElement>(".plot")!;
  let worker: Worker | null = null;
  const end = (text: string) => {
    worker?.terminate();
    worker = null;
    said.textContent = text;
    train.disabled = false;
    stop.disabled = true;
  };
  train.addEventListener("click", () => {
    train.disabled = true;
    stop.disabled = false;
    said.textContent = "Trying your parts …";
    worker = new Worker(judgeAddress());
    worker.onerror = (event) => {
      event.preventDefault();
      end(`It could not be trained: ${event.message}`);
    };
    worker.onmessage = async ({ data }: MessageEvent<Progress>) => {
      const { theirs, yours, reference, end: done, error } = data;
      said.textContent = theirs.length
        ? `${theirs.length} of 7 parts are yours: ${theirs.join(", ")}. Epoch ${Math.max(0, yours.length - 1)} of 5.`
        : "None of the seven parts is right yet; this is what is waiting for them.";
      if (error) return end(`Your network stopped: ${error}`);
      await drawCurves(plot, yours, reference);
      if (!theirs.length && reference.length === 6) return end(said.textContent);
      if (!done) return;
      const same = done.difference < 1e-6
        ? `the same numbers, to ${done.difference.toExponential(0)}`
        : "other numbers: other chances were drawn";
      const kept = keepOwn({
        ...{ id: "yours", title: "your network", accuracy: yours.at(-1)!, examples: 1000, parts: theirs.length },
        about: theirs.length === 7 ? "written by you" : `${theirs.length} parts of 7 written by you`,
        trainedOn: "3,000 drawn digits",
        weights: toBase64(done.weights),
      });
      end(
        `It reads ${percent(yours.at(-1)!)} of 1,000 unseen digits; the library's ${
          percent(reference.at(-1)!)
        }, ${same}. ` +
          (kept
            ? "It is kept in this browser: the drawing pad lets it read along, and chapter 14 shows it beside the five."
            : "This browser keeps nothing for pages on disk, so the drawing pad will not know it."),
      );
    };
    const boxes = [...document.querySelectorAll<HTMLElement>(".try")];
    worker.postMessage(boxes.map((one) => {
      const code = one.querySelector("textarea")!.value;
      return { id: one.dataset.id!, name: one.dataset.name!, code };
    }));
  });
  stop.addEventListener("click", () => end("Stopped."));
  box.hidden = false;
}

async function drawCurves(plot: HTMLElement, yours: readonly number[], reference: readonly number[]): Promise<void> {
  await load("plotly.min.js");
  plot.hidden = false;
  const line = (name: string, shares: readonly number[], dash: string) => ({
    ...{ type: "scatter", mode: "lines+markers", name, x: [...shares.keys()], y: shares.map((share) => 100 * share) },
    line: { dash },
  });
  await globalThis.DIGITS_PLOTLY!.newPlot(
    plot,
    [line("your network", yours, "solid"), line("the tested parts", reference, "dash")],
    {
      title: { text: "Your network learns" },
      xaxis: { title: { text: "epoch" }, range: [-0.2, 5.2] },
      yaxis: { title: { text: "unseen digits read (%)" }, range: [0, 100] },
      height: 340,
      autosize: true,
    },
    { displaylogo: false, displayModeBar: false, responsive: true },
  );
}
