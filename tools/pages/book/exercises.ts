/**
 * Exercises in the page: what is typed is judged in a worker, and kept in this browser.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keep, kept } from "../kept.ts";
import { exercise } from "../../../lib/course/catalogue.ts";
import type { Verdict } from "../../../lib/course/judge.ts";
import type { Picture } from "../../../lib/plots/figure.ts";

/** A picture as an image, so that nothing in it can act on the page. */
function drawn({ svg, width, height, caption }: Picture): HTMLImageElement {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  image.alt = caption;
  return image;
}

let address: string | undefined;

/** Where the worker's script is: made once, from the text beside this one. */
export function judgeAddress(): string {
  return address ??= URL.createObjectURL(new Blob([globalThis.DIGITS_JUDGE], { type: "text/javascript" }));
}

/**
 * Makes an exercise of a box: try, hint, solution, begin again. The box takes the place of the notebook's cell.
 *
 * @param setCode Puts other code into a cell: what is typed is what later cells of the page call, too.
 */
export function prepareExercise(box: HTMLElement, setCode: (section: HTMLElement, code: string) => void): void {
  const id = box.dataset.id!, editor = box.querySelector("textarea")!, verdict = box.querySelector("output")!;
  const [check, hint, solution, reset] = box.querySelectorAll("button") as unknown as HTMLButtonElement[],
    stub = editor.value;
  const section = box.closest<HTMLElement>("section")!, cell = section.querySelector("pre.code code")!.textContent!;
  const use = () =>
    setCode(section, editor.value === stub ? cell : cell.replace(/^function \w+[^]*?^}/m, () => editor.value));
  let hints = 0;
  editor.value = kept(id) ?? stub;
  use();
  const say = (text: string, status = "") => {
    verdict.textContent = text;
    verdict.className = status.replace(" ", "-");
  };
  let stopRunning = () => {};
  const judge = () => {
    stopRunning();
    const worker = new Worker(judgeAddress());
    const tell = ({ status, message, picture }: Verdict) => {
      stopRunning();
      say(`${{ right: "✓", wrong: "✗", "not tried": "○" }[status]} ${message}`, status);
      if (picture) verdict.append(drawn(picture));
    };
    const late = setTimeout(() => {
      tell({
        status: "wrong",
        message: "Your function did not come to an end within five seconds, and was stopped: a loop that never ends?",
      });
    }, 5000);
    stopRunning = () => {
      clearTimeout(late);
      worker.terminate();
    };
    worker.onmessage = ({ data }: MessageEvent<Verdict>) => tell(data);
    worker.onerror = (event) => {
      event.preventDefault();
      tell({ status: "wrong", message: `It could not be tried: ${event.message}` });
    };
    say("…", "running");
    worker.postMessage({ id, code: editor.value, name: box.dataset.name });
  };
  check!.addEventListener("click", judge);
  hint!.addEventListener("click", () => {
    const all = exercise(id).hints, next = hints++;
    say(
      next < all.length
        ? `Hint ${next + 1} of ${all.length}: ${all[next]}`
        : "That was all; Solution shows the answer.",
    );
  });
  solution!.addEventListener("click", () => say(box.querySelector("template")!.content.textContent!));
  reset!.addEventListener("click", () => {
    editor.value = stub;
    keep(id, null);
    use();
    say("");
  });
  editor.addEventListener("input", () => {
    keep(id, editor.value);
    use();
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      judge();
    }
  });
  section.classList.add("trying");
  box.hidden = false;
}
