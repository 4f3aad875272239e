// JupyterLab 4 and Jupyter Notebook 7, really started: for tests of the notebooks where most people open them.
import type { Notebook } from "../../tools/notebooks/notebook_file.ts";
import { copyReadyProject } from "../copy_project.ts";
import { pythonProgram } from "../python.ts";
import { CHROMIUM, launch, type Page } from "./chromium.ts";
import { freePort, started } from "./server.ts";

const JUPYTER = pythonProgram("jupyter");
/** Whether notebooks can be opened in a real front end here. */
export const JUPYTER_IN_CHROMIUM = JUPYTER !== undefined && CHROMIUM !== undefined;

/** `lab` is JupyterLab, `notebook` is Jupyter Notebook. */
export type FrontEnd = "lab" | "notebook";

/** A running front end over a copy of the project. */
export interface Session {
  /** The copy. */
  readonly folder: string;
  /** Opens a notebook in a page of its own and waits for its kernel. */
  open(path: string): Promise<Page>;
}

/** Settings of the front end, by its plugins. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Starts a front end over a copy of the project; afterwards it, its kernels and the copy are gone. */
export async function withJupyter(
  kind: FrontEnd,
  action: (session: Session) => Promise<void>,
  { root = ".", settings = {} }: { root?: string; settings?: Settings } = {},
): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  const state = await Deno.makeTempDir(), folder = `${state}/digits`, port = freePort();
  cleanUp.defer(() => Deno.remove(state, { recursive: true }));
  await copyReadyProject(folder);
  await Deno.mkdir(`${state}/data/kernels/deno`, { recursive: true });
  await Deno.writeTextFile(
    `${state}/data/kernels/deno/kernel.json`,
    JSON.stringify({
      argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    }),
  );
  const quiet = { "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" } };
  const overrides = JSON.stringify({ ...quiet, ...settings });
  await Deno.mkdir(`${state}/app-settings`);
  await Deno.writeTextFile(`${state}/app-settings/overrides.json`, overrides);
  const app = kind === "lab" ? "LabApp" : "JupyterNotebookApp";
  const command = new Deno.Command(JUPYTER!, {
    args: [
      kind,
      ...["--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`, "--ServerApp.port_retries=0"],
      ...["--IdentityProvider.token=", "--ServerApp.password=", `--ServerApp.root_dir=${folder}/${root}`],
      ...[`--${app}.expose_app_in_browser=True`, `--${app}.app_settings_dir=${state}/app-settings`],
    ],
    cwd: folder,
    env: {
      HOME: state,
      JUPYTER_CONFIG_DIR: `${state}/config`,
      JUPYTER_DATA_DIR: `${state}/data`,
      JUPYTER_RUNTIME_DIR: `${state}/runtime`,
      DENO_DIR: Deno.env.get("DENO_DIR") ?? await denoDir(),
      DIGITS_DATA: "drawn",
      DIGITS_PROGRESS: "off",
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  const base = `http://127.0.0.1:${port}`, page = kind === "lab" ? "doc/tree" : "notebooks"; // one document a page: no tabs
  cleanUp.use(await started(command, `${base}/api`));
  const browser = await launch();
  cleanUp.defer(() => browser.close());
  await action({
    folder,
    open: async (path) => {
      const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await opened.goto(`${base}/${page}/${path}`);
      await opened.waitForFunction(KERNEL_IS_READY, null, { timeout: 60_000 });
      return opened;
    },
  });
}

/** Code for the page: the notebook that it shows, and whether a kernel waits for its cells. */
const NOTEBOOK = "globalThis.jupyterapp?.shell?.currentWidget";
const KERNEL_IS_READY = `${NOTEBOOK}?.sessionContext?.session?.kernel?.status === "idle" && ${NOTEBOOK}.content.model`;

/** Runs a command of the front end and waits until it is done. */
export async function command(page: Page, name: string): Promise<void> {
  await page.evaluate(`globalThis.jupyterapp.commands.execute(${JSON.stringify(name)})`);
}

/** The notebook as the page has it, outputs included. */
export async function notebookIn(page: Page): Promise<Notebook> {
  return await page.evaluate(`${NOTEBOOK}.content.model.toJSON()`) as Notebook;
}

/** Where Deno keeps its packages: another HOME would make it fetch them again. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
