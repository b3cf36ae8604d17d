/** Early stopping counts as Keras does, keeps the best epoch, and goes on from a checkpoint where it was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeProblem } from "../../src/shared/kit/fault.ts";
import { bestRule, testedWeights } from "../../src/shared/recipe/best.ts";
import {
  type EarlyStoppingConfig,
  earlyStoppingSchema,
  observeEpoch,
  type StoppingState,
  startOfStopping,
  stoppingProblems,
  stopsEarly,
} from "../../src/shared/recipe/earlyStopping.ts";

function patient(settings: object): EarlyStoppingConfig {
  return earlyStoppingSchema.parse({ type: "patience", ...settings });
}

interface Outcome {
  readonly stoppedAfter: number | null;
  readonly bestEpoch: number | null;
  readonly best: number | null;
}

function run(config: EarlyStoppingConfig, values: readonly number[]): Outcome {
  let state: StoppingState = startOfStopping();
  for (const [index, value] of values.entries()) {
    const verdict = observeEpoch(config, state, value, index + 1);
    expect(verdict.improved).toBe(verdict.state.bestEpoch === index + 1);
    // Through JSON, as a checkpoint takes it.
    state = JSON.parse(JSON.stringify(verdict.state));
    if (stopsEarly(config, state)) return { stoppedAfter: index + 1, bestEpoch: state.bestEpoch, best: state.best };
  }
  return { stoppedAfter: null, bestEpoch: state.bestEpoch, best: state.best };
}

/** keras.callbacks.EarlyStopping.on_epoch_end, line by line, without its baseline and start_from_epoch. */
function keras(patience: number, minDelta: number, values: readonly number[], larger: boolean): Outcome {
  const monitorOp = larger ? (a: number, b: number) => a > b : (a: number, b: number) => a < b;
  const delta = larger ? minDelta : -minDelta;
  let best = larger ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  let bestEpoch: number | null = null;
  let wait = 0;
  for (const [epoch, current] of values.entries()) {
    wait += 1;
    if (monitorOp(current - delta, best)) {
      best = current;
      bestEpoch = epoch + 1;
      wait = 0;
      continue;
    }
    if (wait >= patience && epoch > 0) return { stoppedAfter: epoch + 1, bestEpoch, best };
  }
  return { stoppedAfter: null, bestEpoch, best: bestEpoch === null ? null : best };
}

describe("early stopping", () => {
  it("stops after as many epochs without improvement as its patience", () => {
    expect(run(patient({ patience: 3 }), [5, 4, 3, 3.5, 3.2, 3.1, 2])).toEqual({ stoppedAfter: 6, bestEpoch: 3, best: 3 });
    expect(run(patient({ patience: 1 }), [5, 4, 4])).toEqual({ stoppedAfter: 3, bestEpoch: 2, best: 4 });
    expect(run(patient({ patience: 4 }), [5, 4, 3, 3.5, 3.2, 3.1, 2])).toEqual({ stoppedAfter: null, bestEpoch: 7, best: 2 });
  });

  it("takes only more than the minimum change for an improvement", () => {
    expect(run(patient({ patience: 2, minChange: 0.5 }), [4, 3.75, 3.5])).toEqual({ stoppedAfter: 3, bestEpoch: 1, best: 4 });
    // Small gains add up: the best stays where it was.
    expect(run(patient({ patience: 2, minChange: 0.5 }), [4, 3.75, 3.25])).toEqual({ stoppedAfter: null, bestEpoch: 3, best: 3.25 });
  });

  it("looks for the largest of what is better when larger", () => {
    expect(run(patient({ patience: 2, metric: "accuracy" }), [0.5, 0.9, 0.8, 0.85])).toEqual({ stoppedAfter: 4, bestEpoch: 2, best: 0.9 });
  });

  it("takes what is no number for no improvement, also at the beginning", () => {
    expect(run(patient({ patience: 2 }), [Number.NaN, 4, Number.POSITIVE_INFINITY, Number.NaN])).toEqual({ stoppedAfter: 4, bestEpoch: 2, best: 4 });
    expect(run(patient({ patience: 2 }), [Number.NaN, Number.NaN])).toEqual({ stoppedAfter: 2, bestEpoch: null, best: null });
  });

  it("never stops where there is none, and still knows the best epoch", () => {
    const none = earlyStoppingSchema.parse({ type: "none" });
    expect(run(none, [3, ...Array<number>(200).fill(4)])).toEqual({ stoppedAfter: null, bestEpoch: 1, best: 3 });
  });

  it("counts as Keras does", () => {
    // Eighths, whose differences are exact: Keras compares value − change with the best, this compares the gain with the change.
    const eighths = fc.integer({ min: -40, max: 40 }).map((n) => n / 8);
    fc.assert(
      fc.property(
        fc.array(eighths, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 6 }).map((n) => n / 8),
        fc.boolean(),
        (values, patience, minChange, larger) => {
          expect(run(patient({ patience, minChange, metric: larger ? "accuracy" : "loss" }), values)).toEqual(keras(patience, minChange, values, larger));
        },
      ),
    );
  });

  it("watches the loss and restores the best weights unless told otherwise", () => {
    expect(patient({})).toEqual({ type: "patience", metric: "loss", patience: 10, minChange: 0, restoreBest: true });
    expect(earlyStoppingSchema.safeParse({ type: "patience", patience: 0 }).success).toBe(false);
    expect(earlyStoppingSchema.safeParse({ type: "none", patience: 3 }).success).toBe(false);
  });

  it("knows in which direction what it watches gets better", () => {
    const rule = (earlyStopping: EarlyStoppingConfig) => {
      const { metric, series, largerIsBetter } = bestRule({ earlyStopping });
      expect(series).toBe(`validation.${metric}`);
      return [metric, largerIsBetter];
    };
    expect(rule(earlyStoppingSchema.parse({ type: "none" }))).toEqual(["loss", false]);
    expect(rule(patient({}))).toEqual(["loss", false]);
    expect(rule(patient({ metric: "accuracy" }))).toEqual(["accuracy", true]);
    expect(rule(patient({ metric: "meanAbsoluteError" }))).toEqual(["meanAbsoluteError", false]);
  });

  it("tests the best epoch's weights, and the last one's where it is told so or no epoch is best", () => {
    expect(bestRule({ earlyStopping: earlyStoppingSchema.parse({ type: "none" }) }).tested).toBe(true);
    expect(bestRule({ earlyStopping: patient({}) }).tested).toBe(true);
    expect(bestRule({ earlyStopping: patient({ restoreBest: false }) }).tested).toBe(false);
    expect([testedWeights({ tested: true }), testedWeights({ tested: false }), testedWeights(null)]).toEqual(["best", "last", "last"]);
  });

  it.each([
    ["acuracy", ["accuracy"], 'earlyStopping.metric: must be "loss" or "accuracy"; received "acuracy". Did you mean "accuracy"?'],
    ["accuracy", [], 'earlyStopping.metric: must be "loss"; received "accuracy". Add "accuracy" to the metrics.'],
    ["constructor", ["accuracy"], 'earlyStopping.metric: must be "loss" or "accuracy"; received "constructor". Use "loss".'],
  ])("refuses to watch %s where %j are measured", (metric, metrics, message) => {
    expect(stoppingProblems({ earlyStopping: patient({ metric }), metrics }).map(describeProblem)).toEqual([message]);
  });

  it("takes the loss and every metric that is measured", () => {
    for (const metric of ["loss", "accuracy"]) expect(stoppingProblems({ earlyStopping: patient({ metric }), metrics: ["accuracy"] })).toEqual([]);
    expect(stoppingProblems({ earlyStopping: earlyStoppingSchema.parse({ type: "none" }), metrics: [] })).toEqual([]);
  });
});
