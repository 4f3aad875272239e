/**
 * IDX, the format of the MNIST files: a magic number, the sizes, then the bytes.
 *
 * @module
 */

/** An IDX file of unsigned bytes. */
export interface Idx {
  /** Size of each dimension: `[60000, 28, 28]` for images, `[60000]` for labels. */
  readonly sizes: readonly number[];
  /** The bytes behind the header. */
  readonly data: Uint8Array;
}

const MOST_DIMENSIONS = 8; // MNIST has one for labels and three for images
const UNSIGNED_BYTE = 0x08; // the only element type MNIST uses

/**
 * Reads an IDX file of unsigned bytes.
 *
 * @param bytes The whole file, already unpacked.
 * @param name What to call it in an error.
 * @returns Sizes and bytes; the bytes are a view, not a copy.
 * @throws {SyntaxError} If the header is not IDX, or the file is shorter or longer than the header says.
 * @see Yann LeCun, "The MNIST database", section "File formats"
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4);
 * assertEquals([...parseIdx(file, "labels").data], [5, 0, 4]);
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string): Idx {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw new SyntaxError(`Cannot read "${name}" as IDX: bytes 0 and 1 must be 0, got ${bytes.slice(0, 2).join(" ")}`);
  }
  if (bytes[2] !== UNSIGNED_BYTE) {
    throw new SyntaxError(
      `Cannot read "${name}" as IDX: byte 2 must be 8 for unsigned bytes, got ${bytes[2]}`,
    );
  }
  const dimensions = bytes[3]!, start = 4 + 4 * dimensions;
  if (dimensions > MOST_DIMENSIONS) {
    throw new SyntaxError(
      `Cannot read "${name}" as IDX: byte 3, the number of dimensions, must be at most ${MOST_DIMENSIONS}, got ${dimensions}`,
    );
  }
  if (dimensions === 0 || bytes.length < start) {
    throw new SyntaxError(
      `Cannot read "${name}" as IDX: ${dimensions} dimensions need a header of ${start} bytes, got ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const announced = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== announced) {
    throw new SyntaxError(
      `Cannot read "${name}" as IDX: the header announces ${sizes.join(" × ")} = ${announced} bytes, ` +
        `the file holds ${bytes.length - start}`,
    );
  }
  return { sizes, data: bytes.subarray(start) };
}
