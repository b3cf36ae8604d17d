/** Brushes, the order of the table, edits of a study and what takes them back, guesses, estimates, the Pareto front, and trials that come as differences. */
import { describe, expect, it } from "vitest";
import { merged } from "../../../src/renderer/api/mergeTrials.ts";
import { factAxis, parameterAxes } from "../../../src/renderer/features/tune/model/axis.ts";
import { ticksOf } from "../../../src/renderer/features/tune/model/axisTicks.ts";
import { brushBetween, spanOfBrush } from "../../../src/renderer/features/tune/model/brush.ts";
import { estimateOf } from "../../../src/renderer/features/tune/model/estimate.ts";
import { guessOf } from "../../../src/renderer/features/tune/model/guess.ts";
import { insetTicks, inward, outward } from "../../../src/renderer/features/tune/model/inset.ts";
import { layerOfMarker, markerLayer, rankLayer, UNRANKED, UNSELECTED } from "../../../src/renderer/features/tune/model/looks.ts";
import { paretoView } from "../../../src/renderer/features/tune/model/paretoView.ts";
import { ABSENT_AT, pointsOn } from "../../../src/renderer/features/tune/model/points.ts";
import { sortedTrials } from "../../../src/renderer/features/tune/model/sorting.ts";
import { backOf, editOf } from "../../../src/renderer/features/tune/model/steering.ts";
import { stepPath } from "../../../src/renderer/features/tune/model/stepPath.ts";
import type { RunSummary } from "../../../src/shared/contract/runs.ts";
import type { ObjectiveFacts } from "../../../src/shared/contract/studies.ts";
import { at } from "../../../src/shared/kit/fault.ts";
import { studySchema } from "../../../src/shared/tuning/study.ts";
import { SPACE, trialOf } from "./madeUp.ts";

const TRIALS = [
  trialOf(0, { point: { lr: 0.01, units: 8, optimizer: "sgd" } }),
  trialOf(1, { point: { lr: 0.1, units: 64, optimizer: "momentum", momentum: 0.9 } }),
  trialOf(2, { point: { lr: 1, units: 32, optimizer: "adam" } }),
];
const AXES = parameterAxes(SPACE, TRIALS);
const axisOf = (name: string) =>
  at(
    AXES.filter(({ title }) => title === name),
    0,
  );

describe("a brush", () => {
  it("is what lies between two places of an axis; its ends lose no trial to rounding", () => {
    expect(brushBetween(axisOf("lr"), 0.5, 0.75)).toEqual({ type: "interval", low: 0.01, high: 0.1 });
    expect(brushBetween(axisOf("lr"), 1.2, -0.2)).toEqual({ type: "interval", low: 1e-4, high: 1 });
    expect(brushBetween(axisOf("optimizer"), 0.4, 1)).toEqual({ type: "values", values: ["momentum", "adam"] });
    expect(brushBetween(axisOf("momentum"), -0.2, -0.05)).toEqual({ type: "values", values: [null] });
    expect(brushBetween(axisOf("lr"), -0.2, -0.05)).toBeNull();
    const long = factAxis("x", "x", ({ number }) => 1.23456789 + number, TRIALS);
    expect(brushBetween(long, -0.1, 1.1)).toEqual({ type: "interval", low: 1.23456789, high: 3.23456789 });
    expect(brushBetween(axisOf("lr"), 0.5, 0.501)).toBeNull();
  });

  it("is drawn where it was made", () => {
    for (const name of ["lr", "optimizer"]) {
      const span = spanOfBrush(axisOf(name), brushBetween(axisOf(name), 0.34, 1) ?? undefined);
      expect(span?.[0]).toBeCloseTo(name === "lr" ? 0.34 : 1 / 3, 2);
      expect(span?.[1]).toBeCloseTo(1, 6);
    }
    expect(spanOfBrush(axisOf("momentum"), { type: "values", values: [null] })).toBeNull();
  });
});

describe("a plot", () => {
  it("has a place beside its scale for an absent parameter", () => {
    const points = pointsOn(axisOf("momentum"), axisOf("lr"), TRIALS);
    expect(points.map(({ x }) => x)).toEqual([ABSENT_AT, 0.9 / 0.99, ABSENT_AT]);
    expect([outward(0.08, ABSENT_AT), outward(0.08, 0), outward(0.08, 1)]).toEqual([0.04, 0.08, 1]);
    expect(inward(0.08, outward(0.08, 0.3))).toBeCloseTo(0.3, 12);
    const ticks = [
      { at: 0, text: "0" },
      { at: 0.5, text: "0.5" },
    ];
    // The first one has no room beside the text of the strip.
    expect(insetTicks(ticks, 0.08, "absent")).toEqual([
      { at: 0.04, text: "absent" },
      { at: 0.54, text: "0.5" },
    ]);
    expect(insetTicks(ticks, 0, "absent")).toBe(ticks);
  });

  it("names each choice in the middle of its part, and decades of a logarithmic scale", () => {
    expect(ticksOf(axisOf("optimizer"), 5, String).map(({ text }) => text)).toEqual(["sgd", "momentum", "adam"]);
    expect(ticksOf(axisOf("lr"), 5, String).map(({ at: place, text }) => [Number(place.toFixed(3)), text])).toEqual([
      [0, "1e−4"],
      [0.25, "0.001"],
      [0.5, "0.01"],
      [0.75, "0.1"],
      [1, "1"],
    ]);
  });

  it("draws the best on top, the unselected at the bottom, and no two kinds of markers in one path", () => {
    const layer = rankLayer(new Set([0, 1]), new Map([[0, 0]]));
    expect([layer(0), layer(1), layer(2)]).toEqual([0, UNRANKED, UNSELECTED]);
    const keys = [UNSELECTED, UNRANKED, 0, 5].flatMap((each) => (["circle", "cross"] as const).map((marker) => markerLayer(each, marker)));
    expect(new Set(keys).size).toBe(8);
    expect(keys.map(layerOfMarker)).toEqual([-2, -2, -1, -1, 0, 0, 5, 5]);
  });

  it("steps from point to point", () => {
    const box = { left: 0, top: 0, width: 100, height: 100 };
    expect(
      stepPath(
        [
          { x: 0, y: 1 },
          { x: 0.5, y: 0 },
        ],
        box,
      ),
    ).toBe("M0.0 0.0H50.0V100.0");
  });
});

describe("the table", () => {
  it("is sorted by any axis, those without a value last", () => {
    const order = (name: string, descending: boolean) => sortedTrials(TRIALS, AXES, { key: `parameter:${name}`, descending }).map(({ number }) => number);
    expect(order("units", false)).toEqual([0, 2, 1]);
    expect(order("units", true)).toEqual([1, 2, 0]);
    expect(order("momentum", false)).toEqual([1, 0, 2]);
    expect(order("momentum", true)).toEqual([1, 2, 0]);
    expect(order("optimizer", false)).toEqual([2, 1, 0]);
    const trial = factAxis("trial", "Trial", ({ number }) => number, TRIALS);
    expect(sortedTrials(TRIALS, [trial], { key: "trial", descending: true }).map(({ number }) => number)).toEqual([2, 1, 0]);
  });
});

describe("an edit", () => {
  const study = studySchema.parse({ recipe: {}, space: SPACE, trials: 20 });

  it("is what differs, and can be taken back", () => {
    const edit = editOf(study, { trials: 40, baseline: 0, parallel: { trials: 3, threads: 1 } });
    expect(edit).toEqual({ trials: 40, parallel: { trials: 3, threads: 1 } });
    expect(backOf(study, edit ?? {})).toEqual({ trials: 20, parallel: { trials: null, threads: 1 } });
  });

  it("is none where nothing differs or something is not valid; an emptied field gets its default", () => {
    expect(editOf(study, {})).toBeNull();
    expect(editOf(study, { trials: 20 })).toBeNull();
    expect(editOf(study, { trials: "many" })).toBeNull();
    expect(editOf(study, { trials: undefined })).toEqual({ trials: 30 });
  });
});

describe("a guess", () => {
  it("has the values that were typed and exist; the rest is drawn", () => {
    expect(guessOf(SPACE, { lr: "0.05", units: "16", optimizer: "momentum", momentum: "" })).toEqual({
      point: { lr: 0.05, units: 16, optimizer: "momentum" },
      wrong: [],
    });
    expect(guessOf(SPACE, { optimizer: "adam", momentum: "0.5" })).toEqual({ point: { optimizer: "adam" }, wrong: [] });
  });

  it("names what is no value of the space", () => {
    expect(guessOf(SPACE, { lr: "5", units: "9", optimizer: "lion" }).wrong).toEqual(["lr", "units", "optimizer"]);
    expect(guessOf(SPACE, { lr: "fast" }).wrong).toEqual(["lr"]);
  });
});

describe("an estimate", () => {
  const recipe = { name: "x", budget: { epochs: 10 }, data: { source: { name: "iris" }, split: { method: { type: "kFold", folds: 4 } } } };
  const run = (change: Partial<RunSummary>) => ({ status: "completed", name: "x", totalEpochs: 10, dataset: "iris", activeMs: 2000, ...change }) as RunSummary;

  it("comes from a run of the same name, data and epochs", () => {
    expect(estimateOf(recipe, { trials: 10, baseline: 2 }, 2, [run({ name: "y" }), run({})])).toEqual({ ms: 12_000, run: "x" });
    expect(estimateOf(recipe, { trials: 10, repeats: { type: "folds" } }, 1, [run({})])?.ms).toBe(80_000);
    expect(estimateOf(recipe, { trials: 10, repeats: { type: "seeds", count: 3 } }, 1, [run({})])?.ms).toBe(60_000);
    expect(estimateOf(recipe, {}, 1, [run({ totalEpochs: 5 }), run({ status: "failed" }), run({ dataset: "wine" })])).toBeNull();
  });
});

describe("the Pareto front", () => {
  const facts = (largerIsBetter: boolean): ObjectiveFacts => ({ metric: "m", title: { en: "m", ko: "m" }, largerIsBetter, unit: "score" });
  const trials = [
    [0, 0],
    [2, 2],
    [1, 3],
    [4, 1],
    [4, 0.5],
  ].map(([a = 0, b = 0], number) => trialOf(number, { values: [a, b] }));

  it("holds what nothing beats, and its volume grows to that of the box", () => {
    // The first larger, the second larger: (2, 2), (1, 3) and (4, 1) are left.
    const { front, growth } = paretoView(trials, [facts(true), facts(true)]);
    expect([...front].sort()).toEqual([1, 2, 3]);
    // Box 4 × 3 = 12: (2, 2) alone covers 4; with (1, 3) 5; with (4, 1) 7.
    expect(growth.map(({ volume }) => Number((12 * volume).toFixed(9)))).toEqual([0, 4, 5, 7, 7]);
  });

  it("leaves out trials that only confirm", () => {
    const confirming = trialOf(9, { values: [9, 9], origin: "confirmation" });
    expect(paretoView([...trials, confirming], [facts(true), facts(true)]).front).not.toContain(9);
  });

  it("follows each objective's direction, and leaves out failed trials", () => {
    expect(paretoView(trials, [facts(false), facts(false)]).front).toEqual([0]);
    expect(paretoView([trialOf(0, { values: [1, null] }), trialOf(1, { values: null, state: "failed" })], [facts(false), facts(false)])).toEqual({
      front: [],
      growth: [],
    });
  });
});

describe("trials that come as differences", () => {
  const known = { revision: 3, trials: [trialOf(0), trialOf(1, { state: "running" })] };

  it("replace those of the same number, in order", () => {
    const next = merged(known, { revision: 5, trials: [trialOf(2, { state: "waiting" }), trialOf(1)] });
    expect(next.revision).toBe(5);
    expect(next.trials.map(({ number, state }) => [number, state])).toEqual([
      [0, "completed"],
      [1, "completed"],
      [2, "waiting"],
    ]);
  });

  it("are the same object where nothing changed", () => {
    expect(merged(known, { revision: 3, trials: [] })).toBe(known);
    expect(merged(known, { revision: 4, trials: [] }).trials).toBe(known.trials);
  });
});
