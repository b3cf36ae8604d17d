/** The uniform cubic B-spline (de Boor 1978) in plain numbers: the weight of a control point at a distance, in intervals. */
export function cubicSpline(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  return x < 1 ? 2 / 3 - x * x + (x * x * x) / 2 : (2 - x) ** 3 / 6;
}
