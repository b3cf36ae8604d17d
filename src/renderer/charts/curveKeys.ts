/** The keys of a chart of curves: arrows, Home and End move the cursor, + and − zoom around it, 0 and Escape show all. */
import type { StepRange } from "./series.ts";

export type CurveAction = { readonly type: "cursor"; readonly step: number } | { readonly type: "zoom"; readonly range: StepRange | null };

/**
 * @param cursor the cursor's step; null if it is not placed yet
 * @param large whether to use bigger steps
 * @returns null for a key without a function
 */
export function actionOf(key: string, { from, to }: StepRange, cursor: number | null, large: boolean): CurveAction | null {
  const width = to - from;
  const at = cursor ?? to;
  const by = Math.max(1, Math.round(width * (large ? 0.1 : 0.01)));
  const around = (reach: number): CurveAction => ({ type: "zoom", range: { from: Math.max(0, Math.round(at - reach)), to: Math.round(at + reach) } });
  switch (key) {
    case "ArrowLeft":
      return { type: "cursor", step: Math.max(from, at - by) };
    case "ArrowRight":
      return { type: "cursor", step: Math.min(to, at + by) };
    case "Home":
      return { type: "cursor", step: from };
    case "End":
      return { type: "cursor", step: to };
    case "+":
    case "=":
      return around(width / 4);
    case "-":
      return around(width);
    case "0":
    case "Escape":
      return { type: "zoom", range: null };
    default:
      return null;
  }
}
