/**
 * Colours, strokes and markers of series without a fixed meaning, such as classes. The hues are those of Okabe & Ito (2008), safe for
 * colour-blind readers, darker on white so that each has a contrast of at least 3 to 1. Strokes and markers differ too, so that colour is never the only cue.
 */
import { at } from "../../shared/kit/fault.ts";

const LIGHT = ["#0072b2", "#c04a00", "#00805a", "#9b3f86", "#7d6a00", "#4d5259", "#2b87b8", "#a3221e", "#5f45c2", "#7a4a21"];
const DARK = ["#56b4e9", "#f0a035", "#3fc79a", "#dd9cc4", "#e8dd5a", "#c9ccd1", "#9fb4ff", "#ff8f80", "#b9a2ff", "#d7a878"];
const DASHES = ["none", "7 3", "2 2", "9 3 2 3", "4 4", "12 3", "1 3"];

export function seriesColor(index: number): string {
  const hue = index % LIGHT.length;
  return `light-dark(${at(LIGHT, hue)}, ${at(DARK, hue)})`;
}

export function seriesDash(index: number): string {
  return at(DASHES, index % DASHES.length);
}

const MARKERS = ["circle", "square", "triangle", "diamond", "cross", "plus", "wedge"] as const;
export type Marker = (typeof MARKERS)[number];

/** Seven markers and ten hues: each of the first 70 series gets a different pair. */
export function seriesMarker(index: number): Marker {
  return at(MARKERS, index % MARKERS.length);
}

/** A marker as an SVG path around a point. @param r half of its width */
export function markerPath(marker: Marker, x: number, y: number, r: number): string {
  const p = (dx: number, dy: number) => `${(x + dx * r).toFixed(2)} ${(y + dy * r).toFixed(2)}`;
  const closed = (...points: readonly (readonly [number, number])[]) => `M${points.map(([dx, dy]) => p(dx, dy)).join("L")}Z`;
  const arm = 0.36;
  const plus: readonly (readonly [number, number])[] = [
    [-arm, -1],
    [arm, -1],
    [arm, -arm],
    [1, -arm],
    [1, arm],
    [arm, arm],
    [arm, 1],
    [-arm, 1],
    [-arm, arm],
    [-1, arm],
    [-1, -arm],
    [-arm, -arm],
  ];
  switch (marker) {
    case "circle":
      return `M${p(-1, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case "square":
      return closed([-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]);
    case "triangle":
      return closed([0, -1.15], [1.1, 0.85], [-1.1, 0.85]);
    case "diamond":
      return closed([0, -1.25], [1.05, 0], [0, 1.25], [-1.05, 0]);
    case "plus":
      return closed(...plus);
    case "cross":
      return closed(...plus.map(([dx, dy]) => [(dx - dy) * Math.SQRT1_2 * 1.15, (dx + dy) * Math.SQRT1_2 * 1.15] as const));
    case "wedge":
      return closed([0, 1.15], [1.1, -0.85], [-1.1, -0.85]);
  }
}

/** A sequential scale of six steps, low to high: one hue, ordered by lightness. */
const SEQUENCE_LIGHT = ["#6a97bd", "#5488b4", "#3f78a8", "#28618f", "#164a73", "#083354"];
const SEQUENCE_DARK = ["#3f6f96", "#5287b3", "#6a9fcb", "#88b8df", "#abd0ee", "#d3e8fa"];
export const SEQUENCE_STEPS = SEQUENCE_LIGHT.length;

export function sequenceColor(step: number): string {
  return `light-dark(${at(SEQUENCE_LIGHT, step)}, ${at(SEQUENCE_DARK, step)})`;
}

/** Diverging scale: negative orange, zero the surface, positive blue. Safe for colour-blind readers. @param value from −1 to 1 */
export function divergingColor(value: number): string {
  const share = Math.round(Math.min(1, Math.abs(value)) * 100);
  const end = value < 0 ? "light-dark(#b84600, #f0923a)" : "light-dark(#00609a, #4fb0ea)";
  return `color-mix(in oklab, ${end} ${share}%, var(--descent-surface))`;
}

/** Text colour over {@link divergingColor}, readable on every value in both schemes. */
export function divergingTextColor(value: number): string {
  const size = Math.abs(value);
  return `light-dark(${size > 0.87 ? "#fff" : "#000"}, ${size > 0.65 ? "#000" : "#fff"})`;
}
