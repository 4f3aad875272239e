/**
 * The camera: what is held before it is read, some times a second. It is asked for when the button is pressed, and nothing leaves the
 * page.
 *
 * @module
 */
/// <reference lib="dom" />
import type { GreyImage } from "../../../lib/images/grey_image.ts";
import type { Network } from "../../../lib/network/network.ts";
import { readDigits, type ReadPicture } from "../../../lib/tutorials/read_digits.ts";
import { UNSURE_BELOW } from "../../../lib/evaluation/metrics.ts";
import { greyOf } from "./photo.ts";
import { byId } from "../page_script.ts";
import { colour } from "./view.ts";

const LONGEST = 480; // pixels in which the picture is looked at: digits of a note are large enough
const PAUSE = 60; // milliseconds between two readings, for the page to breathe

/** What the camera needs of the page. */
export interface CameraParts {
  /** Which network reads. */
  readonly network: () => Network;
  /** Tells the reader how it goes. */
  readonly say: (text: string) => void;
  /** Told what was read, each time. */
  readonly onRead: (read: ReadPicture) => void;
  /** Told when it has ended. */
  readonly onEnd: () => void;
}

/** Makes the page's button start and stop the camera. */
export function prepareCamera({ network, say, onRead, onEnd }: CameraParts): void {
  const button = byId("camera"), box = byId("seen-live"), video = byId<HTMLVideoElement>("video");
  let stream: MediaStream | null = null, waiting = false;
  const look = () => {
    if (!stream) return;
    const image = frameOf(video);
    if (image) {
      performance.mark("camera-start");
      const read = readDigits(network(), image);
      performance.measure("camera", "camera-start");
      drawMarks(byId<HTMLCanvasElement>("marks"), image, read);
      onRead(read);
    }
    setTimeout(look, PAUSE);
  };
  const show = (running: boolean) => {
    box.hidden = !running;
    button.textContent = running ? "Stop camera" : "Camera";
  };
  button.addEventListener("click", async () => {
    if (waiting) return;
    if (stream) {
      for (const track of stream.getTracks()) track.stop();
      stream = video.srcObject = null;
      show(false);
      say("");
      return onEnd();
    }
    waiting = true;
    say("Waiting for the camera …");
    try {
      stream = await askForCamera();
      video.srcObject = stream;
      await video.play();
      show(true);
      say("Hold a note with digits before the camera.");
      look();
    } catch (error) {
      say((error as Error).message);
    }
    waiting = false;
  });
}

/** The camera's pictures. Throws an Error of one sentence if there is none, or it may not be used. */
async function askForCamera(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new Error("This browser gives no camera to a page that is opened like this.");
  const wanted = { video: { facingMode: "environment", width: { ideal: 640 }, height: { ideal: 480 } } };
  return await devices.getUserMedia(wanted).catch((error: DOMException) => {
    throw new Error(
      error.name === "NotAllowedError"
        ? "The camera may not be used; the browser's settings for this page can allow it."
        : "No camera was found.",
    );
  });
}

function frameOf(video: HTMLVideoElement): GreyImage | null {
  const { videoWidth, videoHeight } = video, scale = Math.min(1, LONGEST / Math.max(videoWidth, videoHeight));
  if (!videoWidth) return null; // not yet
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext("2d")!.drawImage(video, 0, 0, canvas.width, canvas.height);
  return greyOf(canvas);
}

function drawMarks(canvas: HTMLCanvasElement, { width, height }: GreyImage, { rows }: ReadPicture): void {
  canvas.width = width, canvas.height = height;
  const context = canvas.getContext("2d")!;
  context.lineWidth = 2;
  context.font = "bold 18px system-ui, sans-serif";
  context.textAlign = "center";
  for (const { box, digit, probability } of rows.flat()) {
    context.strokeStyle = context.fillStyle = probability < UNSURE_BELOW ? "#e08030" : colour("--accent");
    context.strokeRect(box.left - 2, box.top - 2, box.width + 4, box.height + 4);
    context.fillText(String(digit), box.left + box.width / 2, box.top > 24 ? box.top - 7 : box.top + box.height + 20);
  }
}
