/** What every pruner promises. Each rule throws where a pruner breaks it; pruners.test.ts holds them against the registry, prunerMistakes.test.ts against mistakes. */
import { expect } from "vitest";
import type { pruners } from "../../src/shared/catalog/pruners/index.ts";
import type { Curve, PrunerDefinition, PrunerTask } from "../../src/shared/catalog/pruners/pruner.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

export type PrunerConfig = ReturnType<(typeof pruners)[keyof typeof pruners]["schema"]["parse"]>;
export type Definition = PrunerDefinition<PrunerConfig>;

export interface Subject {
  readonly type: string;
  readonly definition: Definition;
  readonly standard: PrunerConfig;
}

/** Epochs of a whole trial, from the longest that a test can afford down. */
const LENGTHS = [27, 16, 5];
const TRIALS = 40;

/** The lengths that a pruner with these settings can work on. */
function lengths({ misfit }: Definition, config: PrunerConfig): readonly number[] {
  return LENGTHS.filter((length) => (misfit?.(config, length) ?? null) === null);
}

function configs({ type, definition }: Subject): readonly PrunerConfig[] {
  return [{}, ...definition.samples].map((sample) => definition.schema.parse({ type, ...sample }));
}

/** Curves that fall towards a different end each: from the best to the worst at every epoch, in a shuffled order. Trial `best` is the best. */
function falling(trials: number, length: number, seed: number): { readonly curves: readonly (readonly number[])[]; readonly best: number } {
  const order = [...new RandomStream(seed, "curves").permutation(trials)];
  return { curves: order.map((rank) => Array.from({ length }, (_, epoch) => rank / trials + 0.1 * (length - epoch))), best: order.indexOf(0) };
}

export interface Study {
  /** Epochs that each trial has trained in the end. */
  readonly epochs: readonly number[];
  readonly curves: readonly Curve[];
}

/**
 * A study with one trial at a time: a pruned trial that should be continued goes on, otherwise the next one starts.
 * @param values what each trial reports, epoch by epoch
 */
export function train(definition: Definition, config: PrunerConfig, length: number, values: readonly (readonly number[])[]): Study {
  const curves: Curve[] = [];
  for (let rounds = 0; rounds < 10 * length * values.length; rounds++) {
    const task = (): PrunerTask => frozen({ curves: curves.map((curve) => ({ ...curve })), trials: values.length, length, seed: 1 });
    const continued = definition.continues?.(task(), config) ?? null;
    if (continued !== null) expectContinuable(task(), continued);
    else if (curves.length === values.length) return { epochs: curves.map((curve) => curve.values.length), curves };
    const trial = continued ?? curves.length;
    let own: Curve = { trial, state: "running", values: curves[trial]?.values ?? [] };
    do {
      own = { ...own, values: values[trial]?.slice(0, own.values.length + 1) ?? [] };
      curves[trial] = own;
      if (own.values.length === length) own = { ...own, state: "ended" };
      else if (definition.prunes(task(), config, trial)) own = { ...own, state: "pruned" };
      curves[trial] = own;
    } while (own.state === "running");
  }
  throw new Error("the study does not end");
}

function expectContinuable({ curves, length }: PrunerTask, trial: number): void {
  const curve = curves.find((each) => each.trial === trial);
  expect(curve?.state, `trial ${trial}`).toBe("pruned");
  expect(curve?.values.length, `trial ${trial}`).toBeLessThan(length);
}

/** Curves of any length and state, with values that are not numbers among them, by chance. */
function anyTask(length: number, draw: number): PrunerTask {
  const random = new RandomStream(draw, "any curves");
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300];
  const curves = Array.from({ length: 1 + random.below(20, 0) }, (_, trial): Curve => {
    const state = (["running", "pruned", "ended"] as const)[random.below(3, 100 + trial)] ?? "running";
    const epochs = state === "ended" ? length : random.below(length, 200 + trial);
    const value = (epoch: number) =>
      random.uniform(trial * 1000 + epoch) < 0.2 ? (odd[random.below(odd.length, trial * 2000 + epoch)] ?? 0) : random.normal(trial * 3000 + epoch);
    return { trial, state, values: Array.from({ length: epochs }, (_, epoch) => value(epoch)) };
  });
  return { curves, trials: curves.length, length, seed: draw };
}

export const rules = {
  "says what it is, and where it is from, in both languages": ({ definition: { title, summary, source } }) => {
    expectWords(title);
    expectWords(summary);
    expect(summary.en).toMatch(/^[A-Z].*\.$/);
    expect(source).not.toBe("");
  },

  "takes its type alone, and refuses a field that it lacks": ({ type, definition: { schema } }) => {
    expect(schema.safeParse({ type }).success).toBe(true);
    expect(schema.safeParse({ type: `${type}2` }).success).toBe(false);
    expect(schema.safeParse({ type, colour: "red" }).success).toBe(false);
  },

  "has samples that change every field": ({ type, definition, standard }) => {
    const changed = definition.samples.flatMap((sample) =>
      Object.entries(definition.schema.parse({ type, ...sample })).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(standard, name)),
      ),
    );
    expect(new Set(changed.map(([name]) => name))).toEqual(new Set(Object.keys(standard).filter((name) => name !== "type")));
  },

  "says what does not fit, and fits something": (subject) => {
    for (const config of configs(subject)) {
      expect(lengths(subject.definition, config).length, JSON.stringify(config)).toBeGreaterThan(0);
      for (const length of [1, 2, 3, 5, 10, 1000]) {
        const misfit = subject.definition.misfit?.(config, length) ?? null;
        if (misfit === null) continue;
        expectWords(misfit);
        expect(misfit.en).toMatch(/^(?!must\b)[a-z].*[^.]$/);
      }
    }
  },

  "decides the same for the same curves, of copies too, and changes none": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config))
        for (let draw = 0; draw < 20; draw++) {
          const answers = (task: PrunerTask) => [
            ...task.curves.flatMap((curve) => (isAsked(curve, length) ? [definition.prunes(task, config, curve.trial)] : [])),
            definition.continues?.(task, config) ?? null,
          ];
          const task = anyTask(length, draw);
          const first = answers(frozen(structuredClone(task)));
          anyOther(definition, config, length);
          expect(answers(frozen(structuredClone(task)))).toEqual(first);
        }
  },

  "says yes or no to any curves, whatever their lengths and values": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config))
        for (let draw = 0; draw < 100; draw++) {
          const task = anyTask(length, draw);
          for (const curve of task.curves) if (isAsked(curve, length)) expect(typeof definition.prunes(task, config, curve.trial)).toBe("boolean");
        }
  },

  "continues only what is pruned, and nothing that is at its end": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config)) {
        for (let draw = 0; draw < 200; draw++) {
          const task = anyTask(length, draw);
          const continued = definition.continues?.(task, config) ?? null;
          if (continued !== null) expectContinuable(task, continued);
        }
        expect(definition.continues?.({ curves: [], trials: 30, length, seed: 1 }, config) ?? null).toBeNull();
      }
  },

  "ends, and trains the best trial to its end": (subject) => {
    for (const config of configs(subject))
      for (const length of lengths(subject.definition, config))
        for (const seed of [1, 2]) {
          const { curves, best } = falling(TRIALS, length, seed);
          const { epochs } = train(subject.definition, config, length, curves);
          expect(epochs[best], `${JSON.stringify(config)}, ${length} epochs, trial ${best}`).toBe(length);
        }
  },

  "prunes the first trial only if it can continue it, for there is nothing to compare with": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config)) {
        const { curves } = falling(1, length, 1);
        if (definition.continues === undefined) expect(train(definition, config, length, curves).epochs).toEqual([length]);
      }
  },

  "prunes none of equal trials that still improve, unless it continues trials": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config)) {
        const same = Array.from({ length }, (_, epoch) => 0.1 * (length - epoch));
        const { epochs } = train(definition, config, length, new Array<readonly number[]>(TRIALS).fill(same));
        if (definition.continues === undefined) expect(new Set(epochs)).toEqual(new Set([length]));
        else expect(epochs).toContain(length);
      }
  },

  "is not misled by trials that are no numbers": (subject) => {
    const { definition } = subject;
    for (const config of configs(subject))
      for (const length of lengths(definition, config)) {
        const { curves, best } = falling(TRIALS, length, 4);
        const odd = curves.map((values, trial) => (trial !== best && trial % 2 === 0 ? values.map(() => Number.NaN) : values));
        expect(train(definition, config, length, odd).epochs[best]).toBe(length);
        train(
          definition,
          config,
          length,
          curves.map((values) => values.map(() => Number.NaN)),
        );
      }
  },
} satisfies Readonly<Record<string, (subject: Subject) => void>>;

export type Rule = keyof typeof rules;

/** Whether a pruner is asked about a trial: after each of its epochs but the last. */
function isAsked({ state, values }: Curve, length: number): boolean {
  return state === "running" && values.length > 0 && values.length < length;
}

/** Questions in between, which may not change what is answered afterwards. */
function anyOther(definition: Definition, config: PrunerConfig, length: number): void {
  const task = anyTask(length, 1000);
  for (const curve of task.curves) if (isAsked(curve, length)) definition.prunes(task, config, curve.trial);
  definition.continues?.(task, config);
}

function expectWords({ en, ko }: Words): void {
  expect(en).not.toBe("");
  expect(ko === en || /[가-힣]/.test(ko), ko).toBe(true);
}

/** What a pruner changes of its input, it changes for everyone. */
function frozen(task: PrunerTask): PrunerTask {
  for (const curve of task.curves) Object.freeze(Object.freeze(curve).values);
  Object.freeze(task.curves);
  return Object.freeze(task);
}
