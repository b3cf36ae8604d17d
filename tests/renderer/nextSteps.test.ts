/** What can be done with a run that has ended, where that leads, and the measures of its parts side by side. */
import { expect, it } from "vitest";
import { hrefOf, parseRoute, type Route } from "../../src/renderer/app/address.ts";
import { nextSteps } from "../../src/renderer/features/workbench/nextSteps.ts";
import { measuredRows } from "../../src/renderer/predict/measured.ts";

const checkpoint = { kind: "last", file: "", step: 5, epoch: 1, hash: "", metrics: {} } as const;

it("a run has the steps that it can give: none while it trains, all once it is complete", () => {
  const of = (status: Parameters<typeof nextSteps>[0]["status"], step: number, kept: number, hasPage = true) =>
    nextSteps({ status, step, checkpoints: Array.from({ length: kept }, () => checkpoint) }, hasPage).toSorted();
  const all = ["evaluate", "export", "fork", "more", "predict", "reproduce", "seen", "suspects"];
  expect(of("completed", 5, 1)).toEqual(all);
  expect(of("completed", 5, 1, false)).toEqual(all.filter((step) => step !== "suspects"));
  expect(of("stopped", 5, 1)).toEqual(all.filter((step) => step !== "suspects" && step !== "more"));
  expect(of("failed", 0, 0)).toEqual(["fork"]);
  expect([of("running", 5, 1), of("queued", 0, 0), of("paused", 5, 1)]).toEqual([[], [], []]);
});

it("a screen's address is read as it was written, with and without a run", () => {
  const routes: readonly Route[] = [
    { screen: "runs" },
    { screen: "workbench", run: null },
    { screen: "workbench", run: "a b/c" },
    { screen: "data", dataset: null },
    { screen: "data", dataset: "shipped:iris" },
    { screen: "data", dataset: "own:1/2", run: "r1" },
    { screen: "augment" },
    { screen: "augment", run: "r1" },
  ];
  for (const route of routes) expect(parseRoute(hrefOf(route))).toEqual(route);
  expect(hrefOf({ screen: "data", dataset: "shipped:iris" })).toBe("#/data/shipped%3Airis");
  expect(parseRoute("#/nowhere")).toEqual({ screen: "runs" });
});

it("measures stand in one row a metric, the loss last, with a gap where a part is not known", () => {
  expect(measuredRows([{ "train.loss": 0.1, "train.accuracy": 0.9 }, undefined, { "test.accuracy": 0.8, "test.loss": 0.3 }])).toEqual([
    { metric: "accuracy", values: [0.9, undefined, 0.8] },
    { metric: "loss", values: [0.1, undefined, 0.3] },
  ]);
  expect(measuredRows([undefined])).toEqual([]);
});
