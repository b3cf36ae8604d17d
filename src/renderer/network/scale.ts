/** The zoom scale of a drawing. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const LEAST = 0.1;
export const MOST = 2;
/** Above this scale the text is legible; a drawing that would have to be smaller is scrolled instead. */
const LEGIBLE = 0.8;
const MARGIN = 16;

/** The scale at which the whole drawing fits the view, at most 1. */
export function fitting(drawing: Size, view: Size): number {
  const scale = Math.min((view.width - 2 * MARGIN) / drawing.width, (view.height - 2 * MARGIN) / drawing.height, 1);
  return Math.max(LEAST, scale);
}

/** The initial scale: the whole drawing if it is legible, otherwise its width. */
export function opening(drawing: Size, view: Size): number {
  const whole = fitting(drawing, view);
  return whole >= LEGIBLE ? whole : Math.min(1, Math.max(LEGIBLE, (view.width - 2 * MARGIN) / drawing.width));
}
