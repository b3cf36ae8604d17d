/** How a trial is drawn: the colour says its rank, the marker who chose it and how it ended. */
import type { Trial } from "../../../../shared/contract/studies.ts";
import { type Marker, SEQUENCE_STEPS, sequenceColor } from "../../../charts/palette.ts";
import { colorStep } from "./colors.ts";

/** The layers below the coloured ones: trials that are not selected, and selected ones that have no rank yet. */
export const UNSELECTED = -2;
export const UNRANKED = -1;

/** The layer of each trial: a step of the colour scale, or one of those below. */
export function rankLayer(selected: ReadonlySet<number>, ranks: ReadonlyMap<number, number>): (number: number) => number {
  return (number) => (selected.has(number) ? (colorStep(ranks.get(number), ranks.size, SEQUENCE_STEPS) ?? UNRANKED) : UNSELECTED);
}

export function layerColor(layer: number): string {
  return layer >= 0 ? sequenceColor(layer) : "var(--mantine-color-dimmed)";
}

const MARKERS: readonly Marker[] = ["circle", "square", "cross", "triangle", "diamond", "plus"];

/** Markers are apart within a layer: where two kinds overlap in one path, their outlines would cut holes into each other. */
export function markerLayer(layer: number, marker: Marker): number {
  return layer * MARKERS.length + MARKERS.indexOf(marker);
}

/** The inverse of {@link markerLayer}. */
export function layerOfMarker(key: number): number {
  return Math.floor(key / MARKERS.length);
}

export function markerOf(trial: Trial | undefined): Marker {
  if (trial === undefined) return "circle";
  if (trial.state === "pruned") return "cross";
  const markers = { sampler: "circle", baseline: "square", guess: "triangle", earlier: "diamond", confirmation: "plus" } as const;
  return markers[trial.origin];
}
