/** Checks a recipe: fields first (the schema), then what only holds together with the data. */
import type { z } from "zod";
import { losses } from "../catalog/losses/index.ts";
import { metrics } from "../catalog/metrics/index.ts";
import { Fault, nearestName, type Problem, quote } from "../kit/fault.ts";
import type { DatasetFacts } from "./facts.ts";
import { fieldNames, isRecord } from "./fields.ts";
import { type ModelPlan, planModel } from "./plan.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";

/** Reads an unknown value as a recipe and fills in defaults. */
export function parseRecipe(input: unknown): { readonly recipe: Recipe | null; readonly problems: readonly Problem[] } {
  const result = recipeSchema.safeParse(input, { reportInput: true });
  if (result.success) return { recipe: result.data, problems: [] };
  return { recipe: null, problems: result.error.issues.flatMap((issue) => problemsOf(issue, input)) };
}

/** The recipe, or a fault with every problem found. */
export function requireRecipe(input: unknown): Recipe {
  const { recipe, problems } = parseRecipe(input);
  if (recipe === null) throw new Fault("input", problems);
  return recipe;
}

/** What the schema cannot know: shapes through the model, the loss against the target, the batch against the data. */
export function checkAgainstData(recipe: Recipe, facts: DatasetFacts, trainingLength: number): { readonly plan: ModelPlan; readonly problems: readonly Problem[] } {
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
  for (const [index, name] of recipe.metrics.entries())
    if (metrics[name].task !== task)
      problems.push({ place: `metrics[${index}]`, expected: `must suit the target, which is a ${task}`, received: quote(name), remedy: `Use ${namesFor(metrics, task)}.` });
  if (task === "regression" && recipe.data.split.stratified)
    problems.push({ place: "data.split.stratified", expected: "must be false for a regression, which has no classes to keep equal", received: "true", remedy: "Set it to false." });
  if (recipe.data.split.test === "given" && facts.givenTest === 0)
    problems.push({ place: "data.split.test", expected: "must be a share such as 0.15, because this data set names no test part of its own", received: '"given"', remedy: "Give the share of samples to keep for testing." });
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
  if (recipe.batch.size > trainingLength)
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

/** `model.layers[2].filters` */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((out, key) => (typeof key === "number" ? `${out}[${key}]` : out === "" ? String(key) : `${out}.${String(key)}`), "");
  return text === "" ? "recipe" : text;
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const place = formatPath(issue.path);
  const received = issue.path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), input);
  const problem = (expected: string, remedy: string, came = quote(received)): Problem => ({ place, expected, received: came, remedy });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const names = fieldNames(issue.path, input);
        const near = nearestName(key, names);
        return {
          place: formatPath([...issue.path, key]),
          expected: `is not a field${names.length > 0 ? `; the fields here are ${names.join(", ")}` : ""}`,
          received: `"${key}"`,
          remedy: near ? `Did you mean "${near}"?` : "Remove it or correct its name.",
        };
      });
    case "invalid_type":
      if (received === undefined) return [problem(`is required and must be ${article(issue.expected)}`, "Add it.", "nothing")];
      return [problem(`must be ${article(issue.expected)}`, "Give a value of that type.")];
    case "too_small":
      return [problem(`must be ${isSized(issue.origin) ? `at least ${issue.minimum} long` : `${issue.inclusive ? "at least" : "greater than"} ${issue.minimum}`}`, "Give a larger value.")];
    case "too_big":
      return [problem(`must be ${isSized(issue.origin) ? `at most ${issue.maximum} long` : `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`}`, "Give a smaller value.")];
    case "invalid_value": {
      const names = issue.values.map((value) => String(value));
      return [problem(`must be ${issue.values.map(quote).join(" or ")}`, suggestion(received, names))];
    }
    case "invalid_union": {
      if (issue.discriminator !== undefined && issue.path.at(-1) === issue.discriminator) {
        const names = "options" in issue ? (issue.options ?? []).map(String) : [];
        return [problem(`must be one of ${names.map((name) => `"${name}"`).join(", ")}`, suggestion(received, names), received === undefined ? "nothing" : quote(received))];
      }
      return [problem(`must be ${describeUnion(issue)}`, "Give one of these.")];
    }
    default:
      return [problem(issue.message, "Correct it.")];
  }
}

function isSized(origin: string): boolean {
  return origin === "array" || origin === "string";
}

function suggestion(received: unknown, names: readonly string[]): string {
  const near = typeof received === "string" ? nearestName(received, names) : undefined;
  return near ? `Did you mean "${near}"?` : "Choose one of these.";
}

function article(type: string): string {
  const names: Record<string, string> = { int: "a whole number", number: "a finite number", object: "an object", array: "a list", boolean: "true or false", string: "a text", tuple: "a pair of whole numbers", record: "an object" };
  return names[type] ?? type;
}

/** "valid" or "same" or a number …: the alternatives of a union in words. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = issue.errors.flatMap((errors) =>
    errors.slice(0, 1).map((inner) => {
      if (inner.code === "invalid_value") return inner.values.map(quote).join(" or ");
      if (inner.code === "invalid_type") return article(inner.expected);
      if (inner.code === "too_small") return `at least ${inner.minimum}`;
      if (inner.code === "too_big") return `at most ${inner.maximum}`;
      return inner.message;
    }),
  );
  return [...new Set(options)].join(", or ");
}
