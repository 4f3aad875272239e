/**
 * Fetches MNIST into data/mnist, or takes it from a folder where it already is.
 *
 * @module
 */
import { type DownloadProgress, NoMirror } from "../../lib/files/download.ts";
import { copyMnist, downloadMnist, MNIST_FOLDER, MNIST_MIRRORS } from "../../lib/files/mnist.ts";
import { parseCommand, run, UsageError } from "../command.ts";

/** `train-images-idx3-ubyte.gz  45 %  4.4 of 9.9 MB  3 s left  from storage.googleapis.com` */
export function progressLine({ name, mirror, bytes, total, secondsLeft }: DownloadProgress): string {
  const megabytes = (count: number) => (count / 1e6).toFixed(1);
  const amount = total ? `${megabytes(bytes)} of ${megabytes(total)} MB` : `${megabytes(bytes)} MB`;
  const share = total ? `${Math.floor(100 * bytes / total)} %`.padStart(5) : "";
  const left = secondsLeft === undefined ? "" : `  ${Math.ceil(secondsLeft)} s left`;
  return `${name} ${share}  ${amount}${left}  from ${mirror}`;
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "data",
    summary: "Fetches the 70,000 digits of MNIST (11.6 MB) into data/mnist; notebooks and commands then use them.",
    options: {
      from: { type: "string", value: "FOLDER", help: "take the four files from a folder instead of the web" },
      to: { type: "string", value: "FOLDER", help: "put them there (data/mnist; name it in DIGITS_DATA then)" },
      mirror: { type: "string", value: "URL", help: "ask this mirror only" },
    },
    notes: [
      `Mirrors, in order: ${MNIST_MIRRORS.map((url) => new URL(url).host).join(", ")}.`,
      "Proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. A download that breaks off goes on where it was.",
      "To go back to the drawn digits: DIGITS_DATA=drawn, or delete data/mnist.",
    ],
  });
  await run(async () => {
    const from = values.from as string | undefined, mirror = values.mirror as string | undefined;
    if (from !== undefined && mirror !== undefined) throw new UsageError("Cannot use --from and --mirror together");
    if (mirror !== undefined && !(URL.canParse(mirror) && /^https?:/.test(mirror))) {
      throw new UsageError(`Cannot use --mirror ${mirror}: must be an address that starts with http:// or https://`);
    }
    const terminal = Deno.stderr.isTerminal();
    const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
    let tenth = -1, name = "";
    const options = {
      folder: (values.to as string | undefined) ?? MNIST_FOLDER,
      onNote: (sentence: string) => {
        if (terminal) write("\r\x1b[K");
        console.log(sentence);
      },
      onProgress: (progress: DownloadProgress) => {
        if (terminal) return write(`\r\x1b[K${progressLine(progress)}`);
        const now = Math.floor(10 * progress.bytes / (progress.total ?? Infinity));
        if (progress.name !== name) [name, tenth] = [progress.name, -1];
        if (now > tenth && now < 10) console.log(progressLine(progress)); // plain lines, ten at most a file
        tenth = Math.max(tenth, now);
      },
    };
    try {
      const folder = from === undefined
        ? await downloadMnist({ ...options, ...mirror !== undefined && { mirrors: [mirror] } })
        : await copyMnist(from, options);
      console.log(
        values.to === undefined
          ? "MNIST is in data/mnist: the notebooks and commands now use it."
          : `MNIST is in ${folder}: set DIGITS_DATA to it, or say --data mnist:${folder}.`,
      );
      return 0;
    } catch (error) {
      if (error instanceof NoMirror) { // not where the disk is full: that is said already
        error.message +=
          "\nWhat came so far is kept; try again later. Or get the four files in another way, and say: deno task data --from FOLDER";
      }
      throw error;
    } finally {
      if (terminal) write("\r\x1b[K");
    }
  });
}
