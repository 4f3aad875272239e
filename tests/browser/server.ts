// Servers of other programs, for tests that open their pages.
import { setTimeout as wait } from "node:timers/promises";

/** A port that is free now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Starts a server and waits until the address answers; it ends when it is disposed of. */
export async function started(command: Deno.Command, address: string): Promise<AsyncDisposable> {
  const process = command.spawn();
  const server = {
    async [Symbol.asyncDispose]() {
      try {
        process.kill();
      } catch { /* it has ended by itself */ }
      await process.status;
    },
  };
  for (let tries = 150; !await answers(address); tries--) {
    if (tries === 0) {
      await server[Symbol.asyncDispose]();
      throw new Error(`nothing answers at ${address}`);
    }
    await wait(200);
  }
  return server;
}

async function answers(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address);
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
