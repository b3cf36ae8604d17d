/**
 * How well the samplers search, beside Optuna's in the same run: on functions whose lowest value is known, the best value after 25, 50 and 100 trials, as
 * median and quartiles over seeds; and how long one proposal takes after 10, 100 and 1,000 trials. `npm run bench -- --only search`.
 */
import { setImmediate } from "node:timers/promises";
import { samplers } from "../src/shared/catalog/samplers/index.ts";
import { quasiRandomPoint } from "../src/shared/catalog/samplers/quasiRandom.ts";
import type { Observation, SamplerDefinition } from "../src/shared/catalog/samplers/sampler.ts";
import { at } from "../src/shared/kit/fault.ts";
import { RandomStream } from "../src/shared/math/random.ts";
import { quantilePosition } from "../src/shared/math/statistics.ts";
import { busyShare } from "./load.ts";
import { functions, type TestFunction } from "./search/functions.ts";
import { OPTUNA_SAMPLERS, Optuna, type OptunaSampler } from "./search/optuna.ts";

const AFTER = [25, 50, 100];
const TRIALS = 100;
const CHECKED_POINTS = 20;
/** The function on which proposals are timed, and after how many trials. */
const TIMED = "hartmann";
const TIMED_AFTER = [10, 100, 1000];
const TIMED_PROPOSALS = 5;

type Config = ReturnType<(typeof samplers)[keyof typeof samplers]["schema"]["parse"]>;
const definitions: readonly (readonly [string, SamplerDefinition<Config>])[] = Object.entries(samplers);

export interface SearchOptions {
  readonly seeds: number;
  /** Names of functions and of our samplers; all where absent. */
  readonly functions: readonly string[] | null;
  readonly samplers: readonly string[] | null;
}

export interface SearchRow {
  readonly function: string;
  readonly by: "Descent" | "Optuna";
  readonly sampler: string;
  readonly seeds: number;
  /** For each of {@link AFTER}: median and quartiles of the best value. */
  readonly best: readonly { readonly after: number; readonly low: number; readonly median: number; readonly high: number }[];
}

export interface TimeRow {
  readonly by: "Descent" | "Optuna";
  readonly sampler: string;
  /** Milliseconds of a proposal, for each of {@link TIMED_AFTER}. */
  readonly milliseconds: readonly number[];
}

/** @param tell called with every row as soon as it is known */
export async function measureSearch(options: SearchOptions, tell: (row: SearchRow | TimeRow) => void): Promise<void> {
  const optuna = await Optuna.start();
  if (optuna === null) console.error("/usr/bin/python3 has no optuna here: Descent's samplers are measured alone. Debian's package is python3-optuna.");
  else console.error(`Optuna ${optuna.version}`);
  try {
    for (const [name, tested] of chosen(Object.entries(functions), options.functions)) {
      console.error(`${tested.title} …`);
      if (optuna !== null) await compareValues(optuna, name, tested);
      await Promise.all([searchHere(name, tested, options, tell), optuna === null ? null : searchThere(optuna, name, tested, options.seeds, tell)]);
    }
    console.error(`time of a proposal, while others use ${((await busyShare()) * 100).toFixed(0)} % of the processors …`);
    for (const [sampler, definition] of fitting(at(chosen(Object.entries(functions), [TIMED]), 0)[1], options.samplers))
      tell({ by: "Descent", sampler, milliseconds: TIMED_AFTER.map((trials) => timeOf(sampler, definition, trials)) });
    if (optuna !== null) await timeThere(optuna, tell);
  } finally {
    optuna?.kill();
  }
}

function chosen<T>(all: readonly (readonly [string, T])[], names: readonly string[] | null): readonly (readonly [string, T])[] {
  for (const name of names ?? [])
    if (all.every(([each]) => each !== name)) throw new Error(`nothing is named ${name}; there are ${all.map(([each]) => each).join(", ")}`);
  return all.filter(([name]) => names?.includes(name) ?? true);
}

function fitting({ space }: TestFunction, names: readonly string[] | null): typeof definitions {
  return chosen(definitions, names).filter(([, definition]) => (definition.misfit?.(space, 1) ?? null) === null);
}

/** Both sides mean the same function. */
async function compareValues(optuna: Optuna, name: string, { space, value }: TestFunction): Promise<void> {
  const points = Array.from({ length: CHECKED_POINTS }, (_, i) => quasiRandomPoint(space, i, 1));
  for (const [i, theirs] of (await optuna.check(name, points)).entries()) {
    const ours = value(at(points, i));
    if (!(Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours))))
      throw new Error(`${name} is ${ours} here and ${theirs} in Python, at ${JSON.stringify(points[i])}`);
  }
}

async function searchHere(name: string, tested: TestFunction, { seeds, samplers: names }: SearchOptions, tell: (row: SearchRow) => void): Promise<void> {
  for (const [sampler, definition] of fitting(tested, names)) {
    const bests: (readonly number[])[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      bests.push(bestAfter(searchOnce(definition, definition.schema.parse({ type: sampler }), tested, seed)));
      // So that Optuna's process is asked meanwhile.
      await setImmediate();
    }
    tell(summary(name, "Descent", sampler, bests));
  }
}

async function searchThere(optuna: Optuna, name: string, { space, noise }: TestFunction, seeds: number, tell: (row: SearchRow) => void): Promise<void> {
  for (const sampler of OPTUNA_SAMPLERS) {
    const bests: (readonly number[])[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const found = await optuna.search({ search: name, space, sampler, seed, trials: TRIALS, noise });
      if ("missing" in found) console.error(`Optuna's ${sampler} is left out: ${found.missing}`);
      if ("missing" in found) break;
      bests.push(bestAfter(found));
    }
    if (bests.length > 0) tell(summary(name, "Optuna", sampler, bests));
  }
}

interface Search {
  /** Without noise, in order of the trials. */
  readonly values: readonly number[];
  /** What the sampler was told. */
  readonly seen: readonly number[];
}

function searchOnce(definition: SamplerDefinition<Config>, config: Config, { space, value, noise }: TestFunction, seed: number): Search {
  const noises = new RandomStream(seed, "bench/noise");
  const observations: Observation[] = [];
  const values: number[] = [];
  const seen: number[] = [];
  while (values.length < TRIALS) {
    const point = definition.propose({ space, objectives: 1, observations, trials: TRIALS, seed }, config);
    if (point === null) break;
    values.push(value(point));
    seen.push(value(point) + noise * noises.normal(seen.length));
    observations.push({ point, state: "completed", values: [at(seen, seen.length - 1)], progress: 1 });
  }
  return { values, seen };
}

/** The value without noise of the trial that looked best, after each number of trials. */
function bestAfter({ values, seen }: Search): readonly number[] {
  return AFTER.map((count) => at(values, seen.indexOf(Math.min(...seen.slice(0, count)))));
}

function summary(name: string, by: SearchRow["by"], sampler: string, bests: readonly (readonly number[])[]): SearchRow {
  const best = AFTER.map((after, i) => {
    const sorted = bests.map((each) => at(each, i)).sort((a, b) => a - b);
    return { after, low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
  });
  return { function: name, by, sampler, seeds: bests.length, best };
}

function quantile(sorted: readonly number[], fraction: number): number {
  const { rank, share } = quantilePosition(sorted.length, fraction);
  return at(sorted, rank) * (1 - share) + (sorted[rank + 1] ?? 0) * share;
}

/** The median time of some proposals after a number of quasi-random trials; the first one, which compiles, is not counted. */
function timeOf(sampler: string, definition: SamplerDefinition<Config>, trials: number): number {
  const { space, value } = at(chosen(Object.entries(functions), [TIMED]), 0)[1];
  const observations = Array.from({ length: trials }, (_, i): Observation => {
    const point = quasiRandomPoint(space, i, 1);
    return { point, state: "completed", values: [value(point)], progress: 1 };
  });
  const times = Array.from({ length: TIMED_PROPOSALS + 1 }, (_, seed) => {
    const start = performance.now();
    definition.propose({ space, objectives: 1, observations, trials: 2 * trials, seed }, definition.schema.parse({ type: sampler }));
    return performance.now() - start;
  });
  return quantile(
    times.slice(1).sort((a, b) => a - b),
    0.5,
  );
}

async function timeThere(optuna: Optuna, tell: (row: TimeRow) => void): Promise<void> {
  const { space } = at(chosen(Object.entries(functions), [TIMED]), 0)[1];
  for (const sampler of OPTUNA_SAMPLERS) {
    const milliseconds = await timesThere(optuna, space, sampler);
    if (milliseconds.length > 0) tell({ by: "Optuna", sampler, milliseconds });
  }
}

async function timesThere(optuna: Optuna, space: TestFunction["space"], sampler: OptunaSampler): Promise<readonly number[]> {
  const times: number[] = [];
  for (const trials of TIMED_AFTER) {
    const found = await optuna.time(TIMED, space, sampler, trials);
    if (!("missing" in found)) times.push(found.milliseconds);
  }
  return times;
}

export function printSearch(rows: readonly (SearchRow | TimeRow)[]): void {
  const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
  const head = (columns: readonly string[]) => {
    line(columns);
    line(columns.map((_, i) => (i === 0 ? "---" : "---:")));
  };
  const found = rows.filter((row) => "best" in row);
  for (const [name, of] of Map.groupBy(found, (row) => row.function)) {
    const { title, lowest } = functions[name] ?? { title: name, lowest: Number.NaN };
    console.log(`\n${title}, lowest value ${lowest}; best value, median [quartiles] over ${Math.max(...of.map(({ seeds }) => seeds))} seeds`);
    head(["sampler", ...AFTER.map((after) => `${after} trials`)]);
    // Both sides search at the same time, so their rows come mixed.
    for (const { by, sampler, best } of of.toSorted((a, b) => a.by.localeCompare(b.by)))
      line([`${by} ${sampler}`, ...best.map(({ low, median, high }) => `${short(median)} [${short(low)} ${short(high)}]`)]);
  }
  console.log(`\nmilliseconds of one proposal on ${functions[TIMED]?.title}`);
  head(["sampler", ...TIMED_AFTER.map((trials) => `after ${trials}`)]);
  for (const row of rows) if ("milliseconds" in row) line([`${row.by} ${row.sampler}`, ...row.milliseconds.map((time) => time.toFixed(time < 1 ? 2 : 1))]);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
