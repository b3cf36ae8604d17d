/** What a scatter plot draws: series, and points that belong to them. */
import type { Marker } from "./palette.ts";

export interface ScatterSeries {
  readonly name: string;
  readonly color: string;
  readonly marker: Marker;
  /** Half a marker's width in pixels. */
  readonly size?: number;
}

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Its place in the list of series. */
  readonly series: number;
  /** What the readout says of it. */
  readonly name: string;
}
