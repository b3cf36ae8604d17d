/** Splits as properties: disjoint, complete, of the agreed sizes, repeatable, and fair to every class. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shippedDatasets } from "../../src/main/data/shipped.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { makeSplit, type Split, type SplitData } from "../../src/main/data/split.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import type { SplitConfig } from "../../src/shared/recipe/recipe.ts";
import { splitCounts } from "../../src/shared/recipe/split.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";

const config = (changes: Partial<SplitConfig> = {}): SplitConfig => splitSchema.parse(changes);

const classification = (targets: readonly number[], givenTest = 0): SplitData => ({
  length: targets.length,
  givenTest,
  target: "classification",
  targets: Int32Array.from(targets),
});

const ofEvery = (split: Split) => [...split.train, ...split.validation, ...split.test];

/** Class counts as drawn by fast-check, in shuffled order of samples. */
const labels = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }).chain((counts) =>
  fc.shuffledSubarray(
    counts.flatMap((count, label) => Array.from({ length: count }, () => label)),
    { minLength: counts.reduce((a, b) => a + b, 0) },
  ),
);
const share = fc.double({ min: 0.01, max: 0.8, noNaN: true });
const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** The split, or null where there are too few samples for one. */
function splitOrNull(data: SplitData, split: SplitConfig, seedNumber: number): Split | null {
  try {
    return makeSplit(data, split, seedNumber);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

const countOf = (part: Uint32Array, targets: ArrayLike<number>, label: number) => part.filter((index) => targets[index] === label).length;

describe("makeSplit", () => {
  it("takes the source's own validation part as it is, whatever the test part is", () => {
    fc.assert(
      fc.property(
        labels,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.oneof(share, fc.constant("given" as const)),
        seed,
        (targets, own, given, test, s) => {
          const data = { ...classification(targets, given), givenValidation: own };
          const split = splitOrNull(data, config({ validation: "given", test }), s);
          if (split === null) return;
          const first = targets.length - given - own;
          expect([...split.validation]).toEqual(Array.from({ length: own }, (_, i) => first + i));
          expect(ofEvery(split).sort((a, b) => a - b)).toEqual(Array.from(targets.keys()));
          const { train, validation, test: tested } = splitCounts(data, config({ validation: "given", test }));
          expect([split.train.length, split.validation.length, split.test.length]).toEqual([train, validation, tested]);
        },
      ),
    );
  });

  it("refuses a given validation part that is not there, goes by time or tears groups apart", () => {
    const data = { ...classification([0, 1, 0, 1, 0, 1]), givenValidation: 2 };
    const message = (given: SplitData, split: Partial<SplitConfig>) => {
      try {
        makeSplit(given, config({ validation: "given", test: 0.2, stratified: false, ...split }), 1);
      } catch (error) {
        return error instanceof Fault ? error.message : error;
      }
      return "none";
    };
    expect(message(data, {})).toBe("none");
    expect(message(classification([0, 1, 0, 1]), {})).toContain(
      "data.split.validation: must be a fraction such as 0.15, because this data set names no validation part of its own",
    );
    expect(message(data, { method: { type: "time", column: "" } })).toContain("data.split.validation: must be a fraction where the split goes by time");
    const group = (values: readonly number[]) => ({ name: "who", kind: "numeric", values: Float64Array.from(values) }) as const;
    expect(message({ ...data, group: group([1, 1, 2, 2, 3, 3]) }, { group: "who" })).toBe("none");
    expect(message({ ...data, group: group([1, 1, 2, 3, 3, 4]) }, { group: "who" })).toContain(
      "data.split.validation: must be a fraction, because the validation part that the source names is not made of whole groups; received 1 group",
    );
  });

  it("uses every sample once, in ascending parts of exactly the planned sizes", () => {
    let made = 0;
    fc.assert(
      fc.property(
        labels,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        share,
        fc.oneof(share, fc.constant("given" as const)),
        fc.boolean(),
        seed,
        (targets, given, validation, test, stratified, s) => {
          const data = classification(targets, Math.floor(given * targets.length));
          const split = splitOrNull(data, config({ validation, test, stratified }), s);
          if (split === null) return;
          made++;
          expect(ofEvery(split).sort((a, b) => a - b)).toEqual(Array.from(targets.keys()));
          for (const part of [split.train, split.validation, split.test]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
          const { train, validation: validationPart, test: testPart } = split;
          expect({ train: train.length, validation: validationPart.length, test: testPart.length }).toEqual(
            splitCounts(data, config({ validation, test, stratified })),
          );
        },
      ),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(100);
  });

  it("gives every class its share of every part, rounded down or up", () => {
    let made = 0;
    fc.assert(
      fc.property(labels, share, share, seed, (targets, validation, test, s) => {
        const data = classification(targets);
        const split = splitOrNull(data, config({ validation, test }), s);
        if (split === null) return;
        const sizes = new Map<number, number>();
        for (const label of targets) sizes.set(label, (sizes.get(label) ?? 0) + 1);
        // Classes too small for a training sample of their own borrow one; see below.
        if ([...sizes.values()].some((size) => (size * split.train.length) / targets.length < 1)) return;
        made++;
        for (const part of [split.train, split.validation, split.test])
          for (const [label, size] of sizes) expect(Math.abs(countOf(part, targets, label) - (size * part.length) / targets.length)).toBeLessThan(1);
      }),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(50);
  });

  it("leaves every class a training sample where there are enough", () => {
    let borrowed = 0;
    fc.assert(
      fc.property(labels, share, share, seed, (targets, validation, test, s) => {
        const split = splitOrNull(classification(targets), config({ validation, test }), s);
        const classes = [...new Set(targets)];
        if (split === null || split.train.length < classes.length) return;
        if (classes.some((label) => targets.filter((target) => target === label).length * split.train.length < targets.length)) borrowed++;
        for (const label of classes) expect(countOf(split.train, targets, label)).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
    expect(borrowed).toBeGreaterThan(10);
  });

  it("is decided by the seed, of up to 53 bits", () => {
    const data = classification(Array.from({ length: 300 }, (_, i) => i % 3));
    const first = makeSplit(data, config(), 7);
    expect(makeSplit(data, config(), 7)).toEqual(first);
    expect(makeSplit(data, config(), 8)).not.toEqual(first);
    expect(makeSplit(data, config(), 7 + 2 ** 40)).not.toEqual(first);
    expect(makeSplit(data, config({ stratified: false }), 7)).not.toEqual(first);
  });

  it("draws every sample about equally often", () => {
    const data = classification(Array.from({ length: 20 }, (_, i) => i % 2));
    const drawn = new Array<number>(20).fill(0);
    for (let s = 0; s < 2000; s++) for (const index of makeSplit(data, config({ test: 0.2, validation: 0.2 }), s).test) drawn[index] = (drawn[index] ?? 0) + 1;
    // 400 expected, standard deviation 18: five of them.
    for (const count of drawn) expect(Math.abs(count - 400)).toBeLessThan(90);
  });

  it("takes the given test part as it is", () => {
    const targets = Array.from({ length: 100 }, (_, i) => i % 4);
    const { train, validation, test } = makeSplit(classification(targets, 20), config({ test: "given", validation: 0.1 }), 3);
    expect([...test]).toEqual(Array.from({ length: 20 }, (_, i) => 80 + i));
    expect([train.length, validation.length]).toEqual([70, 10]);
    expect(Math.max(...train, ...validation)).toBeLessThan(80);
  });

  it("treats a given test part as any other samples where a share is asked for", () => {
    const targets = Array.from({ length: 100 }, (_, i) => i % 4);
    const { train, test } = makeSplit(classification(targets, 20), config({ test: 0.2 }), 3);
    expect(test.length).toBe(20);
    expect(train.some((index) => index >= 80)).toBe(true);
  });

  it("splits a regression at random, stratified or not", () => {
    const targets = Float32Array.from({ length: 100 }, (_, i) => i / 7);
    const data: SplitData = { length: 100, givenTest: 0, target: "regression", targets };
    const split = makeSplit(data, config({ stratified: false }), 1);
    expect(makeSplit(data, config({ stratified: true }), 1)).toEqual(split);
    expect(ofEvery(split).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it.each(shippedDatasets().map(({ name }) => name))("splits %s", async (name) => {
    const dataset = await openDataset({ type: "shipped", name });
    const targets = await dataset.targets();
    const split = makeSplit({ length: dataset.length, givenTest: dataset.givenTest, target: dataset.target.kind, targets }, config(), 42);
    expect(new Set(ofEvery(split)).size).toBe(dataset.length);
    if (dataset.target.kind === "regression") return;
    for (const [label] of dataset.target.classes.entries())
      for (const part of [split.train, split.validation, split.test])
        expect(Math.abs(countOf(part, targets, label) - (targets.filter((target) => target === label).length * part.length) / dataset.length)).toBeLessThan(1);
  });
});

describe("splits that leave a part empty", () => {
  const message = (data: SplitData, split: SplitConfig) => {
    try {
      makeSplit(data, split, 0);
    } catch (error) {
      if (error instanceof Fault) return error.message;
      throw error;
    }
    throw new Error("expected a fault");
  };

  it.each([
    [
      classification([0, 1, 0, 1, 0]),
      config({ validation: 0.6, test: 0.6 }),
      "data.split: must leave at least one of the 5 samples for training, one for validation and one for the test; received a validation part of 0.6 and a test part of 0.6, which is -1 for training, 3 for validation and 3 for the test. Use smaller fractions, so that something is left to train on.",
    ],
    [
      classification([0, 1, 0, 1, 0]),
      config({ validation: 0.01, test: 0.2 }),
      "data.split: must leave at least one of the 5 samples for training, one for validation and one for the test; received a validation part of 0.01 and a test part of 0.2, which is 4 for training, 0 for validation and 1 for the test. Use larger fractions, or more data.",
    ],
    [
      classification([0, 1, 0, 1, 0], 3),
      config({ validation: 0.4, test: "given" }),
      "data.split: must leave at least one of the 5 samples for training, one for validation and one for the test; received a validation part of 0.4 and a test part of the given samples, which is 0 for training, 2 for validation and 3 for the test. Use smaller fractions, so that something is left to train on.",
    ],
    [
      classification([0, 1, 0, 1, 0]),
      config({ test: "given" }),
      'data.split.test: must be a fraction such as 0.15, because this data set names no test part of its own; received "given". Give the fraction of samples to keep for testing.',
    ],
  ])("case %#", (data, split, expected) => expect(message(data, split)).toBe(expected));
});
