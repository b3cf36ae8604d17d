/** What a study measures: the facts of its objectives, and how a trial's values are read from its runs. */
import { metrics } from "../catalog/metrics/index.ts";
import type { MetricDefinition } from "../catalog/metrics/metric.ts";
import { at } from "../kit/fault.ts";
import type { Words } from "../kit/words.ts";
import { LOSS } from "../recipe/best.ts";
import { COSTS, type Objective } from "./study.ts";
import type { Values } from "./trial.ts";

export interface ObjectiveFacts {
  readonly metric: string;
  readonly title: Words;
  readonly largerIsBetter: boolean;
  /** `fraction`, `target` and `score` as for metrics. */
  readonly unit: MetricDefinition["unit"] | "seconds" | "count";
}

/** What is read of a run: its validation series by name, the value of each epoch from the first on, and its costs. */
export interface Measured {
  readonly series: Readonly<Record<string, readonly number[]>>;
  /** Seconds in trainer processes. */
  readonly trainingTime: number;
  readonly parameterCount: number;
}

const VALIDATION = "validation.";
const catalog: Readonly<Record<string, MetricDefinition>> = metrics;

/** The metric of a validation series: `accuracy` of `validation.accuracy`; null for another name. */
export function validationMetric(name: string): string | null {
  return name.startsWith(VALIDATION) ? name.slice(VALIDATION.length) : null;
}

export function isCost(name: string): name is keyof typeof COSTS {
  return Object.hasOwn(COSTS, name);
}

/** @param objective one that `checkStudy` has accepted */
export function objectiveFacts({ metric, direction }: Objective): ObjectiveFacts {
  const own = ownFacts(metric);
  return { metric, ...own, largerIsBetter: direction === "auto" ? own.largerIsBetter : direction === "maximize" };
}

function ownFacts(metric: string): Omit<ObjectiveFacts, "metric"> {
  if (isCost(metric)) return { title: COSTS[metric], largerIsBetter: false, unit: metric === "trainingTime" ? "seconds" : "count" };
  const name = validationMetric(metric) ?? metric;
  const definition = Object.hasOwn(catalog, name) ? catalog[name] : undefined;
  if (name === LOSS) return { title: { en: "Val. loss", ko: "검증 손실" }, largerIsBetter: false, unit: "score" };
  // An imported study has objectives of its own.
  if (definition === undefined) return { title: { en: metric, ko: metric }, largerIsBetter: false, unit: "score" };
  return { title: ofValidation(definition.title), largerIsBetter: definition.largerIsBetter, unit: definition.unit };
}

/** "Accuracy" as "Val. accuracy"; "ROC AUC" keeps its capitals. */
function ofValidation({ en, ko }: Words): Words {
  return { en: `Val. ${/^[A-Z][a-z]/.test(en) ? en.charAt(0).toLowerCase() + en.slice(1) : en}`, ko: `검증 ${ko}` };
}

/** The series that the objectives read. */
export function seriesOf(objectives: readonly Objective[]): readonly string[] {
  return [...new Set(objectives.map(({ metric }) => metric).filter((metric) => !isCost(metric)))];
}

/**
 * One value per objective. The best epoch is that with the best value of the first metric that is read there, so that the values of several objectives
 * belong to the same weights.
 * @returns null where nothing was measured, or no epoch has a number
 */
export function readValues(objectives: readonly Objective[], measured: Measured): Values {
  const best = bestEpoch(objectives, measured);
  return objectives.map((objective) => {
    const { metric, read, last } = objective;
    if (isCost(metric)) return finite(measured[metric]);
    const values = measured.series[metric] ?? [];
    if (read === "best") return best === null ? null : finite(values[best]);
    return finite(read === "last" ? values.at(-1) : mean(values.slice(-last)));
  });
}

/** Index of the best epoch; null if no epoch has a number. */
function bestEpoch(objectives: readonly Objective[], { series }: Measured): number | null {
  const leading = objectives.find(({ metric, read }) => !isCost(metric) && read === "best");
  if (leading === undefined) return null;
  const values = series[leading.metric] ?? [];
  const sign = objectiveFacts(leading).largerIsBetter ? -1 : 1;
  let best: number | null = null;
  for (const [epoch, value] of values.entries()) if (Number.isFinite(value) && (best === null || sign * value < sign * at(values, best))) best = epoch;
  return best;
}

/** The mean over the repeats, objective by objective; null where a repeat has none, or without repeats. */
export function meanValues(repeats: readonly Values[]): Values | null {
  const [first, ...others] = repeats;
  if (first === undefined) return null;
  return first
    .map((value, objective) => others.reduce<number | null>((sum, values) => added(sum, values[objective] ?? null), value))
    .map((sum) => (sum === null ? null : sum / repeats.length));
}

/** Values in which smaller is better, NaN where there is none: what samplers and pruners see. */
export function signed(facts: readonly ObjectiveFacts[], values: Values): readonly number[] {
  return facts.map(({ largerIsBetter }, objective) => {
    const value = values[objective] ?? Number.NaN;
    return largerIsBetter ? -value : value;
  });
}

/** Whether a value of the first objective is better than another; what has no value is worst. */
export function isBetterTrial(facts: readonly ObjectiveFacts[], values: Values | null, than: Values | null): boolean {
  const [value, other] = [values, than].map((each) => (each === null ? Number.NaN : (signed(facts, each)[0] ?? Number.NaN)));
  return value !== undefined && !Number.isNaN(value) && (other === undefined || Number.isNaN(other) || value < other);
}

function added(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
