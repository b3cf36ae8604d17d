/** The learning rate over time of a draft recipe. */
import { previewCurve } from "../../../shared/catalog/schedules/previewCurve.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { recipeSchema } from "../../../shared/recipe/recipe.ts";

/** Number of points; the chart is a few hundred pixels wide. */
const POINTS = 320;

export interface RatePoint {
  readonly step: number;
  readonly rate: number;
}

export interface PreviewedRates {
  /** Ordered by step. The last rate is repeated at the end of the run. */
  readonly drawn: readonly RatePoint[];
  readonly start: RatePoint;
  /** The first point with the highest rate. */
  readonly peak: RatePoint;
  readonly end: RatePoint;
  /** Whether the schedule reacts to validation. The preview then assumes that its loss keeps falling. */
  readonly reactive: boolean;
}

/** Null if optimizer, schedule or warm-up are invalid, or there are no steps. Other problems of the recipe are ignored. */
export function previewedRates(
  recipe: unknown,
  { totalSteps, stepsPerEpoch }: { readonly totalSteps: number; readonly stepsPerEpoch: number },
): PreviewedRates | null {
  if (!isRecord(recipe) || !(totalSteps >= 1) || !(stepsPerEpoch >= 1)) return null;
  const optimizer = recipeSchema.shape.optimizer.safeParse(recipe.optimizer);
  const schedule = recipeSchema.shape.schedule.safeParse(recipe.schedule);
  const warmup = recipeSchema.shape.warmup.safeParse(recipe.warmup);
  if (!optimizer.success || !schedule.success || !warmup.success) return null;
  const { lr } = optimizer.data;
  const { points, reactive } = previewCurve({ schedule: schedule.data, warmup: warmup.data }, { totalSteps, stepsPerEpoch }, POINTS);
  const rates = points.map(({ step, factor }) => ({ step, rate: lr * factor }));
  const start = rates[0];
  const end = rates.at(-1);
  if (start === undefined || end === undefined) return null;
  const peak = rates.reduce((best, point) => (point.rate > best.rate ? point : best), start);
  return { drawn: [...rates, { step: totalSteps, rate: end.rate }], start, peak, end, reactive };
}
