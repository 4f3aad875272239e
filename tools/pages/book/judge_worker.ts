/**
 * Judges attempts in a worker of the page: one that never ends can be stopped, and the page lives.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt, type Verdict } from "../../../lib/course/judge.ts";

self.onmessage = ({ data: { id, code, name } }: MessageEvent<{ id: string; code: string; name: string }>) => {
  self.postMessage(verdictOn(id, code, name));
};

function verdictOn(id: string, code: string, name: string): Verdict {
  let attempt: unknown;
  try {
    attempt = new Function(`"use strict";\n${code}\nreturn ${name};`)();
  } catch (error) {
    const message = `${(error as Error).message}. On this page write JavaScript: as in TypeScript, without the types.`;
    return { status: "wrong", message };
  }
  return checkAttempt(exercise(id), attempt);
}
