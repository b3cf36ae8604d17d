/**
 * Signed distances to the outline of shapes and solids: negative inside. Half-spaces give them for what is convex with flat sides:
 * exact at the sides, which is all that smoothing over one pixel needs. Source of the others: I. Quilez, "2D distance functions".
 */
export type Point = readonly [x: number, y: number, z: number];
/** Unit normal and distance from the origin. */
export type Side = readonly [x: number, y: number, z: number, offset: number];

/** How much of a pixel (a voxel) is inside, from the distance of its middle in pixels: 1 inside, 0 outside, between on the edge. */
export function coverage(distance: number): number {
  return Math.min(Math.max(0.5 - distance, 0), 1);
}

export function convex(sides: readonly Side[], [x, y, z]: Point): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const [a, b, c, offset] of sides) most = Math.max(most, a * x + b * y + c * z - offset);
  return most;
}

export function ball(radius: number, [x, y, z]: Point): number {
  return Math.hypot(x, y, z) - radius;
}

/** The sides of a regular polygon whose corners lie on a circle; the first side looks down. */
export function polygon(corners: number, radius: number): readonly Side[] {
  const inner = radius * Math.cos(Math.PI / corners);
  return Array.from({ length: corners }, (_, i) => {
    const angle = Math.PI / 2 + (2 * Math.PI * i) / corners;
    return [Math.cos(angle), Math.sin(angle), 0, inner] as const;
  });
}

/** A box around the origin. */
export function box(halfWidth: number, halfHeight: number, halfDepth: number): readonly Side[] {
  return [
    [1, 0, 0, halfWidth],
    [-1, 0, 0, halfWidth],
    [0, 1, 0, halfHeight],
    [0, -1, 0, halfHeight],
    [0, 0, 1, halfDepth],
    [0, 0, -1, halfDepth],
  ];
}
