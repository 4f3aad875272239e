/**
 * Ten digits as a hand with a mouse would draw them, on a board of 280 × 280; none of the drawn digits is made from them.
 *
 * @module
 */

/** The points of a stroke. */
export type HandStroke = [number, number][];

/** Points on an ellipse from one angle to another, in degrees; 0 points right, 90 down. */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): HandStroke {
  return Array.from({ length: 13 }, (_, k) => {
    const angle = (from + (to - from) * k / 12) * Math.PI / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}

/** The strokes of each digit. */
export const HAND: readonly HandStroke[][] = [
  [arc(140, 140, 55, 85, -80, 285)],
  [[[150, 50], [140, 230]]],
  [[...arc(140, 95, 50, 45, 190, 380), [90, 225], [205, 222]]],
  [[...arc(130, 95, 50, 42, 200, 440), ...arc(132, 185, 58, 48, -85, 150)]],
  [[[100, 55], [85, 145], [205, 140]], [[185, 60], [175, 235]]],
  [[[195, 55], [105, 58], [97, 130], ...arc(135, 175, 58, 52, -120, 140)]],
  [[[175, 50], [115, 120], [100, 170], ...arc(140, 180, 42, 48, 190, 540)]],
  [[[80, 65], [200, 62], [130, 235]]],
  [[...arc(140, 95, 40, 42, -60, -270), ...arc(138, 188, 50, 50, -90, 270), ...arc(140, 95, 40, 42, 90, -60)]],
  [[...arc(140, 100, 45, 45, -10, -370), [180, 110], [165, 235]]],
];
