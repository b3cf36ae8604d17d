/** The next trial of a study: a guess, a point of the sampler, or one of the baseline. A point that cannot be trained is replaced, and not counted. */

import type { SamplerTask } from "../../shared/catalog/samplers/sampler.ts";
import { sobol } from "../../shared/catalog/samplers/sobol.ts";
import { makePoint, type Point, valueAt } from "../../shared/catalog/samplers/space.ts";
import { Fault, type Problem } from "../../shared/kit/fault.ts";
import { say } from "../../shared/kit/say.ts";
import { RandomStream } from "../../shared/math/random.ts";
import { ownProperty } from "../../shared/recipe/fields.ts";
import { guessesMade } from "../../shared/tuning/next.ts";
import { baselineObservations, observations } from "../../shared/tuning/observe.ts";
import { dimensionOf } from "../../shared/tuning/space.ts";
import type { Study } from "../../shared/tuning/study.ts";
import { hasEnded } from "../../shared/tuning/trial.ts";
import type { TrialRow } from "../history/studyRow.ts";
import { recipeAt } from "./recipes.ts";
import type { StudyRecord } from "./record.ts";
import type { CheckedRecipe, TrialRuns } from "./trialRuns.ts";

/** So many proposals in a row that cannot be trained end the study. */
const MOST_REJECTED = 200;
/** Keeps the baseline's draws apart from those of the study's own sampler. */
const BASELINE_SEED = 0x9e3779b9;

type Origin = "sampler" | "guess" | "baseline";
/** Asks a sampler for a point, perhaps in a process of its own. */
export type Propose = (task: SamplerTask, config: Study["sampler"]) => Promise<Point | null>;

export class Proposals {
  readonly #record: StudyRecord;
  readonly #runs: TrialRuns;
  readonly #propose: Propose;

  constructor(record: StudyRecord, runs: TrialRuns, propose: Propose) {
    this.#record = record;
    this.#runs = runs;
    this.#propose = propose;
  }

  /**
   * Records the next trial. Null where the sampler has no point left, or the signal was aborted.
   * @throws Fault if no point can be trained
   */
  async next(origin: Origin, totalEpochs: number, signal: AbortSignal): Promise<TrialRow | null> {
    const record = this.#record;
    let first: Problem | null = null;
    for (let rejected = 0; rejected < MOST_REJECTED; rejected++) {
      const point = await this.#point(origin);
      if (point === null || signal.aborted) return null;
      const { problem } = await this.#check(point);
      if (signal.aborted) return null;
      const pending = record.trials.filter((trial) => !hasEnded(trial)).map(({ number }) => number);
      if (problem === null) return record.propose({ origin, point, pending, totalEpochs });
      if (origin === "guess") {
        // The user's own point is not replaced by another one.
        const { number } = record.propose({ origin, point, pending, totalEpochs });
        record.change(number, { state: "failed", problems: [problem], endedAt: Date.now() });
        return record.trial(number);
      }
      record.reject({ after: record.trials.length, baseline: origin === "baseline", point, problem });
      first ??= problem;
    }
    throw new Fault("input", [
      {
        place: "space",
        expected: say`must have points that can be trained`,
        received:
          first === null
            ? say`${MOST_REJECTED} proposals in a row that cannot`
            : say`${MOST_REJECTED} proposals in a row that cannot; the first because ${first.place} ${first.expected}`,
        remedy: say`Narrow the space, or change the recipe.`,
      },
    ]);
  }

  async #point(origin: Origin): Promise<Point | null> {
    const { study, trials, rejections, objectives } = this.#record;
    const space = study.space.map(dimensionOf);
    const task = { space, objectives: objectives.length, trials: study.trials, seed: study.seed };
    if (origin === "baseline") {
      const seed = (study.seed + BASELINE_SEED) % Number.MAX_SAFE_INTEGER;
      return sobol.propose({ ...task, observations: baselineObservations(trials, rejections), trials: study.baseline, seed });
    }
    const proposed = await this.#propose({ ...task, observations: observations(space, objectives, trials, rejections) }, study.sampler);
    if (origin === "sampler") return proposed;
    const guess = study.guesses[guessesMade(trials)] ?? {};
    const draws = new RandomStream(study.seed, `guess/${trials.length}`);
    // What the guess leaves out is the sampler's, where it has a value there.
    return makePoint(
      space,
      (dimension, index) => ownProperty(guess, dimension.name) ?? ownProperty(proposed ?? {}, dimension.name) ?? valueAt(dimension, draws.uniform(index)),
    );
  }

  async #check(point: Point): Promise<Pick<CheckedRecipe, "problem">> {
    try {
      return await this.#runs.check(recipeAt(this.#record.study, point));
    } catch (error) {
      const [problem] = error instanceof Fault ? error.problems : [];
      if (problem === undefined) throw error;
      return { problem };
    }
  }
}
