/**
 * A Jupyter client: starts a kernel, runs code in it, and gathers every output.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 * @module
 */
import {
  type Execution,
  KernelError,
  type KernelSpec,
  type Message,
  type Output,
  parseMessage,
  signedFrames,
} from "./messages.ts";
import { kill, launch, type Sockets } from "./launch.ts";
import type { ZmtpSocket } from "./zmtp.ts";

interface Pending {
  execution: Execution & { outputs: Output[] };
  replied: PromiseWithResolvers<void>;
  idle: PromiseWithResolvers<void>;
  lastHeard: number;
  heard?: (execution: Execution) => void;
  clear: boolean; // clear_output(wait = true): empty the list when the next output comes
}

const SETTLE = 60; // milliseconds of silence after "idle" before a cell's outputs are taken as complete

const MOST_SETTLE = 1000; // a cell that left a talking timer behind is not waited for any longer

/** A kernel looks whether its starter is still there: nobody else ends it when that one is killed. */
const END_WITH_US = {
  code: `if (Deno.ppid === ${Deno.pid}) {
    Deno.unrefTimer(setInterval(() => { if (Deno.ppid !== ${Deno.pid}) Deno.exit(); }, 1000));
  }`,
  silent: true,
  store_history: false,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: false,
};

/** A running kernel. */
export class Kernel {
  readonly #process: Deno.ChildProcess;
  readonly #key: CryptoKey;
  readonly #sockets: Sockets;
  readonly #session = crypto.randomUUID();
  readonly #pending = new Map<string, Pending>();
  readonly #displays = new Map<string, Output[]>();
  readonly #dead = Promise.withResolvers<never>();
  #ended = false;

  private constructor(process: Deno.ChildProcess, key: CryptoKey, sockets: Sockets) {
    this.#process = process;
    this.#key = key;
    this.#sockets = sockets;
    this.#dead.promise.catch(() => {}); // whoever waits hears of it; nobody waiting is fine
    process.status.then(({ code, signal }) => {
      this.#ended = true;
      this.#dead.reject(
        new KernelError(`The kernel ended unexpectedly (${signal ?? `exit status ${code}`}); run the notebook again`),
      );
    });
    this.#listen(sockets.shell);
    this.#listen(sockets.iopub);
  }

  /**
   * Starts a kernel and waits until it answers.
   *
   * @param spec What to start.
   * @param cwd The folder it runs in: the notebook's.
   * @param limit Milliseconds until it must answer.
   * @throws {KernelError} If it does not come up.
   */
  static async start(spec: KernelSpec, cwd: string, limit = 30_000): Promise<Kernel> {
    const { process, key, sockets, file } = await launch(spec, cwd, limit);
    const kernel = new Kernel(process, key, sockets);
    try {
      await kernel.#within(limit, kernel.#request("kernel_info_request", {}).done, "did not answer");
      await kernel.#within(limit, kernel.#request("execute_request", END_WITH_US).done, "did not answer");
      return kernel;
    } catch (error) {
      kill(process);
      await kernel.shutdown();
      throw error;
    } finally {
      await Deno.remove(file); // not sooner: until now nobody but the next call would have ended the kernel
    }
  }

  /**
   * Runs code and waits until it is done and silent.
   *
   * @param code TypeScript, as in a cell.
   * @param limit Milliseconds it may take.
   * @param heard Told each time that the kernel has sent something, for those who watch.
   * @returns Status and outputs.
   * @throws {KernelError} If the kernel ends or the time is up.
   */
  async execute(code: string, limit: number, heard?: (execution: Execution) => void): Promise<Execution> {
    const { pending, done } = this.#request("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    pending.heard = heard;
    await this.#within(limit, done, "cell");
    // Outputs may come after "idle". A second request that is answered only behind them, and a moment of silence, end the wait.
    await this.#within(10_000, this.#request("kernel_info_request", {}).done, "did not answer");
    const patience = performance.now() + MOST_SETTLE;
    while (performance.now() - pending.lastHeard < SETTLE && performance.now() < patience) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE / 4));
    }
    return pending.execution;
  }

  /** Presses the stop button. */
  interrupt(): void {
    if (!this.#ended) this.#process.kill("SIGINT");
  }

  /** Ends the kernel; kills it if it does not end by itself. */
  async shutdown(): Promise<void> {
    if (!this.#ended) {
      await this.#send(this.#sockets.control, "shutdown_request", { restart: false }).catch(() => {});
      const timer = setTimeout(() => kill(this.#process), 1000);
      await this.#process.status;
      clearTimeout(timer);
    }
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  /** The operating system's number of the kernel process. */
  get pid(): number {
    return this.#process.pid;
  }

  #request(type: string, content: unknown): { pending: Pending; done: Promise<void> } {
    const id = crypto.randomUUID();
    const pending: Pending = {
      execution: { status: "ok", outputs: [], count: null },
      replied: Promise.withResolvers(),
      idle: Promise.withResolvers(),
      lastHeard: performance.now(),
      clear: false,
    };
    this.#pending.set(id, pending);
    const sent = this.#send(this.#sockets.shell, type, content, id);
    const done = Promise.all([sent, pending.replied.promise, pending.idle.promise]).then(() => {});
    return { pending, done };
  }

  async #within(limit: number, done: Promise<void>, what: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const problem = what === "cell"
          ? `The cell took longer than ${limit / 1000} seconds; --cell-limit allows more`
          : `The kernel ${what} within ${limit / 1000} seconds`;
        reject(new KernelError(problem));
      }, limit);
    });
    try {
      await Promise.race([done, late, this.#dead.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(socket: ZmtpSocket, type: string, content: unknown, id = crypto.randomUUID() as string): Promise<void> {
    await socket.send(await signedFrames(this.#key, this.#session, type, content, id));
  }

  async #listen(socket: ZmtpSocket): Promise<void> {
    try {
      while (true) {
        const message = await parseMessage(this.#key, await socket.receive());
        if (message) this.#hear(message);
      }
    } catch { /* the connection ended; whoever waits learns of it from the process */ }
  }

  #hear({ type, content, parent }: Message): void {
    if (type === "update_display_data") { // may belong to an output of an earlier cell
      for (const output of this.#displays.get(content.transient?.display_id) ?? []) {
        output.data = content.data;
        output.metadata = content.metadata;
      }
    }
    const pending = parent ? this.#pending.get(parent) : undefined;
    if (!pending) return;
    pending.lastHeard = performance.now();
    const execution = pending.execution as { status: "ok" | "error"; outputs: Output[]; count: number | null };
    if (type.endsWith("_reply")) {
      if (content.status === "error") execution.status = "error";
      execution.count = content.execution_count ?? null;
      pending.replied.resolve();
    } else if (type === "status") {
      if (content.execution_state === "idle") pending.idle.resolve();
    } else if (type === "clear_output") {
      if (content.wait) pending.clear = true;
      else execution.outputs.length = 0;
    } else if (["stream", "display_data", "execute_result", "error"].includes(type)) {
      if (pending.clear) execution.outputs.length = 0;
      pending.clear = false;
      this.#add(execution.outputs, type as Output["output_type"], content);
    }
    pending.heard?.(execution);
  }

  // deno-lint-ignore no-explicit-any -- the content depends on the type
  #add(outputs: Output[], type: Output["output_type"], content: any): void {
    const last = outputs.at(-1);
    if (type === "stream" && last?.output_type === "stream" && last.name === content.name) {
      last.text += content.text;
      return;
    }
    const { transient, ...stored } = content;
    const output: Output = { output_type: type, ...stored };
    outputs.push(output);
    if (transient?.display_id) {
      const same = this.#displays.get(transient.display_id) ?? [];
      this.#displays.set(transient.display_id, [...same, output]);
    }
  }
}
