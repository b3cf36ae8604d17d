/**
 * Whatever a study has written when its host ends, the next host goes on exactly as the first would have: from every state that the history of an
 * undisturbed study ever had, the same trials follow, with the same ends. The trainings are played, the history and the driver are real.
 */
import { copyFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type History, openHistory } from "../../src/main/history/history.ts";
import type { TrialRun } from "../../src/main/history/runs.ts";
import { StudyDriver } from "../../src/main/tuning/driver.ts";
import type { TrialRuns } from "../../src/main/tuning/trialRuns.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import type { Recipe } from "../../src/shared/recipe/recipe.ts";
import { parseRecipe } from "../../src/shared/recipe/validate.ts";
import { requireStudy } from "../../src/shared/tuning/checkStudy.ts";
import { samplerDefinition } from "../../src/shared/tuning/definitions.ts";
import type { StudyInput } from "../../src/shared/tuning/study.ts";
import { insertRun, temporaryFolder } from "../history/fixtures.ts";
import { irisRecipe } from "../studio/harness.ts";

const EPOCHS = 4;
/** Every state with DESCENT_ALL_RESTARTS=1, which takes minutes; otherwise every seventh: the ends of epochs and trials are met in turn. */
const STRIDE = process.env.DESCENT_ALL_RESTARTS === "1" ? 1 : 7;

const study: StudyInput = {
  name: "played",
  recipe: { ...irisRecipe, budget: { epochs: EPOCHS } },
  space: [
    { type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 1, log: true },
    { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 2, max: 16 },
  ],
  objectives: [{ metric: "validation.loss" }],
  trials: 6,
  parallel: { trials: 1 },
  seed: 3,
};

const NO_DATA = { length: 150, givenTest: 0, givenValidation: 0 } as DatasetFacts;

/** Plays the trainings: with every look at them, each run that trains gets one epoch further. Its loss is a function of its recipe and the epoch. */
class PlayedRuns implements TrialRuns {
  version = 0;
  readonly #history: History;
  readonly #onChange: () => void;
  #runs = 0;

  constructor(history: History, onChange: () => void) {
    this.#history = history;
    this.#onChange = onChange;
  }

  async check(recipe: unknown) {
    const parsed = parseRecipe(recipe);
    // A part of the space cannot be trained.
    const units = Number(Object(parsed.recipe?.model.layers[0]).units);
    const problem = units === 7 ? { place: "units", expected: "must not be 7", received: "7", remedy: "Choose another." } : (parsed.problems[0] ?? null);
    return { problem, recipe: parsed.recipe, facts: NO_DATA, memory: null };
  }

  async start(recipe: unknown, of: { readonly study: number; readonly trial: number; readonly place: number }): Promise<TrialRun> {
    const id = `t${of.study}n${of.trial}p${of.place}x${this.#runs++}x${this.#history.runs.visible(true).length}`;
    const key = insertRun(this.#history, id, Object(recipe), of);
    return { key, id, ...of };
  }

  async resume({ key }: TrialRun): Promise<boolean> {
    this.#history.runs.update(key, { status: "queued" });
    return true;
  }

  halt({ key }: TrialRun, reason: "pause" | "stop"): void {
    this.#history.runs.update(key, { status: reason === "pause" ? "paused" : "stopped" });
  }

  summary({ key }: TrialRun) {
    return this.#history.runs.summary(key);
  }

  async changed(_version: number, signal: AbortSignal): Promise<void> {
    this.version++;
    await new Promise(setImmediate);
    if (signal.aborted) return;
    for (const { key, status, epoch } of this.#training()) this.#advance(key, status, epoch);
    this.#onChange();
  }

  #training() {
    return this.#history.runs.active().map(({ key }) => ({ key, ...this.#history.runs.summary(key) }));
  }

  #advance(key: number, status: string, epoch: number): void {
    const { runs, metrics, recipes } = this.#history;
    if (status === "queued") {
      runs.update(key, { status: "running" });
      return;
    }
    const recipe = recipes.read(runs.internals(key).recipe) as Recipe;
    const units = Number(Object(recipe.model.layers[0]).units);
    const rate = Number(Object(recipe.optimizer).lr);
    const next = epoch + 1;
    const value = Math.abs(Math.log10(rate) + 1.5) + units / 100 + 1 / next + 0.01 * recipe.seed;
    metrics.write(key, [{ name: "validation.loss", steps: [next * 7], epochs: [next], values: [value], wallTimeMs: 0 }]);
    runs.update(key, { step: next * 7, epoch: next, status: next === EPOCHS ? "completed" : "running" });
  }

  usualTrials = () => 1;
  tell = () => this.#onChange();
}

async function drive(history: History, key: number, onChange: () => void): Promise<void> {
  const runs = new PlayedRuns(history, onChange);
  const propose = async (...[task, config]: Parameters<ConstructorParameters<typeof StudyDriver>[3]>) => samplerDefinition(config).propose(task, config);
  const driver = new StudyDriver(history, key, runs, propose, "paused", (error) => {
    throw error;
  });
  await driver.ended;
}

function course(history: History, key: number): unknown {
  const { status, problems } = history.studies.get(key);
  const trials = history.trials
    .list(key)
    .map(({ number, state, origin, point, values, repeats, progress }) => ({ number, state, origin, point, values, repeats, progress }));
  return { status, problems, trials, rejected: history.trials.rejections(key).map(({ after, point }) => ({ after, point })) };
}

const CASES: Readonly<Record<string, Partial<StudyInput>>> = {
  "random points, some of which cannot be trained": { trials: 12 },
  "guesses and a baseline": { guesses: [{ rate: 0.1 }, { rate: 0.01, units: 4 }], baseline: 3 },
  "TPE with the median pruner": { sampler: { type: "tpe" }, pruner: { type: "median" }, trials: 10 },
  "ASHA, which continues pruned trials": { pruner: { type: "asha", factor: 2, minEpochs: 1 }, trials: 10 },
  "three seeds a trial": { repeats: { type: "seeds", count: 3 }, trials: 4 },
};

describe("a study that ends at any moment goes on as it would have", () => {
  for (const [name, change] of Object.entries(CASES))
    it(name, { timeout: 120_000 }, async () => {
      const folder = temporaryFolder();
      const file = path.join(folder, "history.sqlite");
      const history = openHistory(file);
      const json = requireStudy({ ...study, ...change });
      const key = history.studies.insert({ id: "study001", name: "played", status: "running", owner: "host", dataset: "iris", study: json });
      const states: string[] = [];
      await drive(history, key, () => {
        const copy = path.join(folder, `state-${states.length}.sqlite`);
        history.connection.pragma("wal_checkpoint(TRUNCATE)");
        copyFileSync(file, copy);
        states.push(copy);
      });
      const expected = course(history, key);
      expect(expected).toMatchObject({ status: "completed", problems: [] });
      history.connection.close();
      expect(states.length).toBeGreaterThan(20);
      for (const state of states.filter((_, at) => at % STRIDE === 0)) {
        const next = openHistory(state);
        // What the next host finds: nobody trains any more.
        next.connection.execute("UPDATE run SET status = 'interrupted' WHERE status IN ('queued', 'running')");
        next.studies.update(key, { status: "running" });
        await drive(next, key, () => {});
        expect(course(next, key), state).toEqual(expected);
        next.connection.close();
      }
    });
});
