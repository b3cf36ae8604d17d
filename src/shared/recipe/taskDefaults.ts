/**
 * Defaults that depend on the task: a regression has no accuracy, and no classes for a stratified split. They are filled in before the schema reads
 * a recipe; values in the recipe are kept and validated.
 */
import { losses } from "../catalog/losses/index.ts";
import { isRecord } from "../kit/record.ts";
import { type FieldSchema, ownProperty, recipeFields } from "./fields.ts";
import { formats, isFormat } from "./formats/index.ts";
import type { MetricName } from "./recipe.ts";

type Task = "classification" | "regression";

const REGRESSION: { readonly metrics: readonly MetricName[]; readonly stratified: boolean } = { metrics: ["r2", "meanAbsoluteError"], stratified: false };

const definitions: Readonly<Record<string, { readonly task: Task }>> = losses;

/**
 * The recipe with the regression defaults if it is a regression, and with the loss's task if its source does not state one. Unchanged parts are
 * shared with the original.
 * @param input a hand-written recipe, of any shape
 */
export function withTaskDefaults(input: unknown): unknown {
  if (!isRecord(input)) return input;
  const byLoss = taskOfLoss(input.loss);
  const task = taskOfSource(input) ?? byLoss;
  const data = isRecord(input.data) ? withTask(input.data, byLoss) : input.data;
  if (task !== "regression") return data === input.data ? input : { ...input, data };
  return { metrics: [...REGRESSION.metrics], ...withoutAbsent(input, "metrics"), ...(isRecord(data) ? { data: unstratified(data) } : {}) };
}

/** The recipe's schema with the defaults for its task. Recipes of one task get the same object. */
export function fieldsFor(input: unknown): FieldSchema {
  if (!isRecord(input)) return recipeFields;
  return (taskOfSource(input) ?? taskOfLoss(input.loss)) === "regression" ? regressionFields : recipeFields;
}

const regressionFields = withDefault(withDefault(recipeFields, ["metrics"], REGRESSION.metrics), ["data", "split", "stratified"], REGRESSION.stratified);

function withDefault(schema: FieldSchema, [key, ...rest]: readonly string[], value: unknown): FieldSchema {
  const field = key === undefined ? undefined : schema.properties?.[key];
  if (key === undefined) return { ...schema, default: value };
  return field === undefined ? schema : { ...schema, properties: { ...schema.properties, [key]: withDefault(field, rest, value) } };
}

function taskOfLoss(loss: unknown): Task | null {
  return isRecord(loss) && typeof loss.type === "string" ? (ownProperty(definitions, loss.type)?.task ?? null) : null;
}

function taskOfSource({ data }: Readonly<Record<string, unknown>>): Task | null {
  const task = isRecord(data) && isRecord(data.source) ? data.source.task : undefined;
  return task === "classification" || task === "regression" ? task : null;
}

function withTask(data: Readonly<Record<string, unknown>>, task: Task | null): unknown {
  const { source } = data;
  if (task === null || !isRecord(source) || source.task !== undefined || typeof source.type !== "string" || !isFormat(source.type)) return data;
  return "task" in formats[source.type].schema.shape ? { ...data, source: { ...source, task } } : data;
}

function unstratified(data: Readonly<Record<string, unknown>>): unknown {
  const { split } = data;
  if (split !== undefined && !isRecord(split)) return data;
  return { ...data, split: { stratified: REGRESSION.stratified, ...withoutAbsent(split ?? {}, "stratified") } };
}

/** Removes a field that is present but undefined, as JSON does. */
function withoutAbsent(record: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const { [key]: value, ...others } = record;
  return value === undefined ? others : record;
}
