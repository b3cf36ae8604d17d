/** Checks a study as far as its text alone allows: its schema, its recipe, its space, its objectives, its sampler and pruner. */
import { Fault, nearestName, type Problem, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import type { Words } from "../kit/words.ts";
import { type FieldSchema, fieldSchema } from "../recipe/fields.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { schemaProblems } from "../recipe/schemaProblems.ts";
import { hasValidation } from "../recipe/split.ts";
import { parseRecipe } from "../recipe/validate.ts";
import { spaceProblems } from "./checkSpace.ts";
import { prunerDefinition, samplerDefinition } from "./definitions.ts";
import { trialLength, UNKNOWN_LENGTHS } from "./length.ts";
import { isCost, validationMetric } from "./objectives.ts";
import { dimensionOf } from "./space.ts";
import { COSTS, STUDY_FORMAT, type Study, studySchema } from "./study.ts";

/** A study whose recipe has been checked too. */
export type CheckedStudy = Study & { readonly recipe: Recipe };

const fields: FieldSchema = fieldSchema(studySchema);

/** Parses any value as a study. `study` is null where its schema or its recipe is not valid; then nothing else is checked. */
export function parseStudy(input: unknown): { readonly study: CheckedStudy | null; readonly problems: readonly Problem[] } {
  if (isRecord(input) && typeof input.format === "number" && input.format > STUDY_FORMAT) return { study: null, problems: [newer(input.format)] };
  const read = studySchema.safeParse(input, { reportInput: true });
  if (!read.success) {
    const problems = schemaProblems(read.error.issues, input, fields);
    return { study: null, problems: problems.map((problem) => (problem.place === "recipe" && !isRecord(input) ? { ...problem, place: "study" } : problem)) };
  }
  const { recipe, problems: wrong } = parseRecipe(read.data.recipe);
  if (recipe === null) return { study: null, problems: wrong.map((problem) => ({ ...problem, place: `recipe.${problem.place}` })) };
  const study = { ...read.data, recipe };
  const problems = [...spaceProblems(study), ...objectiveProblems(study), ...repeatProblems(study), ...guessProblems(study)];
  return { study, problems: problems.length > 0 ? problems : [...samplerProblems(study), ...prunerProblems(study)] };
}

const WITHOUT_RECIPE: Problem = {
  place: "recipe",
  expected: { en: "must be there to train trials", ko: "시행을 학습하려면 있어야 합니다" },
  received: { en: "an imported study, which has none", ko: "가져온 스터디(레시피 없음)" },
  remedy: { en: "Write a study with your recipe and the same space.", ko: "레시피와 같은 공간으로 스터디를 새로 쓰세요." },
};

/** A study as it is stored: one that was imported from another program has no recipe, so it can be looked at and not trained. */
export type StoredStudy = Study & { readonly recipe: Recipe | null };

/** @throws Fault with every problem */
export function requireStored(input: unknown): StoredStudy {
  if (!isRecord(input) || input.recipe !== null) return requireStudy(input);
  const read = studySchema.safeParse(input, { reportInput: true });
  if (!read.success) throw new Fault("input", schemaProblems(read.error.issues, input, fields));
  return { ...read.data, recipe: null };
}

/** @throws Fault with every problem */
export function requireStudy(input: unknown): CheckedStudy {
  if (isRecord(input) && input.recipe === null) throw new Fault("input", [WITHOUT_RECIPE]);
  const { study, problems } = parseStudy(input);
  if (study === null || problems.length > 0) throw new Fault("input", problems);
  return study;
}

function newer(format: number): Problem {
  return {
    place: "format",
    expected: `must be at most ${STUDY_FORMAT}, the newest version of studies that this Descent reads`,
    received: String(format),
    remedy: "Open the study with the Descent that wrote it, or update this one.",
  };
}

function objectiveProblems({ objectives, recipe }: CheckedStudy): readonly Problem[] {
  const measured = ["loss", ...recipe.metrics];
  return objectives.flatMap(({ metric }, index): readonly Problem[] => {
    const place = `objectives[${index}].metric`;
    if (objectives.findIndex((other) => other.metric === metric) < index)
      return [{ place, expected: "must be named once", received: `${quote(metric)} a second time`, remedy: "Remove it." }];
    if (isCost(metric)) return [];
    if (metric === "test" || metric.startsWith("test."))
      return [
        {
          place,
          expected: "must not be of the test part: a search that looks at it chooses what suits these samples, and their result is then too good",
          received: quote(metric),
          remedy: `Search on ${quote(metric.replace(/^test\.?/, "validation.") || "validation.loss")}; the winner is tested once at its end.`,
        },
      ];
    const name = validationMetric(metric);
    if (name === null || !measured.includes(name)) return [unreported(place, metric, measured)];
    if (hasValidation(recipe.data.split)) return [];
    return [
      {
        place,
        expected: "needs a validation part, on which trials are compared",
        received: "a recipe whose data.split.validation is 0",
        remedy: "Set recipe.data.split.validation, to 0.2 for instance.",
      },
    ];
  });
}

function unreported(place: string, metric: string, measured: readonly string[]): Problem {
  const names = [...measured.map((name) => `validation.${name}`), ...Object.keys(COSTS)];
  const near = nearestName(metric, names);
  const known = validationMetric(metric);
  return {
    place,
    expected: `must be one that every trial reports: ${names.join(", ")}`,
    received: quote(metric),
    remedy:
      near !== undefined
        ? `Did you mean ${quote(near)}?`
        : known !== null
          ? `Add ${quote(known)} to recipe.metrics, or choose one of these.`
          : "Choose one of these.",
  };
}

function repeatProblems({ repeats, recipe }: CheckedStudy): readonly Problem[] {
  const { type } = recipe.data.split.method;
  if (repeats.type !== "folds" || type === "kFold" || type === "repeatedKFold" || type === "leaveOneOut") return [];
  return [
    {
      place: "repeats.type",
      expected: 'must not be "folds" for a split without folds',
      received: `a recipe whose data.split.method is ${quote(type)}`,
      remedy: 'Set recipe.data.split.method to {"type": "kFold"}, or repeat over seeds.',
    },
  ];
}

function guessProblems({ guesses, space }: CheckedStudy): readonly Problem[] {
  const names = space.map(({ name }) => name);
  return guesses.flatMap((guess, index) =>
    Object.entries(guess).flatMap(([name, value]): readonly Problem[] => {
      const parameter = space.find((each) => each.name === name);
      const place = `guesses[${index}].${name}`;
      if (parameter === undefined) {
        const near = nearestName(name, names);
        return [
          {
            place,
            expected: `must be a parameter of the space: ${names.join(", ")}`,
            received: quote(name),
            remedy: near === undefined ? "Correct its name, or add it to the space." : `Did you mean ${quote(near)}?`,
          },
        ];
      }
      const expected = misfitOf(parameter, value);
      return expected === null ? [] : [{ place, expected, received: quote(value), remedy: "Choose a value within the space, or widen the space." }];
    }),
  );
}

/** What a value of the parameter must be, if this is none. */
function misfitOf(parameter: Study["space"][number], value: unknown): string | null {
  if (parameter.type === "choice") return parameter.values.some((each) => each === value) ? null : `must be one of ${parameter.values.map(quote).join(", ")}`;
  const { min, max, type } = parameter;
  const fits = typeof value === "number" && value >= min && value <= max && (type === "float" || Number.isInteger(value));
  return fits ? null : `must be ${type === "integer" ? "a whole number" : "a number"} from ${min} to ${max}`;
}

function samplerProblems({ sampler, space, objectives }: CheckedStudy): readonly Problem[] {
  const definition = samplerDefinition(sampler);
  return unfit("sampler.type", sampler.type, definition.misfit?.(space.map(dimensionOf), objectives.length) ?? null, "Choose another sampler.");
}

function prunerProblems(study: CheckedStudy): readonly Problem[] {
  const { pruner, repeats } = study;
  const definition = prunerDefinition(pruner);
  if (definition.over === "repeats" && repeats.type === "none")
    return [
      {
        place: "repeats.type",
        expected: "must repeat each trial, because this pruner compares repeats",
        received: '"none"',
        remedy: "Repeat over seeds or folds, or choose another pruner.",
      },
    ];
  if (definition.over === "epochs" && pruner.type !== "none" && study.objectives[0] !== undefined && isCost(study.objectives[0].metric))
    return [
      {
        place: "objectives[0].metric",
        expected: "must be a metric, because the pruner compares its curve over the epochs",
        received: quote(study.objectives[0].metric),
        remedy: "Put a metric first, or use no pruner.",
      },
    ];
  return unfit(
    "pruner.type",
    pruner.type,
    definition.misfit?.(pruner, trialLength(study, UNKNOWN_LENGTHS)) ?? null,
    "Choose another pruner, or change its settings.",
  );
}

function unfit(place: string, type: string, misfit: Words | null, remedy: string): readonly Problem[] {
  return misfit === null ? [] : [{ place, expected: `must ${misfit.en}`, received: quote(type), remedy }];
}
