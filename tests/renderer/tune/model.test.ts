/** What the screen Tune computes before it draws: axes, the shared selection, the best so far, the timeline, distributions, narrower spaces. */
import { describe, expect, it } from "vitest";
import {
  factAxis,
  objectiveAxes,
  objectiveKey,
  parameterAxes,
  parameterKey,
  positionOf,
  TRIAL,
  valueAtPosition,
  withLog,
} from "../../../src/renderer/features/tune/model/axis.ts";
import { bestSoFar } from "../../../src/renderer/features/tune/model/bestSoFar.ts";
import { colorStep } from "../../../src/renderer/features/tune/model/colors.ts";
import { distributionOf, surfaceOf } from "../../../src/renderer/features/tune/model/distribution.ts";
import { timelineOf } from "../../../src/renderer/features/tune/model/lanes.ts";
import { layersOf } from "../../../src/renderer/features/tune/model/layers.ts";
import { lossUnitOf } from "../../../src/renderer/features/tune/model/lossUnit.ts";
import { aroundBest, narrowedSpace, withRange } from "../../../src/renderer/features/tune/model/narrow.ts";
import { ABSENT_BELOW, axisX, linePath, movedAxis, nearestLine } from "../../../src/renderer/features/tune/model/parallel.ts";
import {
  everything,
  isEverything,
  ranksOf,
  type Selection,
  selectedTrials,
  togglePicked,
  toggleState,
  toggleValue,
  withBrush,
} from "../../../src/renderer/features/tune/model/selection.ts";
import type { ObjectiveFacts, Trial } from "../../../src/shared/contract/studies.ts";
import { at } from "../../../src/shared/kit/fault.ts";
import { irisRecipe } from "../../studio/harness.ts";
import { manyTrials, SPACE, trialOf } from "./madeUp.ts";

const LOSS: ObjectiveFacts = { metric: "validation.loss", title: { en: "Loss", ko: "손실" }, largerIsBetter: false, unit: "score" };

describe("axes", () => {
  const trials = [
    trialOf(0, { point: { lr: 2, units: 16, optimizer: "momentum", momentum: 0.5 } }),
    trialOf(1, { point: { lr: 0.01, units: 16, optimizer: "lion" } }),
  ];
  const [lr, units, optimizer, momentum] = parameterAxes(SPACE, trials);

  it("cover the range, and the trials that lie outside it since it was narrowed", () => {
    expect(lr).toMatchObject({ kind: "number", log: true, domain: [1e-4, 2] });
    expect(units).toMatchObject({ domain: [8, 64], whole: true });
    expect(optimizer).toMatchObject({ values: ["sgd", "momentum", "adam", "lion"] });
  });

  it("have a place for the absent, which is nowhere on the scale", () => {
    expect(momentum).toMatchObject({ hasAbsent: true });
    expect(lr).toMatchObject({ hasAbsent: false });
    const axis = at(
      [momentum].filter((each) => each !== undefined),
      0,
    );
    expect(positionOf(axis, axis.read(at(trials, 1)))).toBeNull();
    expect(positionOf(axis, axis.read(at(trials, 0)))).toBeCloseTo(0.5 / 0.99, 12);
  });

  it("place ratios evenly on a logarithmic scale, and come back from there", () => {
    const axis = factAxis("x", "x", () => null, []);
    const log = { ...axis, domain: [0.001, 10] as const, log: true };
    expect(positionOf(log, 0.1)).toBeCloseTo(0.5, 12);
    expect(valueAtPosition(log, 0.25)).toBeCloseTo(0.01, 12);
    expect(positionOf(log, 0)).toBeNull();
    expect(valueAtPosition({ ...axis, domain: [0, 10], whole: true }, 0.26)).toBe(3);
    expect(withLog({ ...axis, domain: [-1, 1] }, true)).toMatchObject({ log: false });
    expect(withLog({ ...axis, domain: [1, 2] }, true)).toMatchObject({ log: true });
  });

  it("put a choice in the middle of its part", () => {
    const axis = at(
      [optimizer].filter((each) => each !== undefined),
      0,
    );
    expect(positionOf(axis, "sgd")).toBe(0.125);
    expect(positionOf(axis, "nothing")).toBeNull();
  });

  it("of losses over decades are logarithmic by themselves, and values that are not finite are absent", () => {
    const spread = [trialOf(0, { values: [0.01] }), trialOf(1, { values: [20] }), trialOf(2, { values: [Number.NaN] })];
    const [axis] = objectiveAxes([LOSS], ["Loss"], spread);
    expect(axis).toMatchObject({ log: true, domain: [0.01, 20], hasAbsent: true });
  });
});

describe("the selection", () => {
  const trials = [
    trialOf(0, { values: [0.4], point: { lr: 0.001, units: 8, optimizer: "sgd" } }),
    trialOf(1, { values: [0.2], point: { lr: 0.01, units: 16, optimizer: "adam" } }),
    trialOf(2, { values: [0.3], point: { lr: 0.1, units: 64, optimizer: "momentum", momentum: 0.9 }, state: "pruned" }),
    trialOf(3, { values: null, point: { lr: 1, units: 64, optimizer: "adam" }, state: "failed" }),
    trialOf(4, { values: null, point: { lr: 0.5, units: 32, optimizer: "adam" }, state: "running", endedAt: null }),
  ];
  const axes = [...parameterAxes(SPACE, trials), ...objectiveAxes([LOSS], ["Loss"], trials), factAxis(TRIAL, "Trial", ({ number }) => number, trials, true)];
  const ranks = ranksOf(trials, false);
  const chosen = (selection: Selection) => [...selectedTrials(trials, axes, selection, ranks)];

  it("is everything at first", () => {
    expect(chosen(everything)).toEqual([0, 1, 2, 3, 4]);
    expect(isEverything(everything)).toBe(true);
    expect(isEverything(toggleState(everything, "failed"))).toBe(false);
  });

  it("is narrowed by brushes together, and an absent value passes only where it is named", () => {
    const brushed = withBrush(everything, parameterKey("lr"), { type: "interval", low: 0.01, high: 0.5 });
    expect(chosen(brushed)).toEqual([1, 2, 4]);
    expect(chosen(withBrush(brushed, objectiveKey(0), { type: "interval", low: 0, high: 1 }))).toEqual([1, 2]);
    expect(chosen(withBrush(everything, parameterKey("momentum"), { type: "interval", low: 0, high: 1 }))).toEqual([2]);
    expect(chosen(withBrush(everything, parameterKey("momentum"), { type: "values", values: [null] }))).toEqual([0, 1, 3, 4]);
    expect(chosen(withBrush(brushed, parameterKey("lr"), null))).toEqual([0, 1, 2, 3, 4]);
    // A parameter that the space has no more.
    expect(chosen(withBrush(everything, parameterKey("gone"), { type: "values", values: [1] }))).toHaveLength(5);
  });

  it("adds and removes values of a choice, and ends with the last", () => {
    const one = toggleValue(everything, parameterKey("optimizer"), "adam");
    expect(chosen(one)).toEqual([1, 3, 4]);
    const two = toggleValue(one, parameterKey("optimizer"), "sgd");
    expect(chosen(two)).toEqual([0, 1, 3, 4]);
    expect(toggleValue(toggleValue(two, parameterKey("optimizer"), "adam"), parameterKey("optimizer"), "sgd")).toEqual(everything);
  });

  it("leaves out states, and keeps the best percent of the trials with a value", () => {
    expect(chosen(toggleState(toggleState(everything, "failed"), "running"))).toEqual([0, 1, 2]);
    expect(chosen({ ...everything, top: 34 })).toEqual([1, 2]);
    expect(chosen({ ...everything, top: 1 })).toEqual([1]);
    expect(chosen({ ...everything, top: 99 })).toEqual([0, 1, 2]);
  });

  it("is narrowed to picked trials", () => {
    const picked = togglePicked(togglePicked(everything, 3), 1);
    expect(chosen(picked)).toEqual([1, 3]);
    expect(chosen(togglePicked(togglePicked(picked, 1), 3))).toHaveLength(5);
  });

  it("ranks by the objective's direction, equal values by number", () => {
    expect([...ranks.keys()]).toEqual([1, 2, 0]);
    expect([...ranksOf(trials, true).keys()]).toEqual([0, 2, 1]);
    expect([...ranksOf([trialOf(1), trialOf(0)], false).keys()]).toEqual([0, 1]);
  });
});

describe("the best so far", () => {
  const trials: readonly Trial[] = [
    trialOf(0, { values: [0.5], startedAt: 0, endedAt: 3000 }),
    trialOf(1, { values: [0.7], startedAt: 0, endedAt: 1000 }),
    trialOf(2, { values: [0.1], startedAt: 0, endedAt: 2000, state: "pruned" }),
    trialOf(3, { values: [0.4], startedAt: 1000, endedAt: 5000, origin: "baseline" }),
    trialOf(4, { values: null, startedAt: 1000, endedAt: 4000, state: "failed" }),
    trialOf(5, { values: [0.01], startedAt: 0, endedAt: 500, origin: "confirmation" }),
    trialOf(6, { values: null, startedAt: 0, endedAt: null, state: "running" }),
  ];

  it("goes on with each trial that ends, in the order of their ends; pruned ones count as trials only", () => {
    expect(bestSoFar(trials, "search", 0, false).map(({ trials: count, seconds, number, best }) => [count, seconds, number, best])).toEqual([
      [1, 1, 1, 0.7],
      [2, 3, 2, 0.7],
      [3, 6, 0, 0.5],
      [4, 9, 4, 0.5],
    ]);
    expect(bestSoFar(trials, "search", 0, true).map(({ best }) => best)).toEqual([0.7, 0.7, 0.7, 0.7]);
  });

  it("keeps the baseline apart", () => {
    expect(bestSoFar(trials, "baseline", 0, false)).toEqual([{ trials: 1, seconds: 4, number: 3, value: 0.4, best: 0.4 }]);
  });

  it("begins with what earlier trials brought along, for no trial and no time", () => {
    const earlier = trialOf(7, { values: [0.6], startedAt: 8000, endedAt: 9000, origin: "earlier" });
    expect(at(bestSoFar([...trials, earlier], "search", 0, false), 0)).toMatchObject({ trials: 0, seconds: 0, best: 0.6 });
  });
});

describe("the timeline", () => {
  it("cuts out the time in which nothing trained", () => {
    const { bars, lanes, spanMs } = timelineOf(
      [
        trialOf(0, { lane: 0, startedAt: 1000, endedAt: 2000 }),
        trialOf(1, { lane: 1, startedAt: 1500, endedAt: 3000 }),
        trialOf(2, { lane: 0, startedAt: 100_000, endedAt: null, state: "running" }),
        trialOf(3, { lane: null, startedAt: null, endedAt: null, state: "waiting" }),
      ],
      101_000,
    );
    expect(bars.map(({ number, from, to }) => [number, from, to])).toEqual([
      [0, 0, 1000],
      [1, 500, 2000],
      [2, 2000, 3000],
    ]);
    expect([lanes, spanMs]).toEqual([2, 3000]);
  });
});

describe("distributions", () => {
  it("count the fraction at or below each value", () => {
    expect(distributionOf([3, 1, 1, Number.NaN, 2])).toEqual([
      { value: 1, share: 0.5 },
      { value: 2, share: 0.75 },
      { value: 3, share: 1 },
    ]);
    expect(distributionOf([])).toEqual([]);
  });

  it("smooth a surface between the trials, and say nothing far from them", () => {
    const { cells, side } = surfaceOf(
      [
        { x: 0, y: 0, value: 1 },
        { x: 0.2, y: 0, value: 3 },
      ],
      10,
    );
    expect(side).toBe(10);
    expect(cells[0]).toBeGreaterThan(1);
    expect(cells[0]).toBeLessThan(2);
    expect(cells[99]).toBeNull();
    // In the middle between the two, both count equally.
    expect(
      surfaceOf(
        [
          { x: 0, y: 0.5, value: 1 },
          { x: 1, y: 0.5, value: 3 },
        ],
        1,
      ).cells,
    ).toEqual([null]);
    expect(
      surfaceOf(
        [
          { x: 0.45, y: 0.5, value: 1 },
          { x: 0.55, y: 0.5, value: 3 },
        ],
        1,
      ).cells,
    ).toEqual([2]);
  });
});

describe("a narrower space", () => {
  it("is what the brushes leave, on the steps of the parameter", () => {
    const narrow = narrowedSpace(SPACE, {
      [parameterKey("lr")]: { type: "interval", low: 0.003, high: 0.2 },
      [parameterKey("units")]: { type: "interval", low: 10, high: 47 },
    });
    expect(narrow?.slice(0, 2)).toMatchObject([
      { min: 0.003, max: 0.2 },
      { min: 16, max: 40 },
    ]);
    expect(narrow?.[3]).toBe(SPACE[3]);
  });

  it("is none where nothing would become narrower, or nothing would be left", () => {
    expect(narrowedSpace(SPACE, {})).toBeNull();
    expect(narrowedSpace(SPACE, { [parameterKey("lr")]: { type: "interval", low: 0, high: 2 } })).toBeNull();
    expect(narrowedSpace(SPACE, { [parameterKey("units")]: { type: "interval", low: 9, high: 15 } })).toBeNull();
    expect(narrowedSpace(SPACE, { [objectiveKey(0)]: { type: "interval", low: 0, high: 0.1 } })).toBeNull();
  });

  it("leaves out what can no longer exist", () => {
    const values = (kept: readonly string[]) => narrowedSpace(SPACE, { [parameterKey("optimizer")]: { type: "values", values: kept } });
    expect(values(["sgd", "adam"])?.map(({ name }) => name)).toEqual(["lr", "units", "optimizer"]);
    expect(values(["momentum"])?.map(({ name }) => name)).toEqual(["lr", "units", "optimizer", "momentum"]);
  });

  it("keeps the steps' first value as their origin", () => {
    const parameter = { type: "float" as const, name: "x", paths: ["x"], min: 0.1, max: 1, log: false, step: 0.3 };
    expect(withRange(parameter, 0.2, 0.9)).toMatchObject({ min: 0.4, max: 0.7 });
  });

  it("lies around the best trials, with a margin on the parameter's own scale", () => {
    const trials = [0.01, 0.03, 0.1, 0.0001, 1].map((lr, index) => trialOf(index, { values: [index], point: { lr, units: 16, optimizer: "adam" } }));
    const around = aroundBest(SPACE, trials, ranksOf(trials, false), 0.5);
    // The best three, and a tenth of the four decades on either side.
    expect(at(around ?? [], 0)).toMatchObject({ min: 0.00398, max: 0.251 });
    expect(around?.find(({ name }) => name === "optimizer")).toMatchObject({ values: ["adam"] });
    expect(around?.map(({ name }) => name)).not.toContain("momentum");
    expect(aroundBest(SPACE, trials.slice(0, 2), ranksOf(trials.slice(0, 2), false), 0.5)).toBeNull();
  });
});

describe("parallel coordinates", () => {
  const box = { left: 0, top: 0, width: 300, height: 100 };
  const trials = manyTrials(1000);
  const axes = parameterAxes(SPACE, trials);

  it("draw an absent value below its axis", () => {
    const path = linePath(axes, trialOf(0, { point: { lr: 1, units: 64, optimizer: "adam" } }), box);
    expect(path).toBe(`M0.0 0.0L100.0 0.0L200.0 16.7L300.0 ${(100 + ABSENT_BELOW).toFixed(1)}`);
    expect(axisX(1, 4, box)).toBe(100);
  });

  it("find the line under the pointer", () => {
    const three = [trialOf(0, { point: { lr: 1, units: 64, optimizer: "adam" } }), trialOf(1, { point: { lr: 1e-4, units: 8, optimizer: "adam" } })];
    expect(nearestLine(axes, three, box, 50, 3, 8)).toBe(0);
    expect(nearestLine(axes, three, box, 50, 97, 8)).toBe(1);
    expect(nearestLine(axes, three, box, 50, 50, 8)).toBeNull();
  });

  it("make one path per layer, of a thousand trials in a few milliseconds", () => {
    const started = performance.now();
    const layers = layersOf(
      trials.map((trial) => ({ number: trial.number, path: linePath(axes, trial, box) })),
      (number) => number % 3,
    );
    const took = performance.now() - started;
    expect(layers.map(({ path }) => path.split("M").length - 1)).toEqual([334, 333, 333]);
    expect(took).toBeLessThan(250);
  });

  it("move an axis to another place", () => {
    expect(movedAxis(["a", "b", "c"], "a", 2)).toEqual(["b", "c", "a"]);
    expect(movedAxis(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
  });
});

describe("colours", () => {
  it("stand out for the best few", () => {
    expect([0, 1, 3, 7, 15].map((rank) => colorStep(rank, 16, 5))).toEqual([4, 3, 2, 1, 0]);
    expect(colorStep(undefined, 16, 5)).toBeNull();
    expect(colorStep(0, 1, 5)).toBe(0);
  });
});

describe("the unit of a study's loss", () => {
  const rate = { type: "float" as const, name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 1, log: true };

  it("is that of the recipe's loss, unless the study searches over what decides it, or has no recipe", () => {
    expect(lossUnitOf({ recipe: irisRecipe, space: [rate] })?.en).toBe("nats");
    expect(lossUnitOf({ recipe: irisRecipe, space: [{ type: "choice", name: "loss", paths: ["loss.type"], values: ["hinge"], sets: "value" }] })).toBeNull();
    expect(lossUnitOf({ recipe: null, space: [rate] })).toBeNull();
  });
});
