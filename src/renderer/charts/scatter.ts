/** The data of a scatter plot: series, and points that belong to them. */
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
  /** Index in the list of series. */
  readonly series: number;
  /** The text of the readout. */
  readonly name: string;
}
