/** `descent train RECIPE --folds`: trains every fold of a cross-validation in turn, and summarizes them. */
import { InvalidArgumentError } from "commander";
import { faultOf } from "../../../../shared/contract/faults.ts";
import type { RunSummary } from "../../../../shared/contract/runs.ts";
import { describeProblem, Fault, type Problem } from "../../../../shared/kit/fault.ts";
import type { FoldCourse } from "../../../../shared/recipe/foldEpoch.ts";
import { foldRecipes, MOST_FOLD_RUNS } from "../../../../shared/recipe/foldRuns.ts";
import type { Recipe } from "../../../../shared/recipe/recipe.ts";
import { ExitStatus } from "../exitStatus.ts";
import { chosenEpoch, describeFolds, type FoldResult, summaryOf } from "../foldsText.ts";
import { exitStatusOf, type FollowOptions, followToEnd } from "../following.ts";
import { inEnglish } from "../inEnglish.ts";
import { Interruption } from "../interruption.ts";
import { sparseRows } from "../metricRows.ts";
import { OutputClosed } from "../output.ts";
import type { Session } from "../session.ts";

export interface FoldsOptions extends Pick<FollowOptions, "session" | "output" | "homeOption"> {
  /** As loaded, not validated yet. */
  readonly recipe: unknown;
  readonly checkpointEvery: number | null;
  /** Rounds of the bootstrap; null if not given. */
  readonly rounds: number | null;
}

/** Parses the number of `--folds 20`. A text that is not a number is most likely the recipe in the wrong place. */
export function rounds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > MOST_FOLD_RUNS)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_FOLD_RUNS}. The recipe goes before --folds.`);
  return value;
}

/**
 * Trains every fold. A failed fold does not stop the others; a signal halts the present one with a checkpoint.
 * @returns 0 if every fold was completed, 130 after a signal, 1 otherwise
 * @throws Fault if the recipe is invalid or its split is a single run
 */
export async function trainFolds(options: FoldsOptions): Promise<number> {
  const { session, output } = options;
  const recipes = await recipesOf(session, options.recipe, options.rounds);
  // Kept over all folds, so that a signal between two folds is handled too.
  const interruption = new Interruption();
  const results: FoldResult[] = [];
  try {
    for (const [index, recipe] of recipes.entries()) {
      if (interruption.happened) break;
      const result = await trainFold(recipe, index, options);
      results.push(result);
      for (const problem of result.problems) output.note(`${recipe.name}: ${describeProblem(problem)}`);
      if (exitStatusOf(result) === ExitStatus.interrupted) break;
    }
    await session.close();
    return await conclude(results, recipes, options);
  } finally {
    interruption.stopListening();
  }
}

async function recipesOf({ client }: Session, input: unknown, count: number | null): Promise<readonly Recipe[]> {
  const { recipe, facts, problems } = await client.recipes.check({ recipe: input });
  if (recipe === null || facts === undefined) throw new Fault("input", problems);
  const recipes = foldRecipes(recipe, facts, count);
  if (problems.length > 0) throw new Fault("input", problems);
  return recipes;
}

async function trainFold(recipe: Recipe, index: number, { session, output, homeOption, checkpointEvery }: FoldsOptions): Promise<FoldResult> {
  const interruption = new Interruption();
  const begin = () => session.client.runs.start({ recipe, checkpointEvery });
  try {
    const run = await followToEnd({ session, output, homeOption, begin, quietJson: true }, interruption);
    const course = run.status === "completed" ? await courseOf(session, run, recipe) : new Map();
    return { index, name: recipe.name, run, status: run.status, problems: run.problems, course };
  } catch (error) {
    // A fold that cannot be started: folds differ in size, so a batch may fit one and not another.
    const problems: readonly Problem[] | undefined = faultOf(error)?.problems;
    if (problems === undefined) throw error;
    return { index, name: recipe.name, run: null, status: "failed", problems, course: new Map() };
  } finally {
    interruption.stopListening();
  }
}

/** The validation metrics after each epoch. */
async function courseOf({ client }: Session, run: RunSummary, { metrics }: Recipe): Promise<FoldCourse> {
  const course = new Map<number, Record<string, number>>();
  for await (const rows of sparseRows(
    client,
    run,
    ["loss", ...metrics].map((name) => `validation.${name}`),
  ))
    for (const { epoch, name, value } of rows) course.set(epoch, { ...course.get(epoch), [name]: value });
  return course;
}

async function conclude(results: readonly FoldResult[], recipes: readonly Recipe[], options: FoldsOptions): Promise<number> {
  const { output, homeOption } = options;
  const status = statusOf(results, recipes.length);
  const finished = results.filter((result) => result.status === "completed").length;
  if (status === ExitStatus.interrupted) {
    const halted = results.at(-1);
    const resume = halted?.run != null && halted.status !== "completed" ? ` Continue with ${halted.name}: descent resume ${halted.run.id}${homeOption}` : "";
    output.note(`Interrupted: ${finished} of ${recipes.length} folds finished.${resume}`);
  }
  try {
    if (output.json) await output.object(objectOf(results, recipes, finished, status));
    else for (const line of describeFolds(results, recipes)) await output.line(line);
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
  return status;
}

function statusOf(results: readonly FoldResult[], wanted: number): number {
  const statuses = results.map(exitStatusOf);
  if (results.length < wanted || statuses.includes(ExitStatus.interrupted)) return ExitStatus.interrupted;
  return statuses.includes(ExitStatus.failed) ? ExitStatus.failed : ExitStatus.done;
}

function objectOf(results: readonly FoldResult[], recipes: readonly Recipe[], finished: number, status: number): object {
  const chosen = chosenEpoch(results, recipes);
  const words: Readonly<Record<number, RunSummary["status"]>> = { [ExitStatus.done]: "completed", [ExitStatus.interrupted]: "interrupted" };
  return {
    type: "folds",
    status: words[status] ?? "failed",
    method: recipes[0]?.data.split.method.type,
    total: recipes.length,
    finished,
    // The epoch of all folds' metrics and of the summary.
    epoch: chosen === null ? null : { ...chosen, rule: "best mean over the folds" },
    folds: results.map(({ index, name, run, status: ended, problems, course }) => ({
      // As in the recipe, from 0.
      fold: index,
      name,
      run: run?.id ?? null,
      status: ended,
      best: run?.best ?? null,
      metrics: (chosen === null ? null : course.get(chosen.epoch)) ?? null,
      ...(problems.length > 0 ? { problems: inEnglish(problems) } : {}),
    })),
    summary: Object.fromEntries(summaryOf(results, recipes)),
  };
}
