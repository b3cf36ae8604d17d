/** The table of runs: what the filter leaves, which metric speaks for a run, how figures read; and the thinning of requests. */
import { describe, expect, it } from "vitest";
import { withRows } from "../../src/renderer/api/rows.ts";
import { throttled } from "../../src/renderer/api/throttle.ts";
import { filterRuns } from "../../src/renderer/app/runsFilter.ts";
import { en } from "../../src/renderer/i18n/en.ts";
import { ko } from "../../src/renderer/i18n/ko.ts";
import { leadingMetric } from "../../src/renderer/ui/metrics.ts";
import { shownProgress } from "../../src/renderer/ui/progress.ts";
import type { RunSummary } from "../../src/shared/contract/runs.ts";

const run: RunSummary = {
  id: "r1",
  name: "digits-cnn",
  status: "completed",
  dataset: "digits",
  recipeHash: "",
  seed: 1,
  device: "cpu",
  optimizer: "adam",
  parameterCount: 1,
  createdAt: 0,
  startedAt: 0,
  endedAt: 0,
  activeMs: 0,
  step: 1,
  totalSteps: 1,
  epoch: 1,
  totalEpochs: 1,
  best: null,
  reached: {},
  latest: {},
  test: {},
  problems: [],
  sparkline: [],
};

describe("the filter", () => {
  const runs: readonly RunSummary[] = [run, { ...run, id: "r2", name: "wine", dataset: "wine", status: "failed", optimizer: "sgd" }];
  const found = (text: string, words = en.status) => filterRuns(runs, text, words).map(({ id }) => id);

  it("leaves the runs that hold every word, in any field and any case", () => {
    expect(found("")).toEqual(["r1", "r2"]);
    expect(found("ADAM digits")).toEqual(["r1"]);
    expect(found("sgd failed")).toEqual(["r2"]);
    expect(found("adam wine")).toEqual([]);
  });

  it("knows a status by its word in the language of the window, and by its own name", () => {
    expect(found("실패", ko.status)).toEqual(["r2"]);
    expect(found("failed", ko.status)).toEqual(["r2"]);
  });
});

describe("progress", () => {
  const training: RunSummary = { ...run, status: "running", step: 60, totalSteps: 100, epoch: 3, totalEpochs: 5 };
  const told = {
    run: run.id,
    status: "running",
    phase: "training",
    step: 58,
    totalSteps: 120,
    epoch: 2,
    totalEpochs: 6,
    stepsPerSecond: 7,
    samplesPerSecond: 70,
    remainingMs: 9000,
  } as const;

  it("shows figures of one moment: those of the event while it trains, those of the row otherwise", () => {
    expect(shownProgress(training, told)).toBe(told);
    const ofRow = { step: 60, totalSteps: 100, epoch: 3, totalEpochs: 5, stepsPerSecond: null, samplesPerSecond: null, remainingMs: null };
    expect(shownProgress({ ...training, status: "completed" }, told)).toEqual({ ...ofRow, phase: "ended" });
    expect(shownProgress(training, { ...told, phase: "ended" })).toEqual({ ...ofRow, phase: "preparing" });
    expect(shownProgress({ ...training, status: "queued" }, undefined)).toEqual({ ...ofRow, phase: "queued" });
  });
});

describe("the list after some rows changed", () => {
  const old: RunSummary = { ...run, id: "old", createdAt: 1 };
  const young: RunSummary = { ...run, id: "young", createdAt: 3 };

  it("keeps every row's place, and has new runs first", () => {
    const renamed = { ...old, name: "renamed" };
    const started = { ...run, id: "started", createdAt: 4 };
    expect(withRows([young, old], [renamed, started])).toEqual([started, young, renamed]);
  });

  it("is not known where a run comes back that is older than the newest", () => {
    expect(withRows([young, old], [{ ...run, id: "restored", createdAt: 2 }])).toBeNull();
  });
});

describe("figures", () => {
  it("come from the metric that speaks for a run", () => {
    expect(leadingMetric({ ...run, latest: { "validation.loss": 1, "validation.accuracy": 0.9 } })).toBe("accuracy");
    expect(leadingMetric({ ...run, latest: { "validation.loss": 1, "validation.meanAbsoluteError": 3 } })).toBe("meanAbsoluteError");
    expect(leadingMetric(run)).toBe("loss");
  });
});

it("requests are thinned out, never overlap, and the last one is served", async () => {
  let running = 0;
  let most = 0;
  let served = 0;
  let asked = 0;
  let seen = 0;
  const request = throttled(async () => {
    running++;
    most = Math.max(most, running);
    seen = asked;
    await new Promise((resolve) => setTimeout(resolve, 5));
    served++;
    running--;
    if (served === 1) throw new Error("the first one fails");
  }, 10);
  for (asked = 1; asked <= 50; asked++) {
    request();
    await Promise.resolve();
  }
  await expect.poll(() => running === 0 && seen > 50).toBe(true);
  expect(most).toBe(1);
  expect(served).toBe(2);
});

it("Korean has every word that English has, with the same values to fill in", () => {
  const wordsOf = (tree: object, prefix = ""): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as [string, string]] : wordsOf(value, `${prefix}${key}.`),
    );
  const korean = new Map(wordsOf(ko));
  const slots = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();
  const english = wordsOf(en);
  expect(english.length).toBeGreaterThan(150);
  for (const [key, text] of english) expect(slots(korean.get(key) ?? "missing"), key).toEqual(slots(text));
});
