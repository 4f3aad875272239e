// Jupyter Notebook 6 as a learner meets it: its server, started for one test, and one of its pages in Chromium.
import type { Notebook } from "../../tools/notebooks/notebook_file.ts";
import { copyReadyProject } from "../copy_project.ts";
import { CHROMIUM, launch, type Locator, type Page, watch } from "./chromium.ts";

// deno-lint-ignore no-explicit-any -- the browser's; Deno has no types for it
declare const MutationObserver: any;

const START = 30_000; // milliseconds until server and kernel must be there
const CELLS = 60_000; // milliseconds for all cells of a notebook

/** Whether `jupyter notebook` is version 6 (later ones are JupyterLab underneath) and Chromium is there. */
export const NOTEBOOK6 = CHROMIUM !== undefined && isNotebook6();

function isNotebook6(): boolean {
  try {
    const { success, stdout } = new Deno.Command("jupyter", { args: ["notebook", "--version"], stderr: "null" })
      .outputSync();
    return success && new TextDecoder().decode(stdout).startsWith("6.");
  } catch { // no such program
    return false;
  }
}

/** What a learner has: a folder with the project, a server, a browser. */
export interface Desk {
  /** The copy of the project that the server shows. */
  readonly folder: string;
  /** Opens a notebook, named from the server's folder, on a kernel that runs in the given folder of the server. */
  open(path: string, kernelFolder?: string): Promise<NotebookPage>;
}

/**
 * Installs the kernel by the project's own command, starts Jupyter and Chromium, and ends both afterwards.
 *
 * @param served The folder of the project that Jupyter is started in.
 * @param action What to do there.
 */
export async function withJupyter(served: "." | "notebooks", action: (desk: Desk) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir(), folder = `${home}/digits and spaces ü`;
  const env = {
    ...Deno.env.toObject(),
    HOME: home,
    JUPYTER_CONFIG_DIR: `${home}/config`,
    JUPYTER_RUNTIME_DIR: `${home}/runtime`,
    DENO_DIR: await denoFolder(), // it would follow HOME, and be empty there
    DIGITS_DATA: "drawn",
  };
  for (const name of ["JUPYTER_PATH", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"]) {
    delete (env as Record<string, string>)[name];
  }
  let server: Server | undefined, browser: Awaited<ReturnType<typeof launch>> | undefined;
  try {
    await copyReadyProject(folder);
    await run(["run", "-A", "tools/commands/install_kernel.ts"], folder, env);
    [server, browser] = await Promise.all([Server.start(`${folder}/${served}`, env), launch()]);
    const { url } = server, context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await action({
      folder,
      async open(path, kernelFolder) {
        if (kernelFolder !== undefined) await startKernelIn(url, path, kernelFolder);
        return await NotebookPage.open(await context.newPage(), url, path);
      },
    });
  } finally {
    await browser?.close();
    await server?.stop();
    await Deno.remove(home, { recursive: true });
  }
}

async function denoFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

async function run(args: string[], cwd: string, env: Record<string, string>): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd, env, clearEnv: true }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** A notebook gets the kernel of its session, if it has one; otherwise Jupyter starts one in the notebook's folder. */
async function startKernelIn(url: string, path: string, folder: string): Promise<void> {
  const post = async (what: string, body: unknown) => {
    const response = await fetch(`${url}api/${what}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  const { id } = await post("kernels", { name: "deno", path: folder });
  await post("sessions", { path, name: path, type: "notebook", kernel: { id } });
}

/** A Jupyter server on this machine's own address. */
class Server {
  private constructor(readonly url: string, readonly process: Deno.ChildProcess) {}

  static async start(folder: string, env: Record<string, string>): Promise<Server> {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), { port } = listener.addr;
    listener.close();
    const args = ["notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`, "--port-retries=0"];
    const settings = { token: "", password: "", notebook_dir: folder, disable_check_xsrf: "True" };
    const process = new Deno.Command("jupyter", {
      args: [...args, ...Object.entries(settings).map(([name, value]) => `--NotebookApp.${name}=${value}`)],
      cwd: folder,
      env,
      clearEnv: true,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const server = new Server(`http://127.0.0.1:${port}/`, process), until = performance.now() + START;
    while (!await fetch(`${server.url}api`).then((answer) => answer.text(), () => null)) {
      if (performance.now() > until) {
        await server.stop();
        throw new Error(`Jupyter did not answer within ${START / 1000} seconds`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return server;
  }

  /** Ends it and its kernels. */
  async stop(): Promise<void> {
    try {
      this.process.kill("SIGTERM");
    } catch { /* it has ended already */ }
    await this.process.status;
  }
}

/** What a learner sees of one output. */
export interface Seen {
  /** Its text; empty for a picture. */
  readonly text: string;
  /** Where its picture comes from; empty where there is none. */
  readonly source: string;
  /** Whether it has a size, and its picture has been drawn and fits into the page. */
  readonly visible: boolean;
  /** Whether it is an error or a warning. */
  readonly error: boolean;
}

/** The outputs of a cell at one moment. */
export interface LiveState {
  /** How many there are. */
  readonly outputs: number;
  /** Whether there is a progress bar. */
  readonly bar: boolean;
  /** Where the first picture comes from; empty where there is none. */
  readonly picture: string;
}

/** A notebook that is open in the browser. */
export class NotebookPage {
  private constructor(readonly page: Page, readonly requests: readonly string[]) {}

  /** Opens it and waits for its kernel. */
  static async open(page: Page, url: string, path: string): Promise<NotebookPage> {
    const { requests } = watch(page);
    await page.goto(`${url}notebooks/${path}`);
    await page.waitForFunction(
      "globalThis.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.is_connected()",
      null,
      { timeout: START },
    );
    return new NotebookPage(page, requests);
  }

  /** Empties all outputs, so that none that was saved is taken for a new one, and runs all cells. */
  async runAll(): Promise<void> {
    await this.page.evaluate("Jupyter.notebook.clear_all_output()");
    await this.page.click("#celllink");
    await this.page.click("#run_all_cells");
  }

  /** Presses the stop button of the toolbar; the kernel has got the signal afterwards. */
  async stop(): Promise<void> {
    const sent = this.page.waitForResponse(/interrupt$/);
    await this.page.click("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");
    await sent;
  }

  /** Waits until no cell waits or runs, and all that they sent is on the page. */
  async finished(): Promise<void> {
    await this.page.waitForFunction(
      "![...document.querySelectorAll('.input_prompt')].some((prompt) => prompt.textContent.includes('*'))",
      null,
      { timeout: CELLS },
    );
    // A cell's number can come before its outputs: those have come when a later question has been dealt with.
    await this.page.evaluate(
      `new Promise((done) => Jupyter.notebook.kernel.send_shell_message("kernel_info_request", {}, {
        iopub: { status: ({ content }) => content.execution_state === "idle" && done() },
      }))`,
    );
  }

  /** The notebook as it would be saved. */
  async notebook(): Promise<Notebook> {
    return await this.page.evaluate("Jupyter.notebook.toJSON()");
  }

  /** Saves it and waits until it is saved. */
  async save(): Promise<void> {
    await this.page.click("button[data-jupyter-action='jupyter-notebook:save-notebook']");
    await this.page.waitForFunction("!Jupyter.notebook.dirty");
  }

  /** Puts code into a cell by the keyboard: a text, or what becomes of the text that is there. */
  async write(id: string, code: string | ((before: string) => string)): Promise<void> {
    const before = await this.#evaluate(id, "cell.get_text()"), text = typeof code === "string" ? code : code(before);
    if (text === before) throw new Error(`cell ${id} stays as it was`);
    await (await this.cell(id)).locator(".CodeMirror-lines").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
    if (await this.#evaluate(id, "cell.get_text()") !== text) throw new Error(`cell ${id} took the text otherwise`);
  }

  /** Runs the cell in which the cursor is. */
  async run(): Promise<void> {
    await this.page.keyboard.press("Control+Enter");
  }

  /** Puts code into a cell, runs it by the keyboard, and gives the text below it. */
  async answer(id: string, code: string | ((before: string) => string)): Promise<string> {
    await this.write(id, code);
    await this.run();
    await this.finished();
    return (await this.seen(id)).map(({ text }) => text).join("\n");
  }

  /** Adds a cell at the end and gives its id. */
  async addCell(): Promise<string> {
    const id = crypto.randomUUID(); // Jupyter would give it one when it is saved
    await this.page.evaluate(`Jupyter.notebook.insert_cell_at_bottom("code").id = "${id}"`);
    return id;
  }

  /** Runs code in a cell of its own and gives the text below it. */
  async ask(code: string): Promise<string> {
    return await this.answer(await this.addCell(), code);
  }

  /** What a learner sees below a cell. */
  async seen(id: string): Promise<Seen[]> {
    return await (await this.cell(id)).locator(".output_subarea").evaluateAll((outputs) =>
      outputs.map((output) => {
        const picture = output.querySelector("img"), { width, height } = output.getBoundingClientRect();
        return {
          text: (output as unknown as { innerText: string }).innerText.trim(),
          source: picture?.src ?? "",
          visible: width > 0 && height > 0 && output.scrollWidth <= output.clientWidth &&
            (!picture || picture.naturalWidth > 0 && picture.width > 0),
          error: output.matches(".output_error, .output_stderr"),
        };
      })
    );
  }

  /** From now on, keeps every state in which a cell's outputs are. */
  async recordChanges(id: string): Promise<void> {
    await (await this.cell(id)).locator(".output").evaluate((output) => {
      const states: LiveState[] = Object.assign(output, { states: [] }).states;
      new MutationObserver(() =>
        states.push({
          outputs: output.querySelectorAll(".output_subarea").length,
          bar: output.querySelector("progress") !== null,
          picture: output.querySelector("img")?.src ?? "",
        })
      ).observe(output, { childList: true, subtree: true });
    });
  }

  /** Those states, once there have been so many different pictures. */
  async changes(id: string, pictures: number): Promise<LiveState[]> {
    const output = await (await this.cell(id)).locator(".output").elementHandle();
    const states = await this.page.waitForFunction(
      ([output, pictures]) => {
        const { states } = output as unknown as { states: LiveState[] };
        return new Set(states.map(({ picture }) => picture)).size > pictures && states; // one is none
      },
      [output!, pictures] as const,
      { timeout: CELLS },
    );
    return await states.jsonValue() as LiveState[];
  }

  /** The part of the page that a cell takes. */
  async cell(id: string): Promise<Locator> {
    return this.page.locator(".cell").nth(await this.#evaluate(id, "cells.indexOf(cell)"));
  }

  // deno-lint-ignore no-explicit-any -- whatever Jupyter answers
  async #evaluate(id: string, expression: string): Promise<any> {
    return await this.page.evaluate(
      `{ const cells = Jupyter.notebook.get_cells(), cell = cells.find((cell) => cell.id === "${id}"); ${expression} }`,
    );
  }
}
