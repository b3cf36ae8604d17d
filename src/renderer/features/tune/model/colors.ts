/** Which of a few colours a trial gets by its rank: the best ones the most striking. */

/** @returns 0 for the worst to `steps − 1` for the best; null for a trial without a rank */
export function colorStep(rank: number | undefined, ranked: number, steps: number): number | null {
  if (rank === undefined || ranked === 0) return null;
  // Each step holds half of the trials that are left, so that the best few stand out: the upper half, a quarter, an eighth …
  const share = (rank + 1) / ranked;
  return Math.min(steps - 1, Math.floor(-Math.log2(Math.min(1, share)) + 1e-9));
}
