/** Checks a recipe: fields first (the schema), then what only holds together with the data. */
import type { z } from "zod";
import { losses } from "../catalog/losses/index.ts";
import { metrics } from "../catalog/metrics/index.ts";
import { Fault, nearestName, type Problem, quote } from "../kit/fault.ts";
import { describeField } from "./describe.ts";
import type { DatasetFacts } from "./facts.ts";
import { type FieldSchema, fieldAt, fieldNames, formatPath, isRecord, typesOf } from "./fields.ts";
import { type ModelPlan, planModel } from "./plan.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";
import { splitProblems } from "./split.ts";

/** Reads an unknown value as a recipe and fills in defaults. */
export function parseRecipe(input: unknown): { readonly recipe: Recipe | null; readonly problems: readonly Problem[] } {
  const result = recipeSchema.safeParse(input, { reportInput: true });
  if (result.success) return { recipe: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, input));
  // One value can break several rules at once, and the sentence for each states them all.
  return { recipe: null, problems: problems.filter((problem, index) => problems.findIndex((other) => other.place === problem.place) === index) };
}

/** The recipe, or a fault with every problem found. */
export function requireRecipe(input: unknown): Recipe {
  const { recipe, problems } = parseRecipe(input);
  if (recipe === null) throw new Fault("input", problems);
  return recipe;
}

/** What the schema cannot know: shapes through the model, the loss against the target, the batch against the data. */
export function checkAgainstData(
  recipe: Recipe,
  facts: DatasetFacts,
  trainingLength: number,
): { readonly plan: ModelPlan; readonly problems: readonly Problem[] } {
  const { plan, problems: misfits } = planModel(recipe, facts);
  const problems = [...misfits];
  const task = facts.target.kind;
  if (losses[recipe.loss.type].task !== task)
    problems.push({
      place: "loss.type",
      expected: `must suit the target, which is a ${task}`,
      received: quote(recipe.loss.type),
      remedy: `Use ${namesFor(losses, task)}.`,
    });
  for (const [index, name] of recipe.metrics.entries()) {
    if (recipe.metrics.indexOf(name) < index)
      problems.push({ place: `metrics[${index}]`, expected: "must be named once", received: `"${name}" a second time`, remedy: "Remove it." });
    if (metrics[name].task !== task)
      problems.push({
        place: `metrics[${index}]`,
        expected: `must suit the target, which is a ${task}`,
        received: quote(name),
        remedy: `Use ${namesFor(metrics, task)}.`,
      });
  }
  if (task === "regression" && recipe.data.split.stratified)
    problems.push({
      place: "data.split.stratified",
      expected: "must be false for a regression, which has no classes to keep equal",
      received: "true",
      remedy: "Set it to false.",
    });
  if (misfits.length === 0) {
    const wanted = facts.target.kind === "classification" ? facts.target.classes.length : facts.target.names.length;
    const last = recipe.model.layers.length - 1;
    if (plan.outputShape.length !== 1 || plan.outputShape[0] !== wanted)
      problems.push({
        place: `model.layers[${last}]`,
        expected: `the last layer must give [${wanted}], one number a ${task === "classification" ? "class" : "target value"} of ${facts.name}`,
        received: `[${plan.outputShape.join(", ")}]`,
        remedy: `End with a dense layer of ${wanted} units.`,
      });
  }
  const unsplit = splitProblems(facts, recipe.data.split);
  problems.push(...unsplit);
  if (unsplit.length === 0 && recipe.batch.size > trainingLength)
    problems.push({
      place: "batch.size",
      expected: `must be at most ${trainingLength}, the number of training samples after the split`,
      received: String(recipe.batch.size),
      remedy: "Make the batch smaller.",
    });
  return { plan, problems };
}

function namesFor(registry: Readonly<Record<string, { readonly task: string }>>, task: string): string {
  return Object.entries(registry)
    .filter(([, entry]) => entry.task === task)
    .map(([name]) => `"${name}"`)
    .join(" or ");
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const { path } = issue;
  const received = path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), input);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownField([...path, key], input));
  const place = formatPath(path);
  const schema = fieldAt(path, input) ?? typeChoice(path, input);
  const expected = schema === undefined ? issue.message : describeField(schema, received);
  if (received === undefined) return [{ place, expected: `is required and must be ${expected}`, received: "nothing", remedy: additionFor(path, schema) }];
  if (issue.code === "invalid_format") return [{ place, expected: issue.message, received: quote(received), remedy: "Choose another name, or leave it out." }];
  if (issue.code === "too_small" && issue.origin === "array")
    return [{ place, expected: "must not be empty", received: quote(received), remedy: "Add an item." }];
  return [{ place, expected: `must be ${expected}`, received: quote(received), remedy: correctionFor(received, schema) }];
}

/** The field `type` of an object that has not chosen one yet. */
function typeChoice(path: readonly PropertyKey[], input: unknown): FieldSchema | undefined {
  const parent = path.at(-1) === "type" ? fieldAt(path.slice(0, -1), input) : undefined;
  return parent === undefined ? undefined : { enum: typesOf(parent) };
}

function unknownField(path: readonly PropertyKey[], input: unknown): Problem {
  const key = String(path.at(-1));
  const names = fieldNames(path.slice(0, -1), input);
  const near = nearestName(key, names);
  return {
    place: formatPath(path),
    expected: `is not a field${names.length > 0 ? `; the fields here are ${names.join(", ")}` : ""}`,
    received: `"${key}"`,
    remedy: near ? `Did you mean "${near}"?` : "Remove it or correct its name.",
  };
}

function additionFor(path: readonly PropertyKey[], schema: FieldSchema | undefined): string {
  const [type] = schema === undefined ? [] : typesOf(schema);
  return type === undefined ? "Add it." : `Add it, for example "${String(path.at(-1))}": {"type": "${type}"}.`;
}

function correctionFor(received: unknown, schema: FieldSchema | undefined): string {
  if (schema === undefined) return "Correct it.";
  const types = typesOf(schema);
  const names = types.length > 0 ? types : namesIn(schema);
  if (typeof received === "string") {
    if (types.includes(received)) return `Write {"type": "${received}"}.`;
    const near = nearestName(received, names);
    if (near !== undefined) return `Did you mean ${types.includes(near) ? `{"type": "${near}"}` : `"${near}"`}?`;
    if (takesNumbers(schema) && received.trim() !== "" && Number.isFinite(Number(received))) return `Write ${Number(received)} without the quotes.`;
  }
  if (schema.default !== undefined) return `Correct it, or leave it out for the default, ${quote(schema.default)}.`;
  return names.length > 1 ? "Choose one of these." : "Correct it.";
}

/** The texts a field takes by name, its alternatives' included. */
function namesIn(schema: FieldSchema): readonly string[] {
  const own = [schema.const, ...(schema.enum ?? [])].filter((name) => typeof name === "string");
  return [...own, ...(schema.anyOf ?? schema.oneOf ?? []).flatMap(namesIn)];
}

function takesNumbers(schema: FieldSchema): boolean {
  return schema.type === "number" || schema.type === "integer" || (schema.anyOf ?? []).some(takesNumbers);
}
