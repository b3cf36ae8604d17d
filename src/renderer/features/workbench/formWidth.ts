/** How wide the workbench's form is, beside a pane that keeps its least width too. */

export const LEAST_FORM = 340;
export const LEAST_PANE = 440;
const USUAL = { least: 384, share: 0.31, most: 460 };

/** @param chosen by the person; null for the usual width  @param window its width, 0 while it is not known */
export function formWidth(chosen: number | null, window: number): number {
  const usual = Math.min(USUAL.most, Math.max(USUAL.least, USUAL.share * window));
  const most = window === 0 ? Number.POSITIVE_INFINITY : window - LEAST_PANE;
  return Math.round(Math.max(LEAST_FORM, Math.min(chosen ?? usual, most)));
}
