/** Every method of splitting: as properties, and against numpy's figures (fixtures/splits/figures.py). */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundTable } from "../../src/main/data/rounding.ts";
import { makeSplit, type Split, type SplitData } from "../../src/main/data/split.ts";
import { groupsOf } from "../../src/main/data/splits/groups.ts";
import { leaksOf } from "../../src/main/data/splits/leaks.ts";
import type { TableColumn } from "../../src/main/data/table.ts";
import { at, Fault } from "../../src/shared/kit/fault.ts";
import type { SplitConfig } from "../../src/shared/recipe/recipe.ts";
import { foldCount, hasValidation, splitCounts, splitProblems } from "../../src/shared/recipe/split.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { english } from "../helpers/english.ts";
import { fingerprint, HOLD_OUT_CASES, holdOutData } from "./fixtures/splits/holdOut.ts";

const figures = JSON.parse(readFileSync(new URL("fixtures/splits/figures.json", import.meta.url), "utf8"));
const stored: readonly string[] = JSON.parse(readFileSync(new URL("fixtures/splits/holdOut.json", import.meta.url), "utf8"));

type Input = Parameters<typeof splitSchema.parse>[0];
const config = (changes: Input = {}): SplitConfig => splitSchema.parse(changes);

const classification = (targets: readonly number[], more: Partial<SplitData> = {}): SplitData => ({
  length: targets.length,
  givenTest: 0,
  target: "classification",
  targets: Int32Array.from(targets),
  ...more,
});

const numbers = (length: number) => Array.from({ length }, (_, i) => i);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
const numeric = (values: readonly number[], kind: "numeric" | "time" = "numeric"): TableColumn => ({ name: "who", kind, values: Float64Array.from(values) });
const sizesOf = ({ train, validation, test }: Split) => ({ train: train.length, validation: validation.length, test: test.length });
const tally = (values: Iterable<number>) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

function splitOrNull(data: SplitData, split: SplitConfig, seed: number): Split | null {
  try {
    return makeSplit(data, split, seed);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

const messageOf = (data: SplitData, split: SplitConfig) => {
  try {
    makeSplit(data, split, 0);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  throw new Error("expected a fault");
};

const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 120 });
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const shares = fc.double({ min: 0.05, max: 0.4, noNaN: true });

describe("the hold-out of runs already made", () => {
  it.each(HOLD_OUT_CASES.map((each, i) => [i, each] as const))("case %i is what it was", (i, each) => {
    expect(fingerprint(makeSplit(holdOutData(each), config(each.split), each.seed))).toBe(stored[i]);
  });
});

describe("the parts that a source names", () => {
  const data = classification(
    numbers(40).map((i) => i % 2),
    { givenValidation: 6, givenTest: 4 },
  );

  it("are taken as they are, and everything before them is trained on", () => {
    const split = makeSplit(data, config({ validation: "given", test: "given" }), 3);
    expect([[...split.train], [...split.validation], [...split.test]]).toEqual([numbers(30), numbers(6).map((i) => 30 + i), numbers(4).map((i) => 36 + i)]);
    expect(sizesOf(split)).toEqual(splitCounts({ ...data, givenValidation: 6 }, config({ validation: "given", test: "given" })));
  });

  it("can be the validation part alone: the test part is drawn from the rest", () => {
    const alone = { ...data, givenValidation: 10, givenTest: 0 };
    const split = makeSplit(alone, config({ validation: "given", test: 0.25 }), 3);
    expect([...split.validation]).toEqual(numbers(10).map((i) => 30 + i));
    expect(sizesOf(split)).toEqual({ train: 20, validation: 10, test: 10 });
    expect(sorted([...split.train, ...split.test])).toEqual(numbers(30));
    expect(makeSplit(alone, config({ validation: "given", test: 0.25 }), 4).test).not.toEqual(split.test);
  });

  it("are shared out with the rest where the recipe gives shares, or folds", () => {
    const shares = makeSplit(data, config({ validation: 0.25, test: "given" }), 3);
    expect(sizesOf(shares)).toEqual({ train: 26, validation: 10, test: 4 });
    expect(sorted([...shares.train, ...shares.validation])).toEqual(numbers(36));
    const folds = makeSplit(data, config({ validation: "given", test: "given", method: { type: "kFold", folds: 4 } }), 3);
    expect(sizesOf(folds)).toEqual({ train: 27, validation: 9, test: 4 });
  });

  it("must be made of whole groups where groups stay together", () => {
    const group = numeric(numbers(40).map((i) => (i < 31 ? i : i < 36 ? 50 : 60)));
    expect(messageOf({ ...data, group: numeric(numbers(40).map((i) => i % 35)) }, config({ group: "who", validation: "given", test: "given" }))).toContain(
      "data.split.test: must be a fraction",
    );
    expect(
      messageOf({ ...data, group: numeric(numbers(40).map((i) => (i === 33 ? 0 : i))) }, config({ group: "who", validation: "given", test: "given" })),
    ).toBe(
      "data.split.validation: must be a fraction, because the validation part that the source names is not made of whole groups; received 1 group with samples in the given validation part and outside it. Give the fraction of samples to keep for validation, or use no group.",
    );
    expect(sizesOf(makeSplit({ ...data, group }, config({ group: "who", validation: "given", test: "given" }), 0))).toEqual({
      train: 30,
      validation: 6,
      test: 4,
    });
  });
});

describe("k-fold", () => {
  it("is numpy's array_split of the seeded permutation, each repeat another", () => {
    const { seed, rest, folds } = figures;
    const data: SplitData = { length: rest + 10, givenTest: 10, target: "regression", targets: new Float32Array(rest + 10) };
    for (const repeat of [0, 1])
      for (let fold = 0; fold < folds; fold++) {
        const method = { type: "repeatedKFold", folds, repeats: 2, fold: repeat * folds + fold } as const;
        const made = makeSplit(data, config({ test: "given", stratified: false, method }), seed);
        expect([...made.validation]).toEqual(figures.kFold[repeat][fold]);
        if (repeat === 0) expect(makeSplit(data, config({ test: "given", stratified: false, method: { type: "kFold", folds, fold } }), seed)).toEqual(made);
      }
  });

  it("validates every sample beside the test part exactly once a repeat, in parts of the planned sizes", () => {
    let made = 0;
    fc.assert(
      fc.property(
        labels,
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        shares,
        fc.boolean(),
        seeds,
        (targets, folds, repeats, test, stratified, s) => {
          const data = classification(targets);
          const whole = config({ test, stratified, method: { type: "repeatedKFold", folds, repeats } });
          const first = splitOrNull(data, whole, s);
          if (first === null) return;
          made++;
          expect(foldCount(whole, data)).toBe(folds * repeats);
          for (let repeat = 0; repeat < repeats; repeat++) {
            const validated: number[] = [];
            for (let fold = 0; fold < folds; fold++) {
              const each = config({ test, stratified, method: { type: "repeatedKFold", folds, repeats, fold: repeat * folds + fold } });
              const split = makeSplit(data, each, s);
              expect(split.test).toEqual(first.test);
              expect(sizesOf(split)).toEqual(splitCounts(data, each));
              expect(sorted([...split.train, ...split.validation, ...split.test])).toEqual(numbers(data.length));
              for (const part of [split.train, split.validation, split.test]) expect([...part]).toEqual(sorted(part));
              validated.push(...split.validation);
              if (!stratified) continue;
              const rest = tally([...split.train, ...split.validation].map((index) => at(targets, index)));
              const here = tally(Array.from(split.validation, (index) => at(targets, index)));
              const restLength = data.length - split.test.length;
              for (const [label, count] of rest) expect(Math.abs((here.get(label) ?? 0) - (count * split.validation.length) / restLength)).toBeLessThan(1);
            }
            expect(sorted(validated)).toEqual(sorted(numbers(data.length).filter((index) => !first.test.includes(index))));
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(made).toBeGreaterThan(60);
  });

  it("cuts another seed and another repeat elsewhere", () => {
    const data = classification(numbers(200).map((i) => i % 4));
    const of = (seed: number, fold: number) => makeSplit(data, config({ method: { type: "repeatedKFold", folds: 5, repeats: 3, fold } }), seed);
    expect(of(1, 0)).toEqual(of(1, 0));
    expect(of(1, 5).validation).not.toEqual(of(1, 0).validation);
    expect(of(1, 5).test).toEqual(of(1, 0).test);
    expect(of(2, 0).test).not.toEqual(of(1, 0).test);
  });

  it("rounds tables of many columns exactly", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 2, max: 40 }), (rows, folds) => {
        const total = rows.reduce((a, b) => a + b, 0);
        if (total < folds) return;
        const columns = numbers(folds).map((fold) => Math.floor(total / folds) + (fold < total % folds ? 1 : 0));
        const table = roundTable(rows, columns);
        expect(table.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(rows);
        expect(columns.map((_, c) => table.reduce((sum, row) => sum + at(row, c), 0))).toEqual(columns);
        for (const [r, row] of table.entries())
          for (const [c, count] of row.entries()) expect(Math.abs(count - (at(rows, r) * at(columns, c)) / total)).toBeLessThan(1);
      }),
    );
  });
});

describe("leave-one-out", () => {
  it("leaves every sample beside the test part out once", () => {
    const data = classification(numbers(31).map((i) => i % 3));
    const method = (fold: number) => config({ test: 0.2, method: { type: "leaveOneOut", fold } });
    const runs = foldCount(method(0), data) ?? 0;
    expect(runs).toBe(25);
    const left = numbers(runs).map((fold) => {
      const split = makeSplit(data, method(fold), 4);
      expect(sizesOf(split)).toEqual(splitCounts(data, method(fold)));
      expect(sizesOf(split)).toEqual({ train: 24, validation: 1, test: 6 });
      return at(split.validation, 0);
    });
    const { test } = makeSplit(data, method(0), 4);
    expect(sorted([...left, ...test])).toEqual(numbers(31));
  });
});

describe("bootstrap", () => {
  it("is the seeded draw with replacement, and those it never drew, as numpy states them", () => {
    const { seed, rest } = figures;
    const data: SplitData = { length: rest + 10, givenTest: 10, target: "regression", targets: new Float32Array(rest + 10) };
    for (const round of [0, 1]) {
      const { train, validation } = makeSplit(data, config({ test: "given", stratified: false, method: { type: "bootstrap", round } }), seed);
      expect({ train: [...train], validation: [...validation] }).toEqual(figures.bags[round]);
    }
  });

  it("leaves about 1/e out", () => {
    const n = 40_000;
    const data = classification(numbers(n).map((i) => i % 10));
    const split = config({ method: { type: "bootstrap" } });
    const { train, validation, test } = makeSplit(data, split, 1);
    expect([train.length, test.length]).toEqual([34_000, 6000]);
    // The share left out has a standard deviation of √((1/e − 2/e²) / n) = 0.0017: six of them.
    expect(Math.abs(validation.length / 34_000 - 1 / Math.E)).toBeLessThan(0.01);
    const expected = splitCounts(data, split);
    expect(expected).toEqual({ train: 34_000, validation: Math.round(34_000 / Math.E), test: 6000, exact: false });
    expect(foldCount(split, data)).toBeNull();
    // Stratified: every class as often as in the data.
    expect([...tally(Array.from(train, (index) => index % 10)).values()]).toEqual(new Array(10).fill(3400));
  });

  it("has every sample in exactly one of bag, out-of-bag and test", () => {
    let made = 0;
    fc.assert(
      fc.property(labels, shares, fc.boolean(), seeds, fc.integer({ min: 0, max: 9 }), (targets, test, stratified, s, round) => {
        const data = classification(targets);
        const split = splitOrNull(data, config({ test, stratified, method: { type: "bootstrap", round } }), s);
        if (split === null) return;
        made++;
        expect(split.train.length).toBe(data.length - split.test.length);
        expect(sorted([...new Set(split.train), ...split.validation, ...split.test])).toEqual(numbers(data.length));
      }),
    );
    expect(made).toBeGreaterThan(50);
  });

  it("says when a round leaves nobody out", () => {
    // One sample a class is drawn every time.
    expect(messageOf(classification([0, 1, 2, 3, 4], { givenTest: 2 }), config({ test: "given", method: { type: "bootstrap" } }))).toBe(
      "data.split.method.round: must be a round that leaves some of the 3 samples outside the test part undrawn, for validation; received 0, which drew all of them. Choose another round, turn stratified off, or use more data.",
    );
  });
});

describe("time", () => {
  const method = { type: "time", column: "when" } as const;

  it("is numpy's stable argsort, cut into first, next and last", () => {
    const data = classification(numbers(40), { time: numeric(figures.times, "time") });
    const { train, validation, test } = makeSplit(data, config({ validation: 0.2, method }), 0);
    expect({ train: [...train], validation: [...validation], test: [...test] }).toEqual(figures.time);
  });

  it("never trains on what comes after what it is validated or tested on, whatever the seed and the classes", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 20, maxLength: 80 }), seeds, (times, s) => {
        const data = classification(
          times.map((_, i) => i % 3),
          { time: numeric(times) },
        );
        const split = makeSplit(data, config({ method }), s);
        expect(sizesOf(split)).toEqual(splitCounts(data, config({ method })));
        const [train, validation, test] = [split.train, split.validation, split.test].map((part) => Array.from(part, (index) => at(times, index)));
        expect(Math.max(...(train ?? []))).toBeLessThanOrEqual(Math.min(...(validation ?? [])));
        expect(Math.max(...(validation ?? []))).toBeLessThanOrEqual(Math.min(...(test ?? [])));
        expect(makeSplit(data, config({ method, stratified: false }), s + 1 - 2 * (s % 2))).toEqual(split);
      }),
    );
  });

  it("goes by the order of the samples without a column, and can do without validation", () => {
    const { train, validation, test } = makeSplit(classification(numbers(20)), config({ validation: 0, test: 0.25, method: { type: "time" } }), 3);
    expect([[...train], [...validation], [...test]]).toEqual([numbers(15), [], [15, 16, 17, 18, 19]]);
  });

  it("keeps a given test part", () => {
    const data = classification(numbers(20), { givenTest: 5, time: numeric(numbers(20).map((i) => -i)) });
    const { train, validation, test } = makeSplit(data, config({ validation: 0.2, test: "given", method }), 3);
    expect([[...train], [...validation], [...test]]).toEqual([numbers(15).slice(4), [0, 1, 2, 3], [15, 16, 17, 18, 19]]);
  });

  it("refuses samples without a time, and categories", () => {
    expect(messageOf(classification(numbers(20), { time: numeric([Number.NaN, ...numbers(18), Number.NaN]) }), config({ method }))).toBe(
      "data.split.method.column: must have a time for every sample; received 2 of 20 samples without a value in when. Fill the column or remove those samples, or choose another column.",
    );
    const column: TableColumn = { name: "when", kind: "categorical", codes: new Int32Array(20), categories: ["Monday"] };
    expect(messageOf(classification(numbers(20), { time: column }), config({ method }))).toContain("must be a column of numbers or dates");
  });
});

describe("groups", () => {
  const grouped = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 14 })), { minLength: 30, maxLength: 150 });
  const methods = fc.constantFrom<SplitConfig["method"]>(
    { type: "holdOut" },
    { type: "kFold", folds: 3, fold: 1 },
    { type: "repeatedKFold", folds: 4, repeats: 2, fold: 6 },
    { type: "bootstrap", round: 2 },
  );

  it("stay in one part, use every sample, and come near the wanted sizes", () => {
    let near = 0;
    let made = 0;
    fc.assert(
      fc.property(grouped, methods, fc.boolean(), seeds, (rows, method, stratified, s) => {
        const group = rows.map(([, who]) => who);
        const data = classification(
          rows.map(([label]) => label),
          { group: numeric(group) },
        );
        const wanted = config({ group: "who", stratified, method, validation: 0.2, test: 0.2 });
        const split = splitOrNull(data, wanted, s);
        if (split === null) return;
        made++;
        const owners = [split.train, split.validation, split.test].map((part) => new Set(Array.from(part, (index) => at(group, index))));
        expect(owners.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(group).size);
        expect(sorted([...new Set(split.train), ...split.validation, ...split.test])).toEqual(numbers(rows.length));
        for (const part of [split.train, split.validation, split.test]) expect(part.length).toBeGreaterThan(0);
        expect(makeSplit(data, wanted, s)).toEqual(split);
        const counts = splitCounts(data, wanted);
        expect(counts.exact).toBe(false);
        const largest = Math.max(...tally(group).values());
        if (method.type === "bootstrap") return;
        if (!stratified)
          for (const part of ["train", "validation", "test"] as const) expect(Math.abs(split[part].length - counts[part])).toBeLessThanOrEqual(2 * largest);
        if (Math.abs(split.validation.length - counts.validation) <= largest / 2) near++;
      }),
      { numRuns: 300 },
    );
    expect(made).toBeGreaterThan(200);
    expect(near).toBeGreaterThan(made * 0.4);
  });

  it("come out exactly where they can, and validate every group once", () => {
    // Twenty groups of five: 15 % of 100 are three groups.
    const data = classification(
      numbers(100).map((i) => i % 2),
      { group: numeric(numbers(100).map((i) => Math.floor(i / 5))) },
    );
    expect(sizesOf(makeSplit(data, config({ group: "who" }), 8))).toEqual({ train: 70, validation: 15, test: 15 });
    const folds = numbers(4).map((fold) => makeSplit(data, config({ group: "who", test: 0.2, method: { type: "kFold", folds: 4, fold } }), 8));
    for (const split of folds) expect(sizesOf(split)).toEqual({ train: 60, validation: 20, test: 20 });
    expect(sorted([...folds.flatMap(({ validation }) => [...validation]), ...at(folds, 0).test])).toEqual(numbers(100));
    expect(makeSplit(data, config({ group: "who" }), 9)).not.toEqual(makeSplit(data, config({ group: "who" }), 8));
  });

  it("leave no part empty, however small it should be", () => {
    const data = classification(new Array(100).fill(0), { group: numeric(numbers(100).map((i) => Math.floor(i / 10))) });
    expect(sizesOf(makeSplit(data, config({ group: "who", test: 0.01 }), 8))).toEqual({ train: 80, validation: 10, test: 10 });
    // Four large groups and one of two: that goes where least is wanted.
    const uneven = classification(new Array(102).fill(0), { group: numeric(numbers(102).map((i) => Math.floor(i / 25))) });
    for (const seed of numbers(10)) expect(makeSplit(uneven, config({ group: "who", validation: 0, test: 0.01 }), seed).test.length).toBe(2);
  });

  it("keep the classes' shares better when stratified", () => {
    // Groups of one class each, and a class that is rare: shares are met by whole groups.
    const group = numbers(400).map((i) => Math.floor(i / 10));
    const targets = group.map((who) => (who % 4 === 0 ? 1 : 0));
    const data = classification(targets, { group: numeric(group) });
    for (const seed of numbers(20)) {
      const { train, validation, test } = makeSplit(data, config({ group: "who", validation: 0.2, test: 0.2 }), seed);
      for (const part of [train, validation, test]) expect(part.filter((index) => targets[index] === 1).length / part.length).toBe(0.25);
    }
  });

  it("of a missing value are one each; categories and numbers go by their values", () => {
    expect([...groupsOf(numeric([7, Number.NaN, 7, 0, Number.NaN, -0]))]).toEqual([0, 1, 0, 2, 3, 2]);
    const column: TableColumn = { name: "who", kind: "categorical", codes: Int32Array.of(2, -1, 0, 2, -1), categories: ["a", "b", "c"] };
    expect([...groupsOf(column)]).toEqual([0, 1, 2, 0, 3]);
  });

  it("are drawn whole by the bootstrap, repeats and all", () => {
    const group = numbers(60).map((i) => i % 12);
    const { train, validation, test } = makeSplit(
      classification(
        group.map(() => 0),
        { group: numeric(group) },
      ),
      config({ group: "who", test: 0.25, method: { type: "bootstrap" } }),
      5,
    );
    expect(test.length).toBe(15);
    expect(train.length).toBe(45);
    const drawn = tally(Array.from(train, (index) => at(group, index)));
    for (const [index, count] of tally(train)) expect(5 * count).toBe(drawn.get(at(group, index)));
    expect(validation.length % 5).toBe(0);
    expect(Math.max(...tally(train).values())).toBeGreaterThan(1);
  });

  it("that are too few, or cut by the given test part, are told", () => {
    const two = classification(numbers(20), { group: numeric(numbers(20).map((i) => i % 2)) });
    expect(messageOf(two, config({ group: "who" }))).toBe(
      "data.split.group: must have at least 3 different values, so that training, validation and test get whole groups; received 2 groups. Choose another column, fewer folds, or no group.",
    );
    expect(messageOf(two, config({ group: "who", method: { type: "kFold", folds: 5 } }))).toContain("must have at least 5 different values, so that 5 folds");
    expect(messageOf({ ...two, givenTest: 5 }, config({ group: "who", test: "given" }))).toBe(
      "data.split.test: must be a fraction, because the test part that the source names is not made of whole groups; received 2 groups with samples in the given test part and outside it. Give the fraction of samples to keep for testing, or use no group.",
    );
  });
});

describe("leaksOf", () => {
  const part = (...values: number[]) => Uint32Array.from(values);

  it("finds samples and groups in two parts, and lets bags repeat", () => {
    expect(leaksOf({ train: part(0, 0, 1), validation: part(2), test: part(3) })).toEqual([]);
    expect(leaksOf({ train: part(0, 1), validation: part(1, 2), test: part(2, 0) })).toEqual([
      "sample 1 is in the training part and in the validation part",
      "sample 2 is in the validation part and in the test part",
      "sample 0 is in the training part and in the test part",
    ]);
    expect(leaksOf({ train: part(0), validation: part(1, 1), test: part(2) })).toEqual(["the validation part names a sample twice"]);
    expect(leaksOf({ train: part(0), validation: part(1), test: part(2) }, Uint32Array.of(4, 5, 4))).toEqual([
      "group 4 is in the training part and in the test part",
    ]);
  });
});

describe("splitProblems", () => {
  const facts = { name: "people.csv", length: 50, givenTest: 0, keys: ["patient", "visit", "age"] };
  const problems = (changes: Input, more: object = {}) =>
    english(splitProblems({ ...facts, ...more }, config(changes))).map(
      ({ place, expected, received, remedy }) => `${place}: ${expected}; ${received}. ${remedy}`,
    );

  it.each<[Input, string]>([
    [{ group: "patent" }, 'data.split.group: must be one of the columns "patient", "visit", "age"; "patent". Did you mean "patient"?'],
    [
      { method: { type: "time", column: "when" } },
      'data.split.method.column: must be one of the columns "patient", "visit", "age"; "when". Choose a column of the data set, or leave it empty.',
    ],
    [
      { method: { type: "kFold", folds: 5, fold: 5 } },
      "data.split.method.fold: must be from 0 to 4, because there are 5 folds; 5. Choose one of them; the first is 0.",
    ],
    [
      { method: { type: "repeatedKFold", folds: 5, repeats: 2, fold: 10 } },
      "data.split.method.fold: must be from 0 to 9, because there are 10 folds of all repeats; 10. Choose one of them; the first is 0.",
    ],
    [
      { method: { type: "kFold", folds: 43 } },
      "data.split.method.folds: must be at most 42, the number of samples beside the test part; 43. Use fewer folds, or more data.",
    ],
    [
      { method: { type: "leaveOneOut", fold: 42 } },
      "data.split.method.fold: must be from 0 to 41, because there are 42 samples beside the test part; 42. Choose one of them; the first is 0.",
    ],
    [
      { group: "patient", method: { type: "leaveOneOut" } },
      'data.split.group: must be empty where single samples are left out; "patient". Use "kFold" with as many folds as there are groups to leave out one group a run.',
    ],
    [
      { group: "patient", method: { type: "time", column: "visit" } },
      'data.split.group: must be empty where the split goes by time; "patient". Leave it empty, or choose another method.',
    ],
    [
      { validation: "given" },
      'data.split.validation: must be a fraction such as 0.15, because this data set names no validation part of its own; "given". Give the fraction of samples to hold out for validation.',
    ],
  ])("%j", (changes, expected) => expect(problems(changes)).toEqual([expected]));

  it("says which given parts do not go together", () => {
    const given = { givenValidation: 10, givenTest: 10 };
    expect(problems({ validation: "given", method: { type: "time" } }, given)).toEqual([
      'data.split.validation: must be a fraction where the split goes by time; "given". Give a fraction, or choose the method "holdOut".',
    ]);
    expect(problems({ validation: "given", test: 0.2 }, given)).toEqual([
      'data.split.test: must be "given" too where the validation part is, because this data set names a test part of its own; 0.2. Set it to "given", or give data.split.validation a fraction.',
    ]);
  });

  it("finds nothing wrong with what can be", () => {
    for (const changes of [
      { group: "patient" },
      { method: { type: "time", column: "age" } },
      { method: { type: "kFold", folds: 42, fold: 41 } },
      { validation: 0, method: { type: "leaveOneOut", fold: 41 } },
      { validation: 0.8, test: 0.5, method: { type: "bootstrap" } },
    ] satisfies Input[])
      expect(problems(changes)).toEqual([]);
  });

  it("says that a data set without columns has none", () => {
    expect(problems({ group: "patient" }, { keys: undefined })).toEqual([
      'data.split.group: must be empty: people.csv has no columns to go by; "patient". Choose a column of the data set, or leave it empty.',
    ]);
  });

  it("knows which methods always validate", () => {
    expect(hasValidation(config({ validation: 0 }))).toBe(false);
    expect(hasValidation(config({ validation: 0, method: { type: "kFold" } }))).toBe(true);
    expect(foldCount(config(), facts)).toBe(1);
  });
});
