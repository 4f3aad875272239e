// Runs notebooks in VS Code by the project's own kernel client (kernel.ts), in place of the Jupyter extension, which tests cannot get.
const vscode = require("vscode");
const { spawn } = require("node:child_process");
const { dirname } = require("node:path");
const { createInterface } = require("node:readline");

/** A kernel in a process of its own; `outputs` are told as they come. */
class Kernel {
  constructor(folder) {
    this.running = new Map();
    this.process = spawn(process.env.DIGITS_DENO, [
      "run",
      "-A",
      process.env.DIGITS_KERNEL,
      folder,
    ], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    createInterface({ input: this.process.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      this.running.get(said.id)?.(said);
    });
  }
  say(message) {
    this.process.stdin.write(JSON.stringify(message) + "\n");
  }
  run(id, code, heard) {
    return new Promise((resolve) => {
      this.running.set(id, (said) => {
        heard(said);
        if (said.done) resolve(said);
      });
      this.say({ id, code });
    });
  }
}

const bytes = (mime, value) =>
  mime === "image/png" ? Buffer.from(value, "base64") : Buffer.from(
    mime.endsWith("json") ? JSON.stringify(value) : [value].flat().join(""),
  );

function outputOf(output) {
  const { NotebookCellOutput: Output, NotebookCellOutputItem: Item } = vscode;
  if (output.output_type === "stream") {
    return new Output([Item.stdout(output.text)]);
  }
  if (output.output_type === "error") {
    return new Output([
      Item.error(
        Object.assign(new Error(output.evalue), { name: output.ename }),
      ),
    ]);
  }
  const items = Object.entries(output.data).map(([mime, value]) => new Item(bytes(mime, value), mime));
  return new Output(items, output.metadata);
}

exports.activate = (context) => {
  const controller = vscode.notebooks.createNotebookController(
    "deno-for-tests",
    "jupyter-notebook",
    "Deno for tests",
  );
  const kernels = new Map();
  const kernelOf = ({ uri }) => {
    if (!kernels.has(uri.path)) {
      kernels.set(uri.path, new Kernel(dirname(uri.path)));
    }
    return kernels.get(uri.path);
  };
  let last = 0;
  controller.supportedLanguages = ["typescript"];
  controller.supportsExecutionOrder = true;
  controller.executeHandler = async (cells, notebook) => {
    for (const cell of cells) {
      const execution = controller.createNotebookCellExecution(cell);
      execution.start(Date.now());
      await execution.clearOutput();
      const show = ({ outputs }) => execution.replaceOutput(outputs.map(outputOf));
      const { ok, count } = await kernelOf(notebook).run(
        ++last,
        cell.document.getText(),
        show,
      );
      execution.executionOrder = count;
      execution.end(ok, Date.now());
      if (!ok) break;
    }
  };
  controller.interruptHandler = (notebook) => kernelOf(notebook).say({ interrupt: true });
  const prefer = (notebook) =>
    controller.updateNotebookAffinity(
      notebook,
      vscode.NotebookControllerAffinity.Preferred,
    );
  vscode.workspace.notebookDocuments.forEach(prefer);
  const ready = vscode.window.createStatusBarItem("ready");
  ready.text = "Deno for tests is ready";
  ready.show();
  context.subscriptions.push(
    controller,
    ready,
    vscode.workspace.onDidOpenNotebookDocument(prefer),
    {
      dispose: () => kernels.forEach((kernel) => kernel.process.stdin.end()),
    },
  );
};
