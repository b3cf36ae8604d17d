/** What a plot draws of each trial, gathered into a few paths: a thousand trials are a handful of elements, and a new selection only gathers them again. */

/** One trial's piece of an SVG path. It may have several. */
export interface Drawn {
  readonly number: number;
  readonly path: string;
}

export interface Layer {
  readonly layer: number;
  readonly path: string;
}

/** One path per layer, the lowest first, so that the best lie on top. */
export function layersOf(drawn: readonly Drawn[], layerOf: (number: number) => number): readonly Layer[] {
  const layers = new Map<number, string[]>();
  for (const { number, path } of drawn) {
    const layer = layerOf(number);
    const parts = layers.get(layer);
    if (parts === undefined) layers.set(layer, [path]);
    else parts.push(path);
  }
  return [...layers].map(([layer, parts]) => ({ layer, path: parts.join("") })).sort((a, b) => a.layer - b.layer);
}
