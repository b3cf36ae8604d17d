/** From a recipe as it is being written to the course of its learning rate. */
import { previewCurve } from "../../../shared/catalog/schedules/previewCurve.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { recipeSchema } from "../../../shared/recipe/recipe.ts";

/** Points of a chart that is a few hundred pixels wide. */
const POINTS = 320;

export interface RatePoint {
  readonly step: number;
  readonly rate: number;
}

export interface PreviewedRates {
  /** Ordered by step, the last rate held until the run's end. */
  readonly drawn: readonly RatePoint[];
  readonly start: RatePoint;
  /** The first of the highest. */
  readonly peak: RatePoint;
  readonly end: RatePoint;
  /** Validation will decide; this is the course as long as its loss keeps falling. */
  readonly reactive: boolean;
}

/** Null where optimizer, schedule or warm-up cannot be read, or nothing is trained; whatever else is wrong with the recipe does not matter. */
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
