/** Perspective of a square in plain numbers: the closed form of Heckbert (1989), "Fundamentals of texture mapping and image warping", section 2.2.3. */
import { at } from "../../../kit/fault.ts";

export type Corner = readonly [number, number];

/** Minimum depth (1 in the centre) and maximum coordinate. Positions on or behind the horizon are mapped far outside. */
const [HORIZON, FARTHEST] = [1e-3, 8];

/**
 * The map from output positions back to the square from −1 to 1.
 * @param corners where its corners appear: top left, top right, bottom right, bottom left
 */
export function squareSeen(corners: readonly Corner[]): (seen: Corner) => Corner {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = [at(corners, 0), at(corners, 1), at(corners, 2), at(corners, 3)];
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const [g, h] = [(dx3 * dy2 - dx2 * dy3) / (dx1 * dy2 - dx2 * dy1), (dx1 * dy3 - dx3 * dy1) / (dx1 * dy2 - dx2 * dy1)];
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  // The adjoint is the inverse map, from output positions to s, t and depth in the unit square.
  const rows = [
    [e - f * h, c * h - b, b * f - c * e],
    [f * g - d, a - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  const led = ([x, y]: Corner) => rows.map((row) => at(row, 0) * x + at(row, 1) * y + at(row, 2)) as [number, number, number];
  const [, , unit] = led([0, 0]);
  return (seen) => {
    const [s, t, w] = led(seen).map((each) => each / unit) as [number, number, number];
    const depth = Math.max(w, HORIZON);
    // Converts [0, 1] to [−1, 1] before the division, so that a position behind the horizon keeps its sign.
    const side = (value: number) => Math.min(FARTHEST, Math.max(-FARTHEST, (2 * value - w) / depth));
    return [side(s), side(t)];
  };
}
