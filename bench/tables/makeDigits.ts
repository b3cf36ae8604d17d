/**
 * Makes the table of real trainings (digits.ts): `node bench/tables/makeDigits.ts` trains every configuration that the file lacks, in turn, on one
 * thread, and goes on where it was stopped. `--check N` trains N configurations of a finished table again and says how far their curves are apart.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EvaluationProgram } from "../../src/main/engine/programs/evaluate.ts";
import { layoutOf, TrainingProgram } from "../../src/main/engine/programs/train.ts";
import type { State } from "../../src/main/engine/state.ts";
import { evaluateFeed } from "../../src/main/training/evaluation.ts";
import { epochOrder, type Feed, openFeed } from "../../src/main/training/feed.ts";
import { controlsOf } from "../../src/main/training/loop/course.ts";
import { type PreparedData, prepareData, programSources } from "../../src/main/training/prepare.ts";
import type { Point } from "../../src/shared/catalog/samplers/space.ts";
import { at, internal } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { samplesPerStep, stepSizes, stepsPerEpoch } from "../../src/shared/recipe/batch.ts";
import { startOfStopping } from "../../src/shared/recipe/earlyStopping.ts";
import type { Recipe } from "../../src/shared/recipe/recipe.ts";
import { BYTES, codeOfLoss, configurations, DIVERGED, digitsTable, EPOCHS, recipeOf, TABLE_FILE, VALIDATION } from "./digits.ts";

/** Configurations between two writes of the file. */
const SAVE_EVERY = 50;

interface Parts {
  readonly train: Feed;
  readonly validation: Feed;
  readonly data: PreparedData;
}

/** The programs of a recipe; those that differ in the learning rate alone share them, because the rate is an input. */
interface Programs {
  readonly key: string;
  readonly initial: () => State;
  readonly steps: ReadonlyMap<number, TrainingProgram>;
  readonly evaluation: EvaluationProgram;
}

async function compile(recipe: Recipe, { data, train, validation }: Parts, key: string): Promise<Programs> {
  const { source } = programSources(recipe, data);
  const layout = layoutOf(source);
  const options = { threads: 1 };
  const steps = new Map<number, TrainingProgram>();
  for (const size of stepSizes(recipe.batch, train.length)) steps.set(size, await TrainingProgram.compile(source, layout, size, options));
  const evaluation = await EvaluationProgram.compile(source, layout, [validation.length], options);
  return { key, initial: () => layout.initialize(recipe.seed), steps, evaluation };
}

async function dispose({ steps, evaluation }: Programs): Promise<void> {
  for (const program of steps.values()) await program.dispose();
  await evaluation.dispose();
}

/** The codes of a training's curve, accuracy and loss by turns. */
async function curveOf(recipe: Recipe, { steps, evaluation, initial }: Programs, { train, validation }: Parts): Promise<Uint16Array> {
  const codes = new Uint16Array(2 * EPOCHS).fill(DIVERGED);
  const size = samplesPerStep(recipe.batch, train.length);
  const perEpoch = stepsPerEpoch(recipe.batch, train.length);
  const course = { schedule: null, stopping: startOfStopping() };
  let state = initial();
  let step = 0;
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const order = epochOrder(recipe.seed, epoch, train.length);
    // The whole steps in one call, then the smaller one at the end of the epoch.
    for (let done = 0; done < order.length; ) {
      const rest = order.length - done;
      const [count, batch] = rest >= size ? [Math.floor(rest / size), size] : [1, rest];
      const program = steps.get(batch);
      if (program === undefined) throw internal(`no program for batches of ${batch}`);
      const { data, rows } = await train.rows(order.subarray(done, done + count * batch), epoch);
      const result = await program.run(state, data, rows, step, controlsOf(recipe, course, step, count, perEpoch));
      if (!result.loss.every(Number.isFinite)) return codes;
      state = result.state;
      step += count;
      done += count * batch;
    }
    const measured = await evaluateFeed(evaluation, validation, state, "validation", () => false);
    const [loss = Number.NaN, accuracy = Number.NaN] = [measured?.["validation.loss"], measured?.["validation.accuracy"]];
    if (!Number.isFinite(loss)) return codes;
    codes[2 * epoch - 2] = 1 + Math.round(accuracy * validation.length);
    codes[2 * epoch - 1] = codeOfLoss(loss);
  }
  return codes;
}

function save(table: Buffer): void {
  writeFileSync(`${TABLE_FILE}.part`, table);
  renameSync(`${TABLE_FILE}.part`, TABLE_FILE);
}

const isMade = (table: Buffer, number: number) => table.readUInt16LE(number * BYTES) !== 0;

/** Trains the configurations with these numbers and hands over each curve. */
async function trainAll(points: readonly Point[], numbers: readonly number[], take: (number: number, codes: Uint16Array) => void): Promise<void> {
  const [first] = points;
  if (first === undefined) throw internal("a table without configurations");
  const data = await prepareData(recipeOf(first));
  const { dataset, split } = data;
  const parts = { data, train: await openFeed(dataset, split.train, "train"), validation: await openFeed(dataset, split.validation, "validation") };
  if (split.validation.length !== VALIDATION) throw internal(`the validation set has ${split.validation.length} samples`);
  let programs: Programs | null = null;
  for (const number of numbers) {
    const recipe = recipeOf(at(points, number));
    const key = JSON.stringify({ ...recipe, optimizer: { ...recipe.optimizer, lr: 0 } });
    if (programs?.key !== key) {
      if (programs !== null) await dispose(programs);
      programs = await compile(recipe, parts, key);
    }
    take(number, await curveOf(recipe, programs, parts));
  }
  if (programs !== null) await dispose(programs);
  await data.close();
}

async function make(): Promise<void> {
  const points = configurations();
  const table = existsSync(TABLE_FILE) ? readFileSync(TABLE_FILE) : Buffer.alloc(points.length * BYTES);
  if (table.length !== points.length * BYTES) throw new Error(`${TABLE_FILE} is of another space: delete it`);
  const missing = [...points.keys()].filter((number) => !isMade(table, number));
  let made = 0;
  const startedAt = performance.now();
  await trainAll(points, missing, (number, codes) => {
    for (const [i, code] of codes.entries()) table.writeUInt16LE(code, number * BYTES + 2 * i);
    made += 1;
    if (made % SAVE_EVERY !== 0 && made !== missing.length) return;
    save(table);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(`${points.length - missing.length + made} of ${points.length}, ${(seconds / made).toFixed(2)} s each`);
  });
}

/** Trains some configurations again. The figures of another processor differ by rounding, which training amplifies. */
async function check(count: number): Promise<void> {
  const points = configurations();
  const lookUp = digitsTable();
  const numbers = [...new RandomStream(1, "table/check").permutation(points.length).subarray(0, count)].sort((a, b) => a - b);
  const differences: number[] = [];
  await trainAll(points, numbers, (number, codes) => {
    const { accuracy } = lookUp(at(points, number));
    const again = at(codes, 2 * EPOCHS - 2);
    const [before, now] = [accuracy.at(-1) ?? Number.NaN, again === DIVERGED ? Number.NaN : (again - 1) / VALIDATION];
    const difference = Number.isNaN(before) && Number.isNaN(now) ? 0 : Math.abs(before - now);
    differences.push(difference);
    console.log(`${JSON.stringify(points[number])}: ${before.toFixed(4)} in the table, ${now.toFixed(4)} now`);
  });
  differences.sort((a, b) => a - b);
  console.log(`median difference of the last accuracy: ${at(differences, Math.floor(count / 2)).toFixed(4)}, largest ${at(differences, count - 1).toFixed(4)}`);
}

const { values } = parseArgs({ options: { check: { type: "string" } } });
await (values.check === undefined ? make() : check(Number(values.check)));
