// Loaded before a command (deno run --preload): kills it at the operation on files that DIGITS_KILL_AT numbers, a write
// in the middle of its bytes. Without that number it counts the operations, and says at the end how many they were.
const at = Number(Deno.env.get("DIGITS_KILL_AT") ?? Infinity);
let count = 0;

function watch(owner: object, name: string, half?: (that: unknown, args: unknown[]) => void): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>, original = methods[name]!;
  methods[name] = function (...args) {
    if (++count === at) {
      half?.(this, args);
      Deno.kill(Deno.pid, "SIGKILL");
    }
    return original.apply(this, args);
  };
}

const { writeFileSync, writeTextFileSync } = Deno, { writeSync } = Deno.FsFile.prototype;
const firstHalf = (bytes: unknown) => (bytes as Uint8Array).subarray(0, (bytes as Uint8Array).length / 2);
watch(Deno, "writeFile", (_, [path, bytes]) => writeFileSync(path as string, firstHalf(bytes)));
watch(Deno, "writeTextFile", (_, [path, text]) => {
  writeTextFileSync(path as string, (text as string).slice(0, (text as string).length / 2));
});
for (const name of ["write", "writeSync"]) {
  watch(Deno.FsFile.prototype, name, (file, [bytes]) => writeSync.call(file as Deno.FsFile, firstHalf(bytes)));
}
for (const name of ["rename", "remove", "mkdir", "open", "truncate"]) watch(Deno, name);

if (at === Infinity) globalThis.addEventListener("unload", () => console.error(`operations: ${count}`));
