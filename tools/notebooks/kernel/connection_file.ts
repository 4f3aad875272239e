/**
 * Connection files tell a kernel where to listen. They also tell which kernels were forgotten.
 *
 * A file is there from before its kernel starts until that kernel has been asked to end with its starter. Where one
 * is found whose starter is no more, the starter was killed in between, and the kernel may be running for nobody.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { HERE, isForgotten, makeFolder } from "../../../lib/files/write_file.ts";
import { ROOT } from "../../root.ts";
import { signedFrames } from "./messages.ts";
import { ZmtpSocket } from "./zmtp.ts";

const FOLDER = new URL(".cache/kernels/", ROOT);
const GROWN_UP = 6000; // milliseconds after which a kernel listens, if it ever does

/** Writes a connection file that only this user may read: who knows the key can run anything in the kernel. */
export async function writeConnectionFile(connection: Record<string, unknown>): Promise<string> {
  const file = new URL(`${HERE}.${Deno.pid}.${crypto.randomUUID()}.json`, FOLDER);
  await makeFolder(FOLDER);
  await Deno.writeTextFile(file, JSON.stringify(connection), { mode: 0o600, createNew: true });
  return fileURLToPath(file);
}

/** Ends kernels whose starter was killed before it could ask them to end with it. */
export async function endForgottenKernels(): Promise<void> {
  const entries = await Array.fromAsync(Deno.readDir(FOLDER)).catch(() => []);
  await Promise.all(
    entries.map(async ({ name }) => {
      const file = new URL(name, FOLDER), [where = "", pid] = name.split(".");
      if (!await isForgotten(fileURLToPath(file), where, Number(pid))) return;
      await end(file).catch(() => {}); // it never came up, or has ended
      await Deno.remove(file).catch(() => {});
    }),
  );
}

async function end(file: URL): Promise<void> {
  const { control_port, key: secret } = JSON.parse(await Deno.readTextFile(file));
  const written = (await Deno.stat(file)).mtime!.getTime(); // in the future, where the clock was set back
  const until = Math.min(written, Date.now()) + GROWN_UP;
  const control = await connect(control_port, until), timer = setTimeout(() => control.close(), 1000);
  try {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
    const [session, id] = [crypto.randomUUID(), crypto.randomUUID()];
    await control.send(await signedFrames(key, session, "shutdown_request", { restart: false }, id));
    await control.receive(); // its answer
  } finally {
    clearTimeout(timer);
    control.close();
  }
}

async function connect(port: number, until: number): Promise<ZmtpSocket> {
  while (true) {
    try {
      return await ZmtpSocket.connect(port, "DEALER", 1000);
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
