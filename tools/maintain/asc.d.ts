// The compiler's command, as far as it is used here. The types that come with it say in `interface Array` that `at` always finds
// something, for every file that is checked in the same run.
interface Files {
  readFile(path: string): Promise<string | null>;
  writeFile(path: string, content: string | Uint8Array<ArrayBuffer>): void;
  listFiles(): string[];
}

declare const asc: {
  main(args: string[], files: Files): Promise<{ error: Error | null; stderr: { toString(): string } }>;
};
export default asc;
