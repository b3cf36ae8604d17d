/** The width of the workbench's form. The pane beside it keeps its minimum width too. */

export const LEAST_FORM = 340;
export const LEAST_PANE = 440;
const USUAL = { least: 424, share: 0.31, most: 460 };

/** @param chosen by the user; null for the default width  @param window width of the window, 0 until known */
export function formWidth(chosen: number | null, window: number): number {
  const usual = Math.min(USUAL.most, Math.max(USUAL.least, USUAL.share * window));
  const most = window === 0 ? Number.POSITIVE_INFINITY : window - LEAST_PANE;
  return Math.round(Math.max(LEAST_FORM, Math.min(chosen ?? usual, most)));
}
