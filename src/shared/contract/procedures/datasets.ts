/** Data sets and their contents. */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { DatasetFacts } from "../../recipe/facts.ts";
import type { DatasetEntry, DetectedSource, OwnDataset } from "../datasets.ts";
import type { DataProblem, InspectionEvent, SampleView } from "../inspection.ts";
import { runId, runIds } from "./ids.ts";

/** A recipe's `data.source`. The host validates it, so that errors name the field. */
const source = z.unknown();

export const datasets = {
  list: oc.output(type<readonly DatasetEntry[]>()),
  /** Data sets that the user added, newest first. */
  own: oc.output(type<readonly OwnDataset[]>()),
  /**
   * How a file or folder on this machine can be read: a source for a recipe, and its facts. Throws a fault with what was found where it cannot be
   * read. The fields in `set` override guesses; with a `type`, only that format is tried.
   */
  detect: oc.input(z.strictObject({ path: z.string().min(1), set: z.record(z.string(), z.unknown()).default({}) })).output(type<DetectedSource>()),
  /** Saves a source under a name. Recipes still contain the source itself. */
  add: oc.input(z.strictObject({ name: z.string().min(1).max(200), source })).output(type<OwnDataset>()),
  rename: oc.input(z.strictObject({ id: z.string(), name: z.string().min(1).max(200) })).output(type<OwnDataset>()),
  /** Replaces the source of a saved data set; the new one must be readable. Existing runs keep the source in their recipes. */
  change: oc.input(z.strictObject({ id: z.string(), source })).output(type<OwnDataset>()),
  /** Hides saved data sets; `restore` brings them back. The user's files are never touched. */
  remove: oc.input(runIds).output(type<readonly string[]>()),
  restore: oc.input(runIds).output(type<readonly string[]>()),
  /** The facts of any source, as the recipe check uses them. */
  describe: oc.input(z.strictObject({ source })).output(type<DatasetFacts>()),
  /** Sends first results within a second, then exact ones, cached by the data's fingerprint. Ends when the listener disconnects. */
  inspect: oc.input(z.strictObject({ source })).output(eventIterator(type<InspectionEvent>())),
  /** Samples for display. Images have at most `side` pixels per side. */
  samples: oc
    .input(z.strictObject({ source, samples: z.array(z.int().min(0)).max(500), side: z.int().min(8).max(1024).default(96) }))
    .output(type<readonly SampleView[]>()),
  /** Every problem with its samples, as CSV text. */
  problemsCsv: oc.input(z.strictObject({ source })).output(type<string>()),
  /** The samples with the largest loss in a finished run; wrong labels are often among them. */
  suspects: oc.input(runId).output(type<DataProblem>()),
};
