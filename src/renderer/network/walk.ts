/** Navigation in a drawing: from box to box by keys, and from a place of the recipe to the box that shows it. */
import type { LayerPlan } from "../../shared/recipe/plan.ts";
import type { Box, Drawing } from "./layout.ts";

/** Boxes that can have the focus, in reading order. */
export function stopsOf({ boxes }: Drawing): readonly Box[] {
  return boxes.filter(({ kind }) => kind !== "split" && kind !== "join");
}

/**
 * The box that an arrow key leads to: up and down visit every box in reading order; left and right go to the nearest one at the side.
 * Null if there is none, and for other keys.
 */
export function neighbourOf(stops: readonly Box[], id: string, key: string): Box | null {
  const index = stops.findIndex((box) => box.id === id);
  const from = stops[index];
  if (from === undefined) return null;
  if (key === "ArrowDown") return stops[index + 1] ?? null;
  if (key === "ArrowUp") return stops[index - 1] ?? null;
  if (key === "Home") return stops[0] ?? null;
  if (key === "End") return stops.at(-1) ?? null;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const beside = stops.filter((box) => (key === "ArrowLeft" ? box.x + box.width <= from.x : box.x >= from.x + from.width));
  return beside.reduce<Box | null>((best, box) => (best === null || distance(box, from) < distance(best, from) ? box : best), null);
}

/** A distance between two boxes that weights vertical offsets more than horizontal ones. */
function distance(a: Box, b: Box): number {
  const vertical = Math.max(0, Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height));
  return 4 * vertical + Math.abs(a.x + a.width / 2 - b.x - b.width / 2) + Math.abs(a.y + a.height / 2 - b.y - b.height / 2) / 100;
}

/** The innermost layer whose place contains another place: `model.layers[2]` for `model.layers[2].filters`. */
export function layerAt(layers: Iterable<LayerPlan>, place: string): LayerPlan | null {
  let found: LayerPlan | null = null;
  for (const layer of layers)
    if ((place === layer.place || place.startsWith(`${layer.place}.`)) && (found === null || layer.place.length > found.place.length)) found = layer;
  return found;
}

/** The box that shows a layer: its own, the fold that contains it, or the folded container around it. */
export function boxOf(stops: readonly Box[], name: string): Box | null {
  const shows = (box: Box) => (box.kind === "fold" ? box.fold.layers.some((layer) => layer.name === name) : box.id === name);
  const own = stops.find(shows);
  if (own !== undefined) return own;
  const around = name.lastIndexOf("/");
  return around < 0 ? null : boxOf(stops, name.slice(0, around));
}

/** The layer that a box shows in the form; null for the input and output. */
export function layerOf(box: Box): LayerPlan | null {
  switch (box.kind) {
    case "layer":
    case "light":
    case "frame":
    case "split":
    case "join":
      return box.layer;
    case "fold":
      return box.fold.layers[0] ?? null;
    case "input":
    case "output":
      return null;
  }
}
