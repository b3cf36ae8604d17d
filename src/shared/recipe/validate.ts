/** Checks a recipe: first its fields (the schema), then what depends on the data. */
import { losses } from "../catalog/losses/index.ts";
import { metrics } from "../catalog/metrics/index.ts";
import { Fault, type Problem, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { either, say } from "../kit/say.ts";
import type { Words } from "../kit/words.ts";
import { shapeText } from "../text/shapes.ts";
import { augmentationProblems } from "./augmentation.ts";
import { passSizes } from "./batch.ts";
import { lossDefinition, metricDefinition, scheduleDefinition } from "./definitions.ts";
import { stoppingProblems } from "./earlyStopping.ts";
import type { DatasetFacts } from "./facts.ts";
import { isNewerRecipe, RECIPE_FORMAT, upgradeRecipe } from "./migrations/migrations.ts";
import { matches } from "./parameterGroups.ts";
import { everyLayer, layerDefinition, type ModelPlan, planModel } from "./plan.ts";
import { type Recipe, recipeSchema } from "./recipe.ts";
import { schemaProblems } from "./schemaProblems.ts";
import { type SourceConfig, sourceSchema } from "./sources.ts";
import { hasValidation, splitProblems } from "./split.ts";
import { fieldsFor, withTaskDefaults } from "./taskDefaults.ts";

const TASKS: Readonly<Record<DatasetFacts["target"]["kind"], Words>> = {
  classification: { en: "classification", ko: "분류" },
  regression: { en: "regression", ko: "회귀" },
};

/** Parses any value as a recipe of the current or an earlier version, and fills in defaults, including those of its task. */
export function parseRecipe(given: unknown): { readonly recipe: Recipe | null; readonly problems: readonly Problem[] } {
  if (isNewerRecipe(given)) return { recipe: null, problems: [newerProblem(given)] };
  const input = upgradeRecipe(given);
  const result = recipeSchema.safeParse(withTaskDefaults(input), { reportInput: true });
  if (result.success) return { recipe: result.data, problems: [] };
  return { recipe: null, problems: schemaProblems(result.error.issues, input, fieldsFor(input)) };
}

function newerProblem(input: unknown): Problem {
  return {
    place: "format",
    expected: say`must be at most ${RECIPE_FORMAT}, the newest version of recipes that this Descent reads`,
    received: isRecord(input) ? quote(input.format) : say`nothing`,
    remedy: say`Open the recipe with the Descent that wrote it, or update this one.`,
  };
}

/** The recipe, or a fault with all problems. */
export function requireRecipe(input: unknown): Recipe {
  const { recipe, problems } = parseRecipe(input);
  if (recipe === null) throw new Fault("input", problems);
  return recipe;
}

/**
 * The source parsed by its schema, with defaults.
 * @throws Fault with every invalid field, at the place that it has in a recipe
 */
export function checkedSource(input: unknown): SourceConfig {
  const read = sourceSchema.safeParse(input);
  if (read.success) return read.data;
  const { problems } = parseRecipe({ data: { source: input } });
  throw new Fault(
    "input",
    problems.filter(({ place }) => place.startsWith("data.source")),
  );
}

/** Checks that the schema cannot make: shapes through the model, the loss against the target, the batch against the data. */
export function checkAgainstData(
  recipe: Recipe,
  facts: DatasetFacts,
  trainingLength: number,
): { readonly plan: ModelPlan; readonly problems: readonly Problem[] } {
  const { plan, problems: misfits } = planModel(recipe, facts);
  const unsplit = splitProblems(facts, recipe.data.split);
  const problems = [...misfits, ...targetProblems(recipe, facts), ...(misfits.length === 0 ? outputProblems(recipe, facts, plan) : []), ...unsplit];
  if (unsplit.length === 0) problems.push(...batchProblems(recipe, plan, trainingLength));
  problems.push(
    ...stoppingProblems(recipe),
    ...validationProblems(recipe),
    ...mixingProblems(recipe, facts),
    ...augmentationProblems(recipe, facts),
    ...groupProblems(recipe, plan),
  );
  return { plan, problems };
}

function targetProblems(recipe: Recipe, facts: DatasetFacts): readonly Problem[] {
  const problems: Problem[] = [];
  const task = facts.target.kind;
  if (lossDefinition(recipe.loss).task !== task)
    problems.push({
      place: "loss.type",
      expected: say`must suit the target, which is a ${TASKS[task]}`,
      received: quote(recipe.loss.type),
      remedy: say`Use ${namesFor(losses, task)}.`,
    });
  else
    for (const { field, ...misfit } of lossDefinition(recipe.loss).misfits(recipe.loss, targetCount(facts)))
      problems.push({ place: field === "" ? "loss" : `loss.${field}`, ...misfit });
  for (const [index, name] of recipe.metrics.entries()) {
    const { task: wanted, fewestClasses = 0 } = metricDefinition(name);
    if (recipe.metrics.indexOf(name) < index)
      problems.push({ place: `metrics[${index}]`, expected: say`must be named once`, received: say`${quote(name)} a second time`, remedy: say`Remove it.` });
    if (wanted !== task)
      problems.push({
        place: `metrics[${index}]`,
        expected: say`must suit the target, which is a ${TASKS[task]}`,
        received: quote(name),
        remedy: say`Use ${namesFor(metrics, task)}.`,
      });
    else if (task === "classification" && targetCount(facts) < fewestClasses)
      problems.push({
        place: `metrics[${index}]`,
        expected: say`needs at least ${fewestClasses} classes to say anything`,
        received: say`${quote(name)} for ${targetCount(facts)} classes`,
        remedy: say`Use "accuracy".`,
      });
  }
  if (task === "regression" && recipe.data.split.stratified)
    problems.push({
      place: "data.split.stratified",
      expected: say`must be false for a regression, which has no classes to stratify by`,
      received: "true",
      remedy: say`Set it to false.`,
    });
  return problems;
}

/** Number of classes, or of target values for a regression. */
function targetCount({ target }: DatasetFacts): number {
  return target.kind === "classification" ? target.classes.length : target.names.length;
}

function outputProblems(recipe: Recipe, facts: DatasetFacts, plan: ModelPlan): readonly Problem[] {
  const { kind } = facts.target;
  if (lossDefinition(recipe.loss).task !== kind) return [];
  const wanted = lossDefinition(recipe.loss).width(targetCount(facts));
  if (plan.outputShape.length === 1 && plan.outputShape[0] === wanted) return [];
  const one = kind === "regression" ? say`one number a target value` : wanted === targetCount(facts) ? say`one number a class` : say`one logit for two classes`;
  return [
    {
      place: `model.layers[${recipe.model.layers.length - 1}]`,
      expected: say`the last layer must give [${wanted}], ${one} of ${facts.name}`,
      received: `[${plan.outputShape.join(", ")}]`,
      remedy: say`End with a dense layer of ${wanted} units.`,
    },
  ];
}

function batchProblems({ batch }: Recipe, plan: ModelPlan, trainingLength: number): readonly Problem[] {
  if (batch.size === "full" && batch.accumulate > 1)
    return [
      {
        place: "batch.accumulate",
        expected: say`must be 1 where the batch is the whole training part`,
        received: String(batch.accumulate),
        remedy: say`Set it to 1, or give the batch a number.`,
      },
    ];
  if (batch.size !== "full" && batch.size > trainingLength)
    return [
      {
        place: "batch.size",
        expected: say`must be at most ${trainingLength}, the number of training samples after the split`,
        received: String(batch.size),
        remedy: say`Make the batch smaller.`,
      },
    ];
  if (batch.size !== "full" && batch.size * batch.accumulate > trainingLength)
    return [
      {
        place: "batch.accumulate",
        expected: say`must be at most ${Math.floor(trainingLength / batch.size)}, the number of training samples after the split over the batch size`,
        received: String(batch.accumulate),
        remedy: say`Accumulate fewer batches.`,
      },
    ];
  // For images, signals and volumes, the statistics also cover the spatial axes of one sample.
  const normalized = [...everyLayer(plan.layers)].find(
    ({ config, inputShape }) => layerDefinition(config).usesBatchStatistics && inputShape.slice(1).every((extent) => extent === 1),
  );
  if (normalized !== undefined && passSizes(batch, trainingLength).includes(1))
    return [
      {
        place: "batch.size",
        expected: say`must not leave a batch of one sample, of which ${normalized.name} could take no statistics`,
        received: batch.size === 1 ? "1" : say`${quote(batch.size)} for ${trainingLength} training samples, the last one alone`,
        remedy: batch.size === 1 ? say`Make it 2 or more, or use layerNorm or groupNorm.` : say`Make it one larger or smaller, or set batch.dropLast to true.`,
      },
    ];
  return [];
}

/** Settings that need a validation part. */
function validationProblems({ data, schedule, earlyStopping }: Recipe): readonly Problem[] {
  if (hasValidation(data.split)) return [];
  const watching = [
    ...(scheduleDefinition(schedule).reactive === undefined ? [] : [{ place: "schedule.type", received: quote(schedule.type) }]),
    ...(earlyStopping.type === "none" ? [] : [{ place: "earlyStopping.type", received: quote(earlyStopping.type) }]),
  ];
  return watching.map(({ place, received }) => ({
    place,
    expected: say`watches the validation part, and data.split.validation leaves none`,
    received,
    remedy: say`Give data.split.validation a fraction such as 0.15, or choose another.`,
  }));
}

function mixingProblems({ data, regularization, model }: Recipe, facts: DatasetFacts): readonly Problem[] {
  const problems: Problem[] = [];
  if (regularization.cutmix > 0 && facts.sampleShape.length < 2)
    problems.push({
      place: "regularization.cutmix",
      expected: say`needs samples with space to cut from: signals, images or volumes`,
      received: say`rows of ${shapeText(facts.sampleShape)} features`,
      remedy: say`Set it to 0, or use mixup.`,
    });
  const first = model.layers[0];
  const words = first !== undefined && layerDefinition(first).vocabulary !== undefined;
  if (words && data.standardize !== "none")
    problems.push({
      place: "data.standardize",
      expected: say`must be "none" where the inputs are words, which have no mean`,
      received: quote(data.standardize),
      remedy: say`Set it to "none".`,
    });
  for (const field of ["mixup", "inputNoise"] as const)
    if (words && regularization[field] > 0)
      problems.push({
        place: `regularization.${field}`,
        expected: say`must be 0 where the inputs are words, which cannot be mixed`,
        received: String(regularization[field]),
        remedy: say`Set it to 0.`,
      });
  return problems;
}

/** A line of the parameter groups that matches no parameter is likely a typing error. */
function groupProblems({ parameterGroups }: Recipe, plan: ModelPlan): readonly Problem[] {
  const addresses = [...everyLayer(plan.layers)].flatMap((layer) => layer.parameters.map(({ name }) => `${layer.name}/${name}`));
  return parameterGroups.flatMap(({ match }, index) =>
    addresses.some((address) => matches(match, address))
      ? []
      : [
          {
            place: `parameterGroups[${index}].match`,
            expected: say`must match a parameter's address; there are ${addresses.slice(0, 8).join(", ") + (addresses.length > 8 ? " …" : "")}`,
            received: quote(match),
            remedy: say`Correct it, with * for any characters.`,
          },
        ],
  );
}

function namesFor(registry: Readonly<Record<string, { readonly task: string }>>, task: string): Words {
  const fitting = Object.entries(registry).filter(([, entry]) => entry.task === task);
  return either(fitting.map(([name]) => quote(name)));
}
