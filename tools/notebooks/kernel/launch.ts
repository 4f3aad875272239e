/**
 * Starts a kernel's process and connects to it.
 *
 * @module
 */
import { endForgottenKernels, writeConnectionFile } from "./connection_file.ts";
import { KernelError, type KernelSpec } from "./messages.ts";
import { ZmtpSocket } from "./zmtp.ts";

/** The lines to a kernel. */
export interface Sockets {
  shell: ZmtpSocket;
  iopub: ZmtpSocket;
  control: ZmtpSocket;
}

/** A kernel's process, connected. */
export interface Launched {
  /** The process. */
  readonly process: Deno.ChildProcess;
  /** What messages are signed with. */
  readonly key: CryptoKey;
  /** The lines. */
  readonly sockets: Sockets;
  /** The connection file, to be removed once the kernel will end with us. */
  readonly file: string;
}

/** Kernels of this process: they must not outlive it. */
const running = new Set<Deno.ChildProcess>();

/** Kills all kernels of this process; for Ctrl-C. */
export function killKernels(): void {
  running.forEach(kill);
}

/** Kills a process, also one that has just ended. */
export function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch { /* it has just ended, and nobody has told us yet */ }
}

const TRIES = 3;

/** It ended before it listened: it does not run here, or another program took a port that was free when we looked. */
class EndedAtOnce extends KernelError {}

/**
 * Starts a kernel; once more, with other ports, where it ends at once.
 *
 * @param limit Milliseconds until it must be connected.
 * @throws {KernelError} If it does not come up; nothing of it is left then.
 */
export async function launch(spec: KernelSpec, cwd: string, limit: number): Promise<Launched> {
  await endForgottenKernels();
  for (let tries = 1;; tries++) {
    try {
      return await launchOnce(spec, cwd, limit);
    } catch (error) {
      if (!(error instanceof EndedAtOnce) || tries === TRIES) throw error;
    }
  }
}

async function launchOnce(spec: KernelSpec, cwd: string, limit: number): Promise<Launched> {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = freePorts();
  const secret = crypto.randomUUID();
  const file = await writeConnectionFile({
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key: secret,
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
  });
  const [command, ...args] = spec.argv.map((arg) => arg.replace("{connection_file}", file));
  const until = performance.now() + limit, opened: ZmtpSocket[] = [];
  let process: Deno.ChildProcess | undefined, ended = false;
  const connect = async (port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> => {
    while (true) {
      try {
        const socket = await ZmtpSocket.connect(port, type, until - performance.now());
        opened.push(socket);
        return socket;
      } catch {
        const late = `The kernel did not come up within ${limit / 1000} seconds; is the machine very busy?`;
        const gone = `Cannot start the kernel: "${command} ${args[0]}" ended at once; does it run in a terminal?`;
        if (ended) throw new EndedAtOnce(gone);
        if (performance.now() > until) throw new KernelError(late);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  try {
    process = spawn(command!, args, cwd, spec.env);
    process.status.then(() => ended = true);
    const sockets = {
      iopub: await connect(iopub_port, "SUB"),
      shell: await connect(shell_port, "DEALER"),
      control: await connect(control_port, "DEALER"),
    };
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
    return { process, key, sockets, file };
  } catch (error) {
    for (const socket of opened) socket.close();
    if (process) {
      kill(process);
      await process.status;
    }
    await Deno.remove(file);
    throw error;
  }
}

function spawn(command: string, args: string[], cwd: string, env: KernelSpec["env"]): Deno.ChildProcess {
  try {
    const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const process = new Deno.Command(command, { args, cwd, env, ...silent }).spawn();
    running.add(process);
    process.status.then(() => running.delete(process));
    return process;
  } catch (error) {
    throw new KernelError(
      `Cannot start the kernel: ${(error as Error).message}; "deno run -A tools/setup.ts" writes a new kernelspec`,
    );
  }
}

function freePorts(): [number, number, number, number, number] {
  const listeners = Array.from({ length: 5 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  for (const listener of listeners) listener.close();
  return listeners.map((listener) => listener.addr.port) as [number, number, number, number, number];
}
