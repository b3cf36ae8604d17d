/** The uniform cubic B-spline (de Boor 1978) in plain numbers: what a control point weighs at a distance, in intervals, from it. */
export function cubicSpline(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  return x < 1 ? 2 / 3 - x * x + (x * x * x) / 2 : (2 - x) ** 3 / 6;
}
