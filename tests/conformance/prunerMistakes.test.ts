/** The battery over pruners notices mistakes: for every rule a pruner that breaks it, and by that rule it is caught. */
import { expect, it } from "vitest";
import { z } from "zod";
import { none } from "../../src/shared/catalog/pruners/none.ts";
import type { Curve, PrunerTask } from "../../src/shared/catalog/pruners/pruner.ts";
import { integer } from "../../src/shared/kit/schema.ts";
import { type Definition, type Rule, rules } from "./prunerRules.ts";

const lastOf = ({ values }: Curve) => values.at(-1) ?? Number.NaN;
const find = ({ curves }: PrunerTask, trial: number): Curve => curves.find((each) => each.trial === trial) ?? { trial, state: "running", values: [] };

/** Others' values at the epoch that the trial has reached; those that are no numbers count as worst. */
function others({ curves }: PrunerTask, { trial, values }: Curve): readonly number[] {
  return curves.flatMap((each) => (each.trial === trial || each.values.length < values.length ? [] : [each.values[values.length - 1] ?? Number.NaN]));
}

const worse = (a: number, b: number) => (Number.isNaN(a) ? !Number.isNaN(b) : a > b);

/** A right pruner: a trial ends where another one was better at the same epoch, by more than a half. */
const right: Definition = {
  ...none,
  prunes: (task, _, trial) => {
    const own = find(task, trial);
    return others(task, own).some((value) => worse(lastOf(own) - 0.5, value));
  },
};

/** A right pruner that pauses every trial at its first epoch, and goes on with the best of every four. */
const pausing: Definition = {
  ...none,
  prunes: (task, _, trial) => find(task, trial).values.length === 1,
  continues: ({ curves, length }) => {
    const sorted = [...curves]
      .filter(({ values }) => values.length > 0)
      .sort((a, b) => Number(worse(a.values[0] ?? 0, b.values[0] ?? 0)) - Number(worse(b.values[0] ?? 0, a.values[0] ?? 0)));
    const next = sorted.slice(0, Math.floor(sorted.length / 4)).find(({ state, values }) => state === "pruned" && values.length < length);
    return next?.trial ?? null;
  },
};

const withField = z.strictObject({
  type: z.literal("none"),
  warmup: integer({ default: 5, title: { en: "Epochs", ko: "에폭" }, description: { en: "Some.", ko: "몇 개." } }),
});

let asked = 0;

const mistakes: Readonly<Record<string, readonly [Rule, Definition]>> = {
  "a title in one language": ["says what it is, and where it is from, in both languages", { ...right, title: { en: "None", ko: "" } }],
  "fields that nobody knows": ["takes its type alone, and refuses a field that it lacks", { ...right, schema: z.looseObject({ type: z.literal("none") }) }],
  "a field that no sample changes": ["has samples that change every field", { ...right, schema: withField }],
  "nothing that fits": ["says what does not fit, and fits something", { ...right, misfit: () => ({ en: "have more epochs", ko: "에폭이 더 많아야" }) }],
  "a reason that is a sentence": [
    "says what does not fit, and fits something",
    { ...right, misfit: (_, length) => (length < 4 ? { en: "It must be longer.", ko: "더 길어야 합니다." } : null) },
  ],
  "a memory of earlier questions": ["decides the same for the same curves, of copies too, and changes none", { ...right, prunes: () => asked++ % 7 === 0 }],
  "curves that are sorted in place": ["decides the same for the same curves, of copies too, and changes none", { ...right, continues: sortsInPlace }],
  "no answer where nothing can be compared": [
    "says yes or no to any curves, whatever their lengths and values",
    { ...right, prunes: (task, _, trial) => worse(lastOf(find(task, trial)), required(others(task, find(task, trial))[0])) },
  ],
  "a trial that runs is continued": [
    "continues only what is pruned, and nothing that is at its end",
    { ...right, continues: ({ curves }) => curves.find(({ state }) => state !== "ended")?.trial ?? null },
  ],
  "paused trials are forgotten": ["ends, and trains the best trial to its end", { ...pausing, continues: () => null }],
  "the worst is kept instead of the best": [
    "ends, and trains the best trial to its end",
    { ...right, prunes: (task, _, trial) => others(task, find(task, trial)).some((value) => worse(value, lastOf(find(task, trial)))) },
  ],
  "epochs are compared with others": [
    "ends, and trains the best trial to its end",
    { ...right, prunes: (task, _, trial) => task.curves.some((each) => each.trial !== trial && worse(lastOf(find(task, trial)), lastOf(each))) },
  ],
  "the first trial ends": [
    "prunes the first trial only if it can continue it, for there is nothing to compare with",
    { ...right, prunes: ({ curves }) => curves.length === 1 },
  ],
  "equal trials end": [
    "prunes none of equal trials that still improve, unless it continues trials",
    { ...right, prunes: (task, _, trial) => others(task, find(task, trial)).some((value) => value <= lastOf(find(task, trial))) },
  ],
  "NaN is taken for the best": [
    "is not misled by trials that are no numbers",
    { ...right, prunes: (task, _, trial) => others(task, find(task, trial)).some((value) => !(lastOf(find(task, trial)) <= value + 0.5)) },
  ],
};

function sortsInPlace({ curves }: PrunerTask): null {
  Array.prototype.sort.call(curves, (a: Curve, b: Curve) => lastOf(a) - lastOf(b));
  return null;
}

function required(value: number | undefined): number {
  if (value === undefined) throw new Error("there is no other curve");
  return value;
}

const breaks = (rule: Rule, definition: Definition) => () => rules[rule]({ type: "none", definition, standard: definition.schema.parse({ type: "none" }) });

it.each(Object.entries(mistakes))("%s is noticed", (_, [rule, definition]) => {
  expect(breaks(rule, definition)).toThrow();
});

it.each((Object.keys(rules) as Rule[]).flatMap((rule) => [["that ends trials", rule, right] as const, ["that pauses trials", rule, pausing] as const]))(
  "the right pruner %s keeps to: %s",
  (_, rule, definition) => {
    expect(breaks(rule, definition)).not.toThrow();
  },
);

it("there is a mistake for every rule", () => {
  expect(new Set(Object.values(mistakes).map(([rule]) => rule))).toEqual(new Set(Object.keys(rules)));
});
