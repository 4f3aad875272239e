// VS Code itself, in a browser: its server from npm's code-server, with a test's extension in place of Jupyter's.
import { projectPath } from "../../tools/root.ts";
import { copyReadyProject } from "../copy_project.ts";
import { CHROMIUM, launch, type Page } from "./chromium.ts";
import { freePort, started } from "./server.ts";

const SERVER = ".cache/vscode/node_modules/code-server/lib/vscode/out/server-main.js";
const NODE = ".cache/vscode/node_modules/node/bin/node"; // the version that it wants

/** Whether VS Code can be opened here. */
export const VSCODE_IN_CHROMIUM = CHROMIUM !== undefined && [SERVER, NODE].every((path) => {
  try {
    return Deno.statSync(projectPath(path)).isFile;
  } catch {
    return false;
  }
});

/** What the extension is to VS Code; here and not in a file, since a package.json would turn the project's own settings off. */
const EXTENSION = {
  name: "deno-kernel-for-tests",
  publisher: "digits",
  version: "0.0.1",
  engines: { vscode: "^1.100.0" },
  main: "./extension.js",
  activationEvents: ["onStartupFinished"],
};
const QUIET = {
  "chat.disableAIFeatures": true,
  "files.autoSave": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Opens a copy of the project in VS Code; afterwards all is gone. */
export async function withVscode(action: (page: Page, folder: string) => Promise<void>): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  const state = await Deno.makeTempDir(), folder = `${state}/digits`, port = freePort();
  cleanUp.defer(() => Deno.remove(state, { recursive: true }));
  const extension = `${state}/extensions/${EXTENSION.publisher}.${EXTENSION.name}-${EXTENSION.version}`;
  await copyReadyProject(folder);
  for (const made of [extension, `${state}/server/data/Machine`]) await Deno.mkdir(made, { recursive: true });
  await Deno.writeTextFile(`${extension}/package.json`, JSON.stringify(EXTENSION));
  await Deno.copyFile(projectPath("tests/vscode/extension.js"), `${extension}/extension.js`);
  await Deno.writeTextFile(`${state}/server/data/Machine/settings.json`, JSON.stringify(QUIET));
  const command = new Deno.Command(projectPath(NODE), {
    args: [
      projectPath(SERVER),
      ...["--host", "127.0.0.1", "--port", `${port}`, "--without-connection-token", "--accept-server-license-terms"],
      ...["--server-data-dir", `${state}/server`, "--extensions-dir", `${state}/extensions`],
      ...["--disable-workspace-trust", "--telemetry-level", "off"],
    ],
    env: {
      DIGITS_DENO: Deno.execPath(),
      DIGITS_KERNEL: projectPath("tests/vscode/kernel.ts"),
      DIGITS_DATA: "drawn",
      DIGITS_PROGRESS: "off",
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  const base = `http://127.0.0.1:${port}`;
  cleanUp.use(await started(command, `${base}/version`));
  const browser = await launch();
  cleanUp.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(90_000); // beside other tests all comes late
  await page.goto(`${base}/?folder=${folder}`);
  // before its extensions are there, a notebook opens as text; beside other tests they come late
  await page.locator(".statusbar-item", { hasText: "Deno for tests is ready" }).waitFor({ timeout: 150_000 });
  await inExplorer(page, "notebooks").click();
  await action(page, folder);
}

/** A file or folder in the list of files. */
export function inExplorer(page: Page, name: string) {
  return page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
}
