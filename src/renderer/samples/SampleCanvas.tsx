/** One sample drawn: an image or a slice of a volume as pixels, a signal as curves, a row of features as bars. */
import { useEffect, useMemo, useRef } from "react";
import type { SampleView } from "../../shared/contract/inspection.ts";
import { Curves } from "./Curves.tsx";
import { middleSlice, type Pixels, pixelsOf, planesOf, valuesOf } from "./sample.ts";
import classes from "./samples.module.css";

interface SampleCanvasProps {
  readonly view: SampleView;
  /** Longest side in CSS pixels. */
  readonly size: number;
  /** Label for screen readers; empty if the surrounding elements have one. */
  readonly label: string;
  /** The slice of a volume to show; by default the middle one. */
  readonly slice?: number;
}

export function SampleCanvas({ view, size, label, slice }: SampleCanvasProps) {
  const drawn = useMemo(() => {
    const planes = planesOf(view.shape);
    return planes === null ? null : pixelsOf(valuesOf(view), planes, view.low, view.high, slice ?? middleSlice(planes));
  }, [view, slice]);
  if (drawn !== null) return <PixelCanvas pixels={drawn} size={size} label={label} />;
  return <Curves values={valuesOf(view)} shape={view.shape} low={view.low} high={view.high} width={size} height={Math.round(size * 0.6)} label={label} />;
}

/** Scales the image to the given size without interpolation. */
export function PixelCanvas({ pixels, size, label }: { readonly pixels: Pixels; readonly size: number; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = pixels;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  const scale = size / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      className={classes.pixels}
      width={width}
      height={height}
      style={{ width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }}
      {...(label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
