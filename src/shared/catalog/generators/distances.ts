/**
 * Signed distances to the boundaries of shapes and solids, negative inside. Convex shapes with flat sides are intersections of half-spaces; their
 * distances are exact near the sides, which is enough to smooth over one pixel. The others are from I. Quilez, "2D distance functions".
 */
export type Point = readonly [x: number, y: number, z: number];
/** Unit normal, and distance from the origin. */
export type Side = readonly [x: number, y: number, z: number, offset: number];

/** The fraction of a pixel or voxel that is inside, from the distance of its centre in pixels: 1 inside, 0 outside, in between at the edge. */
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

/** The sides of a regular polygon with its corners on a circle; the first side faces down. */
export function polygon(corners: number, radius: number): readonly Side[] {
  const inner = radius * Math.cos(Math.PI / corners);
  return Array.from({ length: corners }, (_, i) => {
    const angle = Math.PI / 2 + (2 * Math.PI * i) / corners;
    return [Math.cos(angle), Math.sin(angle), 0, inner] as const;
  });
}

/** A box centred on the origin. */
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
