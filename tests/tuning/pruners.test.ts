/** Each pruner's own rule: Optuna's decisions where it has the same one (tests/golden/tuning), hand cases of the papers' algorithms elsewhere. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asha } from "../../src/shared/catalog/pruners/asha.ts";
import { hyperband } from "../../src/shared/catalog/pruners/hyperband.ts";
import { median } from "../../src/shared/catalog/pruners/median.ts";
import { patience } from "../../src/shared/catalog/pruners/patience.ts";
import { percentile } from "../../src/shared/catalog/pruners/percentile.ts";
import type { Curve } from "../../src/shared/catalog/pruners/pruner.ts";
import { successiveHalving } from "../../src/shared/catalog/pruners/successiveHalving.ts";
import { wilcoxon } from "../../src/shared/catalog/pruners/wilcoxon.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { studyUnder } from "./pruning.ts";

/** Constant curves: a trial's value is its rank at every epoch. */
const flat = (ranks: readonly number[], length: number) => ranks.map((rank) => Array.from({ length }, () => rank));
const curve = (trial: number, state: Curve["state"], ...values: readonly number[]): Curve => ({ trial, state, values });
const SHUFFLED = [5, 2, 8, 0, 7, 1, 6, 4, 3];

describe("median and percentile", () => {
  const golden: readonly { settings: Record<string, unknown>; curves: readonly (readonly (number | null)[])[]; lengths: readonly number[] }[] = JSON.parse(
    readFileSync(new URL("../golden/tuning/pruners.json", import.meta.url), "utf8"),
  );

  it.each(golden)("ends the trials that Optuna ends: $settings", ({ settings, curves, lengths }) => {
    const wholes = curves.map((values) => values.map((value) => value ?? Number.NaN));
    const found =
      settings.type === "median"
        ? studyUnder(median, median.schema.parse(settings), wholes)
        : studyUnder(percentile, percentile.schema.parse(settings), wholes);
    expect(found.lengths).toEqual(lengths);
    expect(new Set(lengths).size).toBeGreaterThan(1);
  });
});

describe("asha", () => {
  const config = asha.schema.parse({ type: "asha" });

  it("promotes as algorithm 2 does: the best of a rung as soon as it is among the best third", () => {
    const { lengths, order } = studyUnder(asha, config, flat(SHUFFLED, 9));
    // Trial 1 (rank 2) is the best of three and goes on to epoch 3; trial 3 (rank 0) and trial 5 (rank 1) need not stop at epoch 1, because they are among
    // the best third on their arrival. With trial 5 there are three at epoch 3, so that trial 3 goes on from there.
    expect(order).toEqual([0, 1, 2, 1, 3, 4, 5, 3, 6, 7, 8]);
    expect(lengths).toEqual([1, 3, 1, 9, 1, 3, 1, 1, 1]);
  });

  it("leaves no trial behind that is among the best third of its rung, at any number of trials at once", () => {
    const wholes = Array.from({ length: 40 }, (_, i) => Array.from({ length: 27 }, (_, epoch) => ((i * 17) % 40) + Math.sin(i * epoch)));
    for (const atOnce of [1, 3, 8]) {
      const { lengths } = studyUnder(asha, config, wholes, atOnce);
      for (const [rung, next] of [
        [1, 3],
        [3, 9],
        [9, 27],
      ] as const) {
        const reached = [...lengths.keys()].filter((i) => at(lengths, i) >= rung).sort((a, b) => at(at(wholes, a), rung - 1) - at(at(wholes, b), rung - 1));
        for (const trial of reached.slice(0, Math.floor(reached.length / 3))) expect(at(lengths, trial), `trial ${trial}`).toBeGreaterThanOrEqual(next);
      }
      expect(lengths.reduce((a, b) => a + b)).toBeLessThan(0.4 * 40 * 27);
    }
  });

  it("starts later by η to the power of the skipped rungs, and needs a rung below the length", () => {
    expect(new Set(studyUnder(asha, { ...config, minEpochs: 2, skippedRungs: 1, factor: 2 }, flat(SHUFFLED, 12)).lengths)).toEqual(new Set([4, 8, 12]));
    expect(asha.misfit(config, 1)).not.toBeNull();
    expect(asha.misfit(config, 2)).toBeNull();
    expect(asha.misfit({ ...config, minEpochs: 2, skippedRungs: 1 }, 6)?.en).toContain("more than 6 epochs");
  });

  it("counts NaN as worst, and a failed trial where it got", () => {
    const task = { trials: 4, length: 9, seed: 0 };
    const failed = [curve(0, "ended", Number.NaN), curve(1, "pruned", 5), curve(2, "pruned", 7)];
    expect(asha.continues({ ...task, curves: failed }, config)).toBe(1);
    expect(asha.prunes({ ...task, curves: [...failed, curve(3, "running", Number.NaN)] }, config, 3)).toBe(true);
    expect(asha.continues({ ...task, curves: [curve(0, "ended"), ...failed.slice(1)] }, config)).toBeNull();
  });

  it("continues on the highest rung first", () => {
    const curves = [
      curve(0, "pruned", 3, 3, 3),
      curve(1, "pruned", 4, 4, 4),
      curve(2, "pruned", 5, 5, 5),
      ...[1, 2, 9].map((value, i) => curve(3 + i, "pruned", value)),
    ];
    expect(asha.continues({ trials: 9, length: 9, seed: 0, curves }, config)).toBe(0);
    expect(asha.continues({ trials: 9, length: 9, seed: 0, curves: [curve(0, "running", 3, 3, 3, 3), ...curves.slice(1)] }, config)).toBe(3);
  });
});

describe("successive halving", () => {
  const config = successiveHalving.schema.parse({ type: "successiveHalving" });

  it("trains 9, 3 and 1 trials of a bracket to 1, 3 and 9 epochs, however many at once", () => {
    for (const atOnce of [1, 2, 5, 20])
      expect(studyUnder(successiveHalving, config, flat(SHUFFLED, 9), atOnce).lengths, `${atOnce} at once`).toEqual([1, 3, 1, 9, 1, 3, 1, 1, 1]);
  });

  it("has brackets of their own, the last one smaller", () => {
    const ranks = [...SHUFFLED, 20, 30, 10, 40];
    expect(studyUnder(successiveHalving, config, flat(ranks, 9)).lengths).toEqual([1, 3, 1, 9, 1, 3, 1, 1, 1, 1, 1, 9, 1]);
  });

  it("waits for the last of a bracket, but not for one that failed", () => {
    const task = { trials: 9, length: 9, seed: 0 };
    const waiting = SHUFFLED.slice(0, 8).map((rank, trial) => curve(trial, "pruned", rank));
    expect(successiveHalving.continues({ ...task, curves: waiting }, config)).toBeNull();
    expect(successiveHalving.continues({ ...task, curves: [...waiting, curve(8, "running")] }, config)).toBeNull();
    expect(successiveHalving.continues({ ...task, curves: [...waiting, curve(8, "ended")] }, config)).toBe(3);
  });
});

describe("hyperband", () => {
  const config = hyperband.schema.parse({ type: "hyperband" });

  it("gives brackets 27, 12, 6 and 4 of 49 trials, which stop first at 1, 3, 9 and 27 epochs", () => {
    // Each trial is worse than all before it, so it stops at its bracket's first rung, unless a stopped one was promoted.
    const { lengths } = studyUnder(
      { ...hyperband, continues: () => null },
      config,
      flat(
        Array.from({ length: 49 }, (_, i) => i),
        27,
      ),
    );
    const count = (epochs: number) => lengths.filter((length) => length === epochs).length;
    expect([1, 3, 9, 27].map(count)).toEqual([27, 12, 6, 4]);
    // Its first trials are mixed, so that a short study has every bracket.
    expect(new Set(lengths.slice(0, 16))).toEqual(new Set([1, 3, 9, 27]));
  });

  it("promotes within a bracket", () => {
    const ranks = Array.from({ length: 49 }, (_, i) => (i * 29) % 49);
    const { lengths, order } = studyUnder(hyperband, config, flat(ranks, 27), 2);
    expect(order.length).toBeGreaterThan(49);
    expect(lengths.filter((length) => length === 27).length).toBeGreaterThan(4);
  });
});

describe("patience", () => {
  const ended = (minChange: number, ...values: readonly number[]) =>
    patience.prunes({ curves: [curve(0, "running", ...values)], trials: 1, length: 20, seed: 0 }, { type: "patience", patience: 3, minChange }, 0);

  it("ends a trial after three epochs without an improvement of more than the minimum change", () => {
    expect(ended(0, 5, 4, 4, 4)).toBe(false);
    expect(ended(0, 5, 4, 4, 4, 4)).toBe(true);
    expect(ended(0, 5, 4, 4, 4, 3.9)).toBe(false);
    expect(ended(0.2, 5, 4, 3.9, 3.9, 3.9)).toBe(true);
    // Small steps count once they add up.
    expect(ended(0.2, 5, 4, 3.9, 3.85, 3.7)).toBe(false);
    expect(ended(0, Number.NaN, Number.NaN, Number.NaN)).toBe(true);
    expect(patience.misfit({ type: "patience", patience: 3, minChange: 0 }, 4)).not.toBeNull();
    expect(patience.misfit({ type: "patience", patience: 3, minChange: 0 }, 5)).toBeNull();
  });
});

describe("wilcoxon", () => {
  const config = { type: "wilcoxon", p: 0.1 } as const;
  const best = curve(0, "ended", 1, 2, 3, 4, 5, 6);
  const ended = (curves: readonly Curve[], ...values: readonly number[]) =>
    wilcoxon.prunes({ curves: [...curves, curve(9, "running", ...values)], trials: 10, length: 6, seed: 0 }, config, 9);

  it("ends a trial after four repeats that are all worse than the best trial's, not earlier", () => {
    expect(ended([best], 1.1, 2.2, 3.3)).toBe(false);
    expect(ended([best], 1.1, 2.2, 3.3, 4.4)).toBe(true);
    // Its first repeat is better by more than the others are worse.
    expect(ended([best], 0.5, 2.2, 3.3, 4.4)).toBe(false);
    expect(ended([best], 1.1, 2.2, Number.NaN, 4.4)).toBe(true);
  });

  it("compares with the best completed trial only", () => {
    const worse = curve(1, "ended", 9, 9, 9, 9, 9, 9);
    expect(ended([worse], 2, 3, 4, 5)).toBe(false);
    expect(ended([worse, best], 2, 3, 4, 5)).toBe(true);
    expect(ended([worse, curve(2, "pruned", 1, 1, 1, 1)], 2, 3, 4, 5)).toBe(false);
    expect(ended([curve(3, "ended", ...Array.from({ length: 6 }, () => Number.NaN))], 2, 3, 4, 5)).toBe(false);
  });

  it("keeps a trial that is better on average, although it is worse more often", () => {
    const even = curve(0, "ended", ...Array.from({ length: 12 }, () => 100));
    const often = Array.from({ length: 9 }, (_, i) => 101 + i);
    const decided = (...values: readonly number[]) =>
      wilcoxon.prunes({ curves: [even, curve(1, "running", ...values)], trials: 2, length: 12, seed: 0 }, config, 1);
    expect(decided(...often, 89)).toBe(true);
    expect(decided(...often, 0)).toBe(false);
  });

  it("needs as many repeats as its p value asks for", () => {
    expect(wilcoxon.misfit(config, 4)?.en).toBe("have at least 5 repeats");
    expect(wilcoxon.misfit(config, 5)).toBeNull();
    expect(wilcoxon.misfit({ ...config, p: 0.05 }, 5)).not.toBeNull();
  });
});
