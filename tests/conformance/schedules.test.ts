/**
 * The battery over every learning-rate schedule of the catalog: its samples follow PyTorch, or the paper's formula where PyTorch has none, at every
 * step (tests/golden/torch/make_schedules.py); its factors are finite, not negative and of the position alone; warm-ups in front of it do not jump.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { learningRateFactor, observeValidation, type ScheduleConfig, startOfSchedule } from "../../src/shared/catalog/schedules/factor.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import { previewCurve } from "../../src/shared/catalog/schedules/previewCurve.ts";
import type { ReactiveState, ScheduleSample } from "../../src/shared/catalog/schedules/schedule.ts";
import { type WarmupConfig, warmupSchema } from "../../src/shared/catalog/schedules/warmup.ts";
import { schemasOf } from "../../src/shared/kit/registry.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { type ScheduleCase, scheduleCases } from "../golden/torch/scheduleCases.ts";
import { remake, storedEntries, storedOf } from "../golden/torch/stored.ts";

const TOLERANCE = 1e-5;
const STEPS = 100;
const NO_WARMUP: WarmupConfig = warmupSchema.parse({});

interface Stored {
  readonly case: ScheduleCase;
  /** Validation losses, one an epoch, of a schedule that reacts to them. */
  readonly losses?: readonly number[];
  readonly factors: readonly number[];
}

const scheduleSchema = z.discriminatedUnion("type", schemasOf(schedules));

interface Entry {
  readonly title: Words;
  readonly summary: Words;
  readonly source: string;
  readonly schema: z.ZodType;
  readonly reactive?: object;
  readonly samples: readonly ScheduleSample[];
}

const entries: readonly (readonly [string, Entry])[] = Object.entries(schedules);
const titled = (cases: readonly ScheduleCase[]) => cases.map((each) => [`${JSON.stringify(each.schedule)} behind ${each.warmup.epochs} epochs`, each] as const);

/** The factor at every step, with the losses seen on the way. */
function factorsOf({ schedule, warmup, totalSteps, stepsPerEpoch }: ScheduleCase, losses: readonly number[] = []): readonly number[] {
  const config = scheduleSchema.parse(schedule);
  let state: ReactiveState | null = startOfSchedule(config);
  return Array.from({ length: totalSteps }, (_, step) => {
    const loss = step % stepsPerEpoch === 0 ? losses[step / stepsPerEpoch - 1] : undefined;
    // Through JSON, as a checkpoint takes it.
    if (loss !== undefined) state = JSON.parse(JSON.stringify(observeValidation(config, state, loss)));
    return learningRateFactor({ schedule: config, warmup, state }, { step, totalSteps, stepsPerEpoch });
  });
}

describe("what is stored", () => {
  const typeOf = ({ schedule }: ScheduleCase) => scheduleSchema.parse(schedule).type;

  it.each(Object.keys(schedules))("of %s is of its samples as they are now", (type) => {
    const { torch, cases } = storedOf<Stored>("schedules", type);
    const expected = scheduleCases.filter((each) => typeOf(each) === type);
    expect(
      cases.map(({ case: of }) => of),
      remake("schedules", type),
    ).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(torch).toMatch(/^1\.13/);
  });

  it("is of schedules that there are", () => {
    expect(storedEntries("schedules")).toEqual(Object.keys(schedules).sort());
  });

  it.each(titled(scheduleCases))("%s is followed at every step", (_, sample) => {
    const stored = storedOf<Stored>("schedules", typeOf(sample)).cases.find(({ case: of }) => JSON.stringify(of) === JSON.stringify(sample));
    const expected = stored?.factors ?? [];
    const found = factorsOf(sample, stored?.losses);
    expect(expected.length).toBe(sample.totalSteps);
    expect(found.length).toBeGreaterThanOrEqual(STEPS);
    const apart = found.map((factor, step) => Math.abs(Math.fround(factor) - (expected[step] ?? Number.NaN)) / (expected[step] || TOLERANCE));
    expect(Math.max(...apart)).toBeLessThan(TOLERANCE);
  });

  it("of a schedule that reacts shows more than one fall, also at the lowest factor", () => {
    const reactive = Object.keys(schedules).flatMap((type) => storedOf<Stored>("schedules", type).cases.filter(({ losses }) => losses !== undefined));
    expect(reactive.length).toBeGreaterThan(0);
    for (const { factors } of reactive) expect(new Set(factors).size).toBeGreaterThan(2);
  });
});

describe.each(entries)("%s", (type, definition) => {
  const samples = definition.samples.map(({ config, ...rest }) => ({ ...rest, config: definition.schema.parse({ type, ...config }) }));
  const configs: readonly ScheduleConfig[] = definition.samples.map(({ config }) => scheduleSchema.parse({ type, ...config }));

  it("says what it is and where it is from", () => {
    expect(definition.summary.en).toMatch(/^[A-Z].*\.$/);
    expect(definition.source).not.toBe("");
  });

  it("moves every field in some sample, and shows the defaults in another", () => {
    const standard = definition.schema.parse({ type });
    expect(samples.map(({ config }) => config)).toContainEqual(standard);
    const moved = configs.flatMap((config) => Object.entries(config).filter(([name, value]) => !same(value, Reflect.get(Object(standard), name))));
    expect(new Set(moved.map(([name]) => name))).toEqual(new Set(Object.keys(Object(standard)).filter((name) => name !== "type")));
  });

  it("reads back what it writes", () => {
    for (const config of configs) expect(definition.schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it("is finite, from 0 to 1, and the same in any order, whatever the run's length", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...configs),
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.record({ epochs: fc.double({ min: 0, max: 20, noNaN: true }), from: fc.double({ min: 0, max: 1, noNaN: true }) }),
        (schedule, totalSteps, stepsPerEpoch, warmup) => {
          const state = startOfSchedule(schedule);
          const factor = (step: number) => learningRateFactor({ schedule, warmup, state }, { step, totalSteps, stepsPerEpoch });
          const steps = [0, 1, Math.floor(totalSteps / 3), Math.floor(totalSteps / 2), totalSteps - 1, totalSteps];
          const forward = steps.map(factor);
          for (const value of forward) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
          }
          expect([...steps].reverse().map(factor).reverse()).toEqual(forward);
        },
      ),
    );
  });

  it("is reached by a warm-up in a line, and goes on from there as if the run had begun there", () => {
    for (const { totalSteps, stepsPerEpoch } of samples.slice(0, 1))
      for (const schedule of configs) {
        const warmup = { epochs: 2.5, from: 0.2 };
        const ramp = Math.round(warmup.epochs * stepsPerEpoch);
        const state = startOfSchedule(schedule);
        const warm = (step: number) => learningRateFactor({ schedule, warmup, state }, { step, totalSteps, stepsPerEpoch });
        const cold = (step: number) => learningRateFactor({ schedule, warmup: NO_WARMUP, state }, { step, totalSteps: totalSteps - ramp, stepsPerEpoch });
        expect(warm(0)).toBeCloseTo(0.2 * cold(0), 12);
        const rise = (0.8 * cold(0)) / ramp;
        for (let step = 1; step <= ramp; step++) expect(warm(step) - warm(step - 1), `to step ${step}`).toBeCloseTo(rise, 12);
        for (let step = 0; step < totalSteps - ramp; step++) expect(warm(ramp + step)).toBe(cold(step));
      }
  });

  it("is previewed from the first step to the last in as many points as are asked for, peaks and falls included", () => {
    for (const [index, schedule] of configs.entries()) {
      const totalSteps = 20_000;
      const stepsPerEpoch = 500;
      const curve = previewCurve({ schedule, warmup: { epochs: 1, from: 0 } }, { totalSteps, stepsPerEpoch }, 200);
      expect(curve.points.length).toBeLessThanOrEqual(200);
      expect(curve.points[0]).toEqual({ step: 0, factor: 0 });
      expect(curve.points.at(-1)?.step).toBe(totalSteps - 1);
      expect(curve.reactive).toBe(definition.reactive !== undefined);
      const state = startOfSchedule(schedule);
      const all = Array.from({ length: totalSteps }, (_, step) =>
        learningRateFactor({ schedule, warmup: { epochs: 1, from: 0 }, state }, { step, totalSteps, stepsPerEpoch }),
      );
      for (const { step, factor } of curve.points) expect(factor).toBe(all[step]);
      expect(Math.max(...curve.points.map(({ factor }) => factor)), `sample ${index}`).toBeCloseTo(Math.max(...all), 3);
    }
    const short = previewCurve({ schedule: scheduleSchema.parse({ type }), warmup: NO_WARMUP }, { totalSteps: 1, stepsPerEpoch: 1 }, 200);
    expect(short.points.length).toBe(1);
  });
});

describe("cosine", () => {
  it("restarts on the very step where a period ends, for any period and multiplier", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(1, 1.5, 2, 3, 7, 10),
        fc.integer({ min: 2, max: 300 }),
        fc.integer({ min: 0, max: 6 }),
        (period, multiplier, stepsPerEpoch, restarts) => {
          let start = 0;
          for (let i = 0; i < restarts; i++) start += period * stepsPerEpoch * multiplier ** i;
          const schedule = schedules.cosine.schema.parse({ type: "cosine", period, multiplier });
          const at = (step: number) => learningRateFactor({ schedule, warmup: NO_WARMUP, state: null }, { step, totalSteps: 1e9, stepsPerEpoch });
          expect(at(Math.ceil(start))).toBeGreaterThan(0.1);
          if (Number.isInteger(start)) expect(at(start)).toBeCloseTo(1, 9);
          if (restarts > 0 && Number.isInteger(start)) expect(at(start - 1)).toBeLessThan(0.86);
        },
      ),
    );
  });
});

describe("reduceOnPlateau", () => {
  const schedule = schedules.reduceOnPlateau.schema.parse({ type: "reduceOnPlateau", patience: 1 });
  const seen = (losses: readonly number[]) =>
    losses.reduce<ReactiveState | null>((state, loss) => observeValidation(schedule, state, loss), startOfSchedule(schedule));

  it("counts a loss that is no number as no improvement, and keeps a state that JSON can hold", () => {
    expect(seen([1, Number.NaN])).toEqual({ factor: 1, best: 1, waited: 1, cooldown: 0 });
    expect(seen([1, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ factor: 0.1, best: 1, waited: 0, cooldown: 0 });
    expect(seen([Number.NEGATIVE_INFINITY, 2])).toEqual({ factor: 1, best: 2, waited: 0, cooldown: 0 });
  });

  it("leaves the other schedules without a state", () => {
    const other = schedules.cosine.schema.parse({ type: "cosine" });
    expect(startOfSchedule(other)).toBeNull();
    expect(observeValidation(other, null, 0.5)).toBeNull();
  });
});

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
