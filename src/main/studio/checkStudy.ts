/** Checks a study together with its data: which share of its space can be trained, and in how much memory. */

import os from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import type { Point } from "../../shared/catalog/samplers/space.ts";
import { valueCount } from "../../shared/catalog/samplers/space.ts";
import type { StudyCheck } from "../../shared/contract/studies.ts";
import { Fault, type Problem, quote } from "../../shared/kit/fault.ts";
import { say } from "../../shared/kit/say.ts";
import { sizeText } from "../../shared/text/sizes.ts";
import { type CheckedStudy, parseStudy } from "../../shared/tuning/checkStudy.ts";
import { samplerReason } from "../../shared/tuning/definitions.ts";
import { cornerPoints, pointCount, randomPoints } from "../../shared/tuning/probe.ts";
import { dimensionOf } from "../../shared/tuning/space.ts";
import { recipeAt } from "../tuning/recipes.ts";
import type { CheckedRecipe } from "../tuning/trialRuns.ts";
import type { StudioContext } from "./context.ts";
import { checkTrial, describeOnce, usualTrials } from "./trialRuns.ts";

/** Every problem that can be found before the first trial. Never throws for an invalid study. */
export async function checkStudyOnData(
  context: Pick<StudioContext, "room">,
  input: unknown,
): Promise<StudyCheck & { readonly study: CheckedStudy | null; readonly dataset: string }> {
  const { study, problems } = parseStudy(input);
  const nothing = {
    warnings: [],
    trainable: { tried: 0, fraction: 0, example: null },
    points: null,
    reason: null,
    parallelTrials: 1,
    trialMemory: 0,
    dataset: "",
  };
  if (study === null || problems.length > 0) return { ...nothing, problems, study: null };
  const describe = describeOnce(context);
  const { facts, problem } = await checkTrial(study.recipe, describe);
  if (facts === null) return { ...nothing, problems: problem === null ? [] : [{ ...problem, place: `recipe.${problem.place}` }], study: null };
  const space = study.space.map(dimensionOf);
  const corners = await tryPoints(study, cornerPoints(space), (recipe) => checkTrial(recipe, describe));
  const random = await tryPoints(study, randomPoints(space, study.seed), (recipe) => checkTrial(recipe, describe));
  const tried = [...corners, ...random];
  const failed = tried.find((each) => each.checked.problem !== null);
  const fraction = random.filter(({ checked }) => checked.problem === null).length / random.length;
  const trialMemory = Math.max(0, ...tried.map(({ checked }) => checked.memory ?? 0));
  const parallelTrials = study.parallel.trials ?? usualTrials(study.parallel.threads);
  const example = failed?.checked.problem == null ? null : { point: failed.point, problem: failed.checked.problem };
  const none = tried.every(({ checked }) => checked.problem !== null);
  const found: Problem[] = [];
  if (none && example !== null) found.push(untrainable(example));
  if (trialMemory * parallelTrials > os.totalmem()) found.push(tooMuchMemory(parallelTrials, trialMemory));
  return {
    problems: found,
    warnings: example !== null && !none ? [partly(fraction, example)] : [],
    trainable: { tried: tried.length, fraction, example },
    points: pointCount(space, valueCount),
    reason: samplerReason(study),
    parallelTrials,
    trialMemory,
    study,
    dataset: facts.name,
  };
}

interface Tried {
  readonly point: Point;
  readonly checked: Pick<CheckedRecipe, "problem" | "memory">;
}

async function tryPoints(study: CheckedStudy, points: readonly Point[], check: (recipe: unknown) => Promise<CheckedRecipe>): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const point of points) {
    await breathe();
    tried.push({ point, checked: await checkAt(study, point, check) });
  }
  return tried;
}

async function checkAt(study: CheckedStudy, point: Point, check: (recipe: unknown) => Promise<CheckedRecipe>): Promise<Tried["checked"]> {
  try {
    return await check(recipeAt(study, point));
  } catch (error) {
    const [problem] = error instanceof Fault ? error.problems : [];
    if (problem === undefined) throw error;
    return { problem, memory: null };
  }
}

function untrainable({ point, problem }: { readonly point: Point; readonly problem: Problem }): Problem {
  return { ...problem, place: `space, at ${quote(point)}: ${problem.place}`, remedy: say`${problem.remedy} No point that was tried can be trained.` };
}

function partly(fraction: number, { point, problem }: { readonly point: Point; readonly problem: Problem }): Problem {
  return {
    place: "space",
    expected: say`should have only points that can be trained; about ${Math.round((1 - fraction) * 100)} % cannot, and proposals there are replaced and not counted`,
    received: say`${quote(point)}, where ${problem.place} ${problem.expected}`,
    remedy: problem.remedy,
  };
}

function tooMuchMemory(trials: number, bytes: number): Problem {
  const most = Math.max(1, Math.floor(os.totalmem() / bytes));
  return {
    place: "parallel.trials",
    expected: `must fit into this machine's memory of ${sizeText(os.totalmem())}, in which at most ${most} such trials do`,
    received: `${trials} at once of up to ${sizeText(bytes)} each`,
    remedy: `Set it to ${most}.`,
  };
}
