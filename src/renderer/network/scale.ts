/** How large a drawing is shown. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const LEAST = 0.1;
export const MOST = 2;
/** A drawing that is this small as a whole can still be read; a taller one is scrolled through. */
const LEGIBLE = 0.8;
const MARGIN = 16;

/** The scale at which all of a drawing is in view, at most 1. */
export function fitting(drawing: Size, view: Size): number {
  const scale = Math.min((view.width - 2 * MARGIN) / drawing.width, (view.height - 2 * MARGIN) / drawing.height, 1);
  return Math.max(LEAST, scale);
}

/** The scale that a drawing is first shown at: whole where that can be read, otherwise so that its width fits. */
export function opening(drawing: Size, view: Size): number {
  const whole = fitting(drawing, view);
  return whole >= LEGIBLE ? whole : Math.min(1, Math.max(LEGIBLE, (view.width - 2 * MARGIN) / drawing.width));
}
