/** Runs: starting and controlling them, reading their results and using their weights. */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { Difference } from "../../recipe/differences.ts";
import type { ExportedModel } from "../exportedModel.ts";
import type { PredictionEvent } from "../predictions.ts";
import type { FollowEvent, MetricSeries, QueuedRun, Reproduction, RunDetail, RunSummary } from "../runs.ts";
import { runId, runIds } from "./ids.ts";

export const runs = {
  /** Visible runs, newest first; those of trials only with `trials`. */
  list: oc.input(z.strictObject({ trials: z.boolean().default(false) }).prefault({})).output(type<readonly RunSummary[]>()),
  /**
   * Values of recipes at paths ("optimizer.lr"), by recipe hash and path. For a list of layers or the like, the list of their types. Missing fields
   * are left out.
   */
  values: oc
    .input(z.strictObject({ hashes: z.array(z.string()).max(20_000), paths: z.array(z.string()).max(200) }))
    .output(type<Readonly<Record<string, Readonly<Record<string, unknown>>>>>()),
  /** What distinguishes runs of the same name, by run: the recipe fields that differ, most informative first. */
  differences: oc.input(z.strictObject({ name: z.string() })).output(type<Readonly<Record<string, readonly Difference[]>>>()),
  get: oc.input(runId).output(type<RunDetail>()),
  /** Starts a run and returns its row. An invalid recipe throws a fault and stores nothing. */
  start: oc.input(z.strictObject({ recipe: z.unknown(), checkpointEvery: z.int().positive().nullable().default(null) })).output(type<RunSummary>()),
  pause: oc.input(runId).output(type<RunSummary>()),
  /** Continues a run. `epochs` is the new total; with it a completed run can continue too, and its recipe gets the new budget. */
  resume: oc
    .input(
      z.strictObject({
        id: z.string(),
        checkpointEvery: z.int().positive().nullable().default(null),
        epochs: z.int().positive().nullable().default(null),
      }),
    )
    .output(type<RunSummary>()),
  stop: oc.input(runId).output(type<RunSummary>()),
  /** The runs that wait in this studio, in the order in which they will start. */
  queue: oc.output(type<readonly QueuedRun[]>()),
  /** Puts waiting runs first, in this order; the others follow as they are. */
  reorder: oc.input(runIds).output(type<readonly QueuedRun[]>()),
  /** Pauses every waiting run that the user started, and returns their ids. */
  emptyQueue: oc.output(type<readonly string[]>()),
  rename: oc.input(z.strictObject({ id: z.string(), name: z.string().min(1).max(200) })).output(type<RunSummary>()),
  /** Hides runs; `restore` brings them back. Files are deleted when the studio next starts. */
  remove: oc.input(runIds).output(type<readonly string[]>()),
  restore: oc.input(runIds).output(type<readonly string[]>()),
  /**
   * Series of a run, down-sampled so that minima and maxima survive.
   * `names` null means all; the range is inclusive.
   */
  metrics: oc
    .input(
      z.strictObject({
        id: z.string(),
        names: z.array(z.string()).nullable().default(null),
        maxPoints: z.int().min(8).max(10_000).default(1000),
        fromStep: z.int().min(0).nullable().default(null),
        toStep: z.int().min(0).nullable().default(null),
      }),
    )
    .output(type<readonly MetricSeries[]>()),
  /** Evaluates the selected weights of the run (shared/recipe/best.ts) on one part of the data. */
  evaluate: oc
    .input(z.strictObject({ id: z.string(), split: z.enum(["train", "validation", "test"]).default("test") }))
    .output(type<Readonly<Record<string, number>>>()),
  /** Predictions of the selected weights for a part of the run's data, or for a file or folder on this machine. Ends when the listener disconnects. */
  predict: oc
    .input(
      z.strictObject({
        id: z.string(),
        from: z
          .union([z.strictObject({ part: z.enum(["train", "validation", "test"]) }), z.strictObject({ path: z.string().min(1) })])
          .default({ part: "test" }),
      }),
    )
    .output(eventIterator(type<PredictionEvent>())),
  /** Exports the selected weights as one ONNX file on this machine and checks it against the studio's predictions. Overwrites a file only with `force`. */
  exportOnnx: oc.input(z.strictObject({ id: z.string(), file: z.string().min(1), force: z.boolean().default(false) })).output(type<ExportedModel>()),
  /** Writes a run as a new folder that trains in plain PyTorch and compares the losses. `steps` null means all recorded steps. */
  reproduce: oc
    .input(z.strictObject({ id: z.string(), folder: z.string().min(1), steps: z.int().positive().nullable().default(null) }))
    .output(type<Reproduction>()),
  /** All events of one run from now until it ends; with `metrics`, also every metric row. */
  follow: oc.input(z.strictObject({ id: z.string(), metrics: z.boolean().default(false) })).output(eventIterator(type<FollowEvent>())),
};
