/** The battery over samplers notices mistakes: for every rule a sampler that breaks it, and by that rule it is caught. */
import { expect, it } from "vitest";
import { z } from "zod";
import { random } from "../../src/shared/catalog/samplers/random.ts";
import type { Belief, SamplerTask } from "../../src/shared/catalog/samplers/sampler.ts";
import { makePoint, type Point, type Space, valueAt, valueCount } from "../../src/shared/catalog/samplers/space.ts";
import { integer } from "../../src/shared/kit/schema.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { Definition } from "./samplerCourse.ts";
import { type Rule, rules } from "./samplerRules.ts";

/** A right sampler, which believes something about every dimension. */
const right: Definition = { ...random, believe: ({ space }, _, point) => belief(space, point) };

function belief(space: Space, point: Point, change: Partial<Belief["axes"][number]["at"][number]> = {}): Belief {
  const axes = space.flatMap((dimension) => {
    const count = Math.min(valueCount(dimension), 9);
    const discrete = valueCount(dimension) === count;
    const values = new Set(Array.from({ length: count }, (_, i) => valueAt(dimension, discrete ? (i + 0.5) / count : i / (count - 1))));
    if (dimension.type === "integer" && dimension.log) for (let i = dimension.min; i <= dimension.max; i++) values.add(i);
    return Object.hasOwn(point, dimension.name)
      ? [{ name: dimension.name, at: [...values].map((value) => ({ value, mean: 0, deviation: 1, acquisition: 0.5, ...change })) }]
      : [];
  });
  return { reason: { en: "By chance.", ko: "우연히." }, expected: null, axes };
}

/** A point at random, as {@link random} makes it, with every draw or the finished point changed. */
function proposing(change: {
  readonly draw?: (u: number, task: SamplerTask, index: number) => number;
  readonly point?: (point: Point, task: SamplerTask) => Point | null;
  readonly stream?: (task: SamplerTask) => string;
  readonly seed?: number;
}): Definition {
  return {
    ...right,
    propose: (task) => {
      const { space, observations, seed } = task;
      const draws = new RandomStream(change.seed ?? seed, change.stream?.(task) ?? `wrong/${observations.length}`);
      const point = makePoint(space, (dimension, i) => valueAt(dimension, change.draw?.(draws.uniform(i), task, i) ?? draws.uniform(i)));
      return change.point === undefined ? point : change.point(point, task);
    },
  };
}

function believing(change: (belief: Belief, task: SamplerTask) => Belief): Definition {
  return { ...right, believe: (task, _, point) => change(belief(task.space, point), task) };
}

const withField = z.strictObject({
  type: z.literal("random"),
  points: integer({ default: 5, title: { en: "Points", ko: "점" }, description: { en: "Some.", ko: "몇 개." } }),
});

let proposed = 0;

const mistakes: Readonly<Record<string, readonly [Rule, Definition]>> = {
  "a title in one language": ["says what it is, and where it is from, in both languages", { ...right, title: { en: "Random", ko: "" } }],
  "a summary that was not translated": [
    "says what it is, and where it is from, in both languages",
    { ...right, summary: { en: "Every trial is random.", ko: "Every trial is drawn." } },
  ],
  "fields that nobody knows": ["takes its type alone, and refuses a field that it lacks", { ...right, schema: z.looseObject({ type: z.literal("random") }) }],
  "a field that no sample changes": ["has samples that change every field", { ...right, schema: withField }],
  "nothing that fits": ["says what does not fit, and fits something", { ...right, misfit: () => ({ en: "have other dimensions", ko: "다른 차원" }) }],
  "a reason that is a sentence": [
    "says what does not fit, and fits something",
    { ...right, misfit: (_, objectives) => (objectives > 1 ? { en: "It must have one objective.", ko: "목적이 하나여야 합니다." } : null) },
  ],
  "values of dimensions that do not exist": [
    "proposes points of the space, with every setting, from the first trial and from what is known",
    proposing({ point: (point, { space }) => ({ ...Object.fromEntries(space.map((each) => [each.name, valueAt(each, 0.5)])), ...point }) }),
  ],
  "steps that are not kept": [
    "proposes points of the space, with every setting, from the first trial and from what is known",
    proposing({ point: (point) => Object.fromEntries(Object.entries(point).map(([name, value]) => [name, name === "kernel" ? Number(value) + 1 : value])) }),
  ],
  "choices as texts": [
    "proposes points of the space, with every setting, from the first trial and from what is known",
    proposing({
      point: (point) => Object.fromEntries(Object.entries(point).map(([name, value]) => [name, typeof value === "boolean" ? String(value) : value])),
    }),
  ],
  "giving up at once": [
    "proposes points of the space, with every setting, from the first trial and from what is known",
    proposing({ point: (point, { observations }) => (observations.length > 2 ? null : point) }),
  ],
  "a logarithmic scale that is not heeded": [
    "covers the space: every choice, and both halves of every scale",
    {
      ...right,
      propose: (task, config) => right.propose({ ...task, space: task.space.map((each) => (each.type === "choice" ? each : { ...each, log: false })) }, config),
    },
  ],
  "a choice that is never tried": ["covers the space: every choice, and both halves of every scale", proposing({ draw: (u) => u * 0.8 })],
  "a generator that goes on": ["proposes the same for the same seed", proposing({ stream: () => `wrong/${proposed++}` })],
  "a seed that is not heeded": ["proposes other points for another seed", proposing({ seed: 1 })],
  "half of the seed": [
    "proposes other points for another seed",
    { ...right, propose: (task, config) => right.propose({ ...task, seed: (task.seed % 2 ** 32) % 2 }, config) },
  ],
  "a memory of earlier questions": ["proposes the same after a restart at every point", remembering()],
  "the last point where trials run": [
    "is safe with trials that run",
    proposing({ point: (point, { observations }) => (observations.at(-1)?.state === "running" ? (observations.at(-1)?.point ?? point) : point) }),
  ],
  "a failure after a failure": [
    "goes on after any outcome",
    proposing({ draw: (u, { observations }) => (observations.at(-1)?.state === "failed" ? Number.NaN : u), point: failing }),
  ],
  "arithmetic with huge values": [
    "goes on after any outcome",
    proposing({
      draw: (u, { observations }) => u + 0 * ((observations.at(-1)?.values?.[0] ?? 0) * 10 - (observations.at(-2)?.values?.[0] ?? 0) * 10),
      point: failing,
    }),
  ],
  "the end of the plan": [
    "goes on beyond the trials that were planned, and with points from elsewhere",
    proposing({ point: (point, { observations, trials }) => (observations.length >= trials ? null : point) }),
  ],
  "the last point of another range": [
    "goes on where ranges were narrowed, widened or changed",
    proposing({
      point: (point, { observations }) => ({
        ...point,
        ...Object.fromEntries(Object.entries(observations.at(-1)?.point ?? {}).filter(([name]) => name in point)),
      }),
    }),
  ],
  "one objective where there are two": [
    "searches for several objectives, or says that it cannot",
    proposing({
      point: (point, { observations, objectives }) => (objectives > 1 && observations.some(({ values }) => values?.some(Number.isNaN)) ? null : point),
    }),
  ],
  "an axis left out": ["believes what can be drawn, about every dimension of the point", believing((b) => ({ ...b, axes: b.axes.slice(1) }))],
  "an axis that ends before the point": [
    "believes what can be drawn, about every dimension of the point",
    believing((b) => ({ ...b, axes: b.axes.map((axis) => ({ ...axis, at: axis.at.slice(0, -4) })) })),
  ],
  "a wish above one": [
    "believes what can be drawn, about every dimension of the point",
    { ...right, believe: ({ space }, _, point) => belief(space, point, { acquisition: 1.5 }) },
  ],
  "a mean that is no number": [
    "believes what can be drawn, about every dimension of the point",
    { ...right, believe: ({ space }, _, point) => belief(space, point, { mean: Number.NaN }) },
  ],
  "a reason in one language": [
    "believes what can be drawn, about every dimension of the point",
    believing((b) => ({ ...b, reason: { en: "By chance.", ko: "" } })),
  ],
};

/** Gives up where a draw is no number. */
function failing(point: Point): Point | null {
  return Object.values(point).some((value) => Number.isNaN(value) || value === undefined) ? null : point;
}

/** A sampler that remembers the last number of trials that it was asked about. */
function remembering(): Definition {
  let last = -1;
  return {
    ...right,
    propose: (task, config) => {
      const followed = task.observations.length === last + 1;
      last = task.observations.length;
      return right.propose(followed ? task : { ...task, seed: task.seed + 1 }, config);
    },
  };
}

const breaks = (rule: Rule, definition: Definition) => () => rules[rule]({ type: "random", definition, standard: definition.schema.parse({ type: "random" }) });

it.each(Object.entries(mistakes))("%s is noticed", (_, [rule, definition]) => {
  expect(breaks(rule, definition)).toThrow();
});

it.each(Object.keys(rules) as Rule[])("the right sampler keeps to: %s", (rule) => {
  expect(breaks(rule, right)).not.toThrow();
});

it("there is a mistake for every rule", () => {
  expect(new Set(Object.values(mistakes).map(([rule]) => rule))).toEqual(new Set(Object.keys(rules)));
});
