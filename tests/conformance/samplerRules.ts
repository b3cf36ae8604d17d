/** What every sampler promises. Each rule throws where a sampler breaks it; samplers.test.ts holds them against the registry and against planted mistakes. */
import { expect } from "vitest";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import { type Dimension, exists, inSpace, type Point, pointKey, type Space, valueCount } from "../../src/shared/catalog/samplers/space.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { bowl, completed, type Definition, failed, given, type Outcome, proposals, type SamplerConfig, type SpaceName, spaces, walk } from "./samplerCourse.ts";

const LENGTH = 16;
/** Enough that a sampler with a start-up phase has left it. */
const KNOWN = 12;

export interface Subject {
  readonly type: string;
  readonly definition: Definition;
  readonly standard: SamplerConfig;
}

const everySpace = Object.entries(spaces) as readonly (readonly [SpaceName, Space])[];

export function fits({ misfit }: Definition, space: Space, objectives = 1): boolean {
  return (misfit?.(space, objectives) ?? null) === null;
}

function fitting(definition: Definition, objectives = 1): readonly (readonly [SpaceName, Space])[] {
  return everySpace.filter(([, space]) => fits(definition, space, objectives));
}

/** Where no point is left, all that there were have been tried: every one of a finite space, or at least as many as a coarse grid has. */
function expectPoints(space: Space, points: readonly Point[], wanted: number, before: readonly Observation[] = []): void {
  for (const point of points) expect(inSpace(space, point), JSON.stringify(point)).toBe(true);
  if (points.length === wanted) return;
  expect(distinct(space, points)).toBe(points.length);
  expect(distinct(space, [...before.map(({ point }) => point), ...points]), "points tried before it gave up").toBeGreaterThanOrEqual(
    Math.min(8, sizeOf(space)),
  );
}

function sizeOf(space: Space): number {
  return space.filter(({ when }) => when === undefined).reduce((product, dimension) => product * valueCount(dimension), 1);
}

function distinct(space: Space, points: readonly Point[]): number {
  return new Set(points.map((point) => pointKey(space, point))).size;
}

const outcomes: Readonly<Record<string, (space: Space) => (point: Point, number: number) => Outcome>> = {
  "all equal": () => () => completed(0.5),
  "all failed": () => () => failed,
  "every third failed": (space) => (point, i) => (i % 3 === 0 ? failed : completed(bowl(space, point))),
  "pruned at different epochs": (space) => (point, i) => ({ state: i % 2 === 0 ? "pruned" : "completed", values: [bowl(space, point)], progress: (i % 4) + 1 }),
  "pruned before the first epoch": (space) => (point, i) => (i % 2 === 0 ? { state: "pruned", values: null, progress: 0 } : completed(bowl(space, point))),
  "huge in both directions": () => (_, i) => completed(i % 2 === 0 ? 1e300 : -1e300),
  "the largest numbers": () => (_, i) => completed(i % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE),
  "not numbers": (space) => (point, i) => completed([Number.NaN, Number.POSITIVE_INFINITY, bowl(space, point), Number.NEGATIVE_INFINITY][i % 4] ?? 0),
  "only NaN": () => () => completed(Number.NaN),
};

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
    const changed = definition.samples.flatMap((sample) => {
      expect(definition.schema.parse(JSON.parse(JSON.stringify(definition.schema.parse({ type, ...sample }))))).toEqual(
        definition.schema.parse({ type, ...sample }),
      );
      return Object.entries(definition.schema.parse({ type, ...sample })).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(standard, name)),
      );
    });
    expect(new Set(changed.map(([name]) => name))).toEqual(new Set(Object.keys(standard).filter((name) => name !== "type")));
  },

  "says what does not fit, and fits something": ({ definition }) => {
    expect(fitting(definition).length).toBeGreaterThan(0);
    for (const [, space] of everySpace)
      for (const objectives of [1, 2, 3]) {
        const misfit = definition.misfit?.(space, objectives) ?? null;
        if (misfit === null) continue;
        expectWords(misfit);
        expect(misfit.en).toMatch(/^(?!must\b)[a-z].*[^.]$/);
      }
  },

  "proposes points of the space, with every setting, from the first trial and from what is known": ({ type, definition }) => {
    const configs = new Map([{}, ...definition.samples].map((sample) => [JSON.stringify(sample), definition.schema.parse({ type, ...sample })]));
    for (const [sample, config] of configs)
      for (const [name, space] of fitting(definition))
        for (const before of [[], given(space, KNOWN)]) {
          const length = name === "single" ? 3 : sample === "{}" ? LENGTH : 5;
          expectPoints(space, proposals({ definition, config, space, length, before }), length, before);
        }
  },

  "covers the space: every choice, and both halves of every scale": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition)) {
      const points = [1, 2, 3].flatMap((seed) => proposals({ definition, config: standard, space, length: LENGTH, outcome: () => completed(1), seed }));
      for (const dimension of space) {
        const values = points.flatMap((point) => (Object.hasOwn(point, dimension.name) ? [at([point[dimension.name] ?? Number.NaN], 0)] : []));
        // A dimension that exists seldom is seen seldom.
        if (dimension.when === undefined) expectCovered(name, dimension, values);
      }
    }
  },

  "proposes the same for the same seed": ({ definition, standard }) => {
    for (const [, space] of fitting(definition)) {
      const course = { definition, config: standard, space, length: 6, before: given(space, 8) };
      expect(proposals(course)).toEqual(proposals(course));
    }
  },

  "proposes other points for another seed": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition)) {
      const of = (seed: number) => proposals({ definition, config: standard, space, length: 8, seed });
      if (name !== "single")
        for (const [a, b] of [
          [1, 2],
          [7, 2 ** 40 + 7],
        ] as const)
          expect(of(a), name).not.toEqual(of(b));
    }
  },

  "proposes the same after a restart at every point": ({ definition, standard }) => {
    for (const [, space] of fitting(definition)) {
      const steps = [[], given(space, 8)].flatMap((before) => [...walk({ definition, config: standard, space, length: 8, before })]);
      // From the last to the first and from copies, so that nothing that was kept in between can help.
      for (const { observations, point } of [...steps].reverse())
        expect(
          definition.propose(
            { space: structuredClone(space), objectives: 1, observations: structuredClone(observations), trials: 8, seed: 1 },
            { ...standard },
          ),
        ).toEqual(point);
    }
  },

  "is safe with trials that run": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition))
      for (const before of [[], given(space, KNOWN)]) {
        const points = proposals({ definition, config: standard, space, length: 8, before, parallel: 4 });
        if (name === "single") continue;
        expectPoints(space, points, 8);
        if (name === "continuous") expect(distinct(space, points), "points proposed twice").toBe(points.length);
      }
  },

  "goes on after any outcome": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition))
      for (const [what, outcome] of Object.entries(outcomes)) {
        const length = name === "single" ? 3 : LENGTH;
        const points = proposals({ definition, config: standard, space, length, outcome: outcome(space) });
        expectPoints(space, points, length);
        if (name === "continuous") expect(distinct(space, points), what).toBeGreaterThan(points.length / 2);
      }
  },

  "goes on beyond the trials that were planned, and with points from elsewhere": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition)) {
      if (name === "single") continue;
      expectPoints(space, proposals({ definition, config: standard, space, length: 4, before: given(space, 20), trials: 4 }), 4);
      const twice = [...given(space, 6), ...given(space, 6)];
      expectPoints(space, proposals({ definition, config: standard, space, length: 6, before: twice }), 6);
    }
  },

  "goes on where ranges were narrowed, widened or changed": ({ definition, standard }) => {
    for (const [name, space] of fitting(definition)) {
      if (name === "single") continue;
      const other = space.map(narrowed);
      if (!fits(definition, other)) continue;
      expectPoints(other, proposals({ definition, config: standard, space: other, length: 4, before: given(space, 16) }), 4);
      expectPoints(space, proposals({ definition, config: standard, space, length: 4, before: given(other, 16) }), 4);
      const longer: Space = [...space, { type: "integer", name: "added", min: 1, max: 9, log: false, step: 1 }];
      expectPoints(longer, proposals({ definition, config: standard, space: longer, length: 3, before: given(space, 16) }), 3);
    }
  },

  "searches for several objectives, or says that it cannot": ({ definition, standard }) => {
    for (const objectives of [2, 3])
      for (const [name, space] of fitting(definition, objectives)) {
        const length = name === "single" ? 3 : LENGTH;
        const opposed = (point: Point, i: number): Outcome =>
          i % 3 === 2
            ? i % 2 === 0
              ? failed
              : completed(...new Array<number>(objectives).fill(Number.NaN))
            : completed(...Array.from({ length: objectives }, (_, k) => (k % 2 === 0 ? 1 : -1) * bowl(space, point)));
        expectPoints(space, proposals({ definition, config: standard, space, length, objectives, outcome: opposed }), length);
      }
  },

  "believes what can be drawn, about every dimension of the point": ({ definition, standard }) => {
    for (const [, space] of definition.believe === undefined ? [] : fitting(definition)) {
      const steps = walk({ definition, config: standard, space, length: 8, before: given(space, 6) });
      for (const { observations, point } of steps) {
        const task = { space, objectives: 1, observations, trials: 8, seed: 1 };
        const belief = definition.believe?.(task, standard, point);
        if (belief === undefined) throw new Error("it believes nothing");
        expectBelief(space, point, belief);
        expect(definition.believe?.(task, standard, point)).toEqual(belief);
      }
    }
  },
} satisfies Readonly<Record<string, (subject: Subject) => void>>;

export type Rule = keyof typeof rules;

function expectWords({ en, ko }: Words): void {
  expect(en).not.toBe("");
  expect(ko === en || /[가-힣]/.test(ko), ko).toBe(true);
}

function expectCovered(space: string, dimension: Dimension, values: readonly Point[string][]): void {
  if (dimension.type === "choice") {
    expect(new Set(values), `${space}: ${dimension.name}`).toEqual(new Set(dimension.values));
    return;
  }
  if (dimension.min === dimension.max) return;
  const middle = dimension.log ? Math.sqrt(dimension.min * dimension.max) : (dimension.min + dimension.max) / 2;
  const below = values.filter((value) => Number(value) <= middle).length / values.length;
  expect(below, `${space}: ${dimension.name}, the lower half`).toBeGreaterThan(0.1);
  expect(below, `${space}: ${dimension.name}, the lower half`).toBeLessThan(0.9);
}

/** Another range that overlaps, a choice fewer. */
function narrowed(dimension: Dimension): Dimension {
  if (dimension.type === "choice") return { ...dimension, values: dimension.values.slice(0, Math.max(1, dimension.values.length - 1)) };
  if (dimension.min === dimension.max || dimension.name === "blocks") return dimension;
  if (dimension.type === "integer") return { ...dimension, min: dimension.min + dimension.step };
  return dimension.step === undefined
    ? { ...dimension, max: dimension.log ? dimension.max / 10 : (dimension.min + dimension.max) / 2 }
    : { ...dimension, max: dimension.max - dimension.step };
}

function expectBelief(space: Space, point: Point, { reason, expected, axes }: ReturnType<NonNullable<Definition["believe"]>>): void {
  expectWords(reason);
  if (expected !== null) for (const number of [expected.mean, expected.deviation]) expect(Number.isFinite(number)).toBe(true);
  const searched = space.filter((dimension) => exists(dimension, point) && valueCount(dimension) > 1);
  expect(axes.map(({ name }) => name)).toEqual(expect.arrayContaining(searched.map(({ name }) => name)));
  for (const { name, at: places } of axes) {
    const dimension = at(
      space.filter((each) => each.name === name && exists(each, point)),
      0,
    );
    expect(new Set(places.map(({ value }) => value)).size).toBe(places.length);
    expect(places.length).toBeGreaterThanOrEqual(Math.min(valueCount(dimension), 5));
    for (const { value, mean, deviation, acquisition } of places) {
      expect(inSpace([{ ...dimension, when: undefined }], { [name]: value })).toBe(true);
      for (const number of [mean ?? 0, deviation ?? 0, acquisition]) expect(Number.isFinite(number)).toBe(true);
      expect(deviation ?? 0).toBeGreaterThanOrEqual(0);
      expect(acquisition).toBeGreaterThanOrEqual(0);
      expect(acquisition).toBeLessThanOrEqual(1);
    }
    expectReached(
      dimension,
      places.map(({ value }) => value),
      at([point[name] ?? Number.NaN], 0),
    );
  }
}

/** The point's own value lies on the axis, or between two of its values. */
function expectReached(dimension: Dimension, values: readonly Point[string][], own: Point[string]): void {
  if (dimension.type === "choice") expect(values).toEqual([...dimension.values]);
  else {
    expect(Math.min(...values.map(Number))).toBeLessThanOrEqual(Number(own));
    expect(Math.max(...values.map(Number))).toBeGreaterThanOrEqual(Number(own));
  }
}
