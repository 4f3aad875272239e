/**
 * Grey pictures of any size: resized, smoothed, eroded.
 *
 * @module
 */

/** A grey picture. */
export interface GreyImage {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Brightness row by row, 0 black to 255 white; in a stage that has turned it round, ink. */
  readonly data: Float64Array;
}

/** Brightness of a colour over white paper, 0 to 255: the luma of ITU-R BT.601. `alpha` is 0 to 1. */
export function brightness(r: number, g: number, b: number, alpha = 1): number {
  return alpha * (0.299 * r + 0.587 * g + 0.114 * b) + (1 - alpha) * 255;
}

/** Each pixel replaced. */
export function mapPixels(
  { width, height, data }: GreyImage,
  each: (value: number, index: number) => number,
): GreyImage {
  return { width, height, data: data.map(each) };
}

/**
 * A picture of another size; each new pixel is the mean of the area it covers.
 *
 * @throws {RangeError} If a side is not a whole number from 1.
 */
export function resize({ width, height, data }: GreyImage, toWidth: number, toHeight: number): GreyImage {
  for (const side of [toWidth, toHeight]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`Cannot resize: a side must be a whole number from 1, got ${side}`);
    }
  }
  const across = new Float64Array(toWidth * height), result = new Float64Array(toWidth * toHeight);
  average(data, width, height, 1, width, across, toWidth, 1, toWidth);
  average(across, height, toWidth, toWidth, 1, result, toHeight, toWidth, 1);
  return { width: toWidth, height: toHeight, data: result };
}

/** A picture brought down to so many pixels on its longer side, if it has more; and by which factor. */
export function shrunk(image: GreyImage, longest: number): { picture: GreyImage; scale: number } {
  if (image.width < 1 || image.height < 1) {
    throw new RangeError(`Cannot prepare a photo of ${image.width} × ${image.height} pixels: needs at least one`);
  }
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { picture: scale < 1 ? resize(image, side(image.width), side(image.height)) : image, scale };
}

/** Averages lines of `from` numbers to lines of `to` numbers: along rows or along columns, as the strides say. */
function average(
  source: Float64Array,
  from: number,
  lines: number,
  step: number,
  line: number,
  target: Float64Array,
  to: number,
  toStep: number,
  toLine: number,
): void {
  const ratio = from / to;
  for (let k = 0; k < lines; k++) {
    for (let j = 0; j < to; j++) {
      const start = j * ratio, end = Math.min(from, (j + 1) * ratio);
      let sum = 0;
      for (let i = Math.floor(start); i < end; i++) {
        sum += (Math.min(end, i + 1) - Math.max(start, i)) * source[k * line + i * step]!;
      }
      target[k * toLine + j * toStep] = sum / (end - start);
    }
  }
}

/** The least value within `reach` pixels in each direction. */
export function minimum(image: GreyImage, reach: number): GreyImage {
  const places = new Int32Array(Math.max(image.width, image.height)); // of what may still be the least, rising values
  return alongBoth(image, (line, out) => {
    let first = 0, last = 0, next = 0;
    for (let i = 0; i < line.length; i++) {
      for (; next < line.length && next <= i + reach; next++) {
        while (last > first && line[places[last - 1]!]! >= line[next]!) last--;
        places[last++] = next;
      }
      while (places[first]! < i - reach) first++;
      out[i] = line[places[first]!]!;
    }
  });
}

/** The largest value within `reach` pixels in each direction. */
export function maximum(image: GreyImage, reach: number): GreyImage {
  const turned = (picture: GreyImage) => mapPixels(picture, (value) => -value);
  return turned(minimum(turned(image), reach));
}

/** The mean within `reach` pixels in each direction. */
export function blur(image: GreyImage, reach: number): GreyImage {
  return alongBoth(image, (line, out) => {
    let sum = 0, from = 0, to = 0; // line[from … to − 1] is summed
    for (let i = 0; i < line.length; i++) {
      while (to < line.length && to <= i + reach) sum += line[to++]!;
      while (from < i - reach) sum -= line[from++]!;
      out[i] = sum / (to - from);
    }
  });
}

function alongBoth(
  { width, height, data }: GreyImage,
  each: (line: Float64Array, out: Float64Array) => void,
): GreyImage {
  const rows = new Float64Array(data.length), result = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    each(data.subarray(y * width, (y + 1) * width), rows.subarray(y * width, (y + 1) * width));
  }
  const line = new Float64Array(height), out = new Float64Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = rows[y * width + x]!;
    each(line, out);
    for (let y = 0; y < height; y++) result[y * width + x] = out[y]!;
  }
  return { width, height, data: result };
}
