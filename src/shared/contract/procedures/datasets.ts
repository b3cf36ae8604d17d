/** Data: what can be named, and what is in it. */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { DatasetFacts } from "../../recipe/facts.ts";
import type { DatasetEntry, DetectedSource, OwnDataset } from "../datasets.ts";
import type { DataProblem, InspectionEvent, SampleView } from "../inspection.ts";
import { runId, runIds } from "./ids.ts";

/** A recipe's `data.source`; what is wrong in it is said by the host, field by field. */
const source = z.unknown();

export const datasets = {
  list: oc.output(type<readonly DatasetEntry[]>()),
  /** Data sets of one's own, newest first. */
  own: oc.output(type<readonly OwnDataset[]>()),
  /**
   * How a file or folder of this machine can be read: a source for a recipe, and its facts. A fault says what was found instead.
   * Fields of the source in `set` come before any guess; with a `type` only this format is asked.
   */
  detect: oc.input(z.strictObject({ path: z.string().min(1), set: z.record(z.string(), z.unknown()).default({}) })).output(type<DetectedSource>()),
  /** Keeps a source under a name; a recipe still names the source itself. */
  add: oc.input(z.strictObject({ name: z.string().min(1).max(200), source })).output(type<OwnDataset>()),
  rename: oc.input(z.strictObject({ id: z.string(), name: z.string().min(1).max(200) })).output(type<OwnDataset>()),
  /** Reads an own data set from now on as another source says, which must be readable. Runs keep the source in their recipes. */
  change: oc.input(z.strictObject({ id: z.string(), source })).output(type<OwnDataset>()),
  /** Hides own data sets; `restore` brings them back. The person's files are never touched. */
  remove: oc.input(runIds).output(type<readonly string[]>()),
  restore: oc.input(runIds).output(type<readonly string[]>()),
  /** The facts of any source, as the recipe's check has them. */
  describe: oc.input(z.strictObject({ source })).output(type<DatasetFacts>()),
  /** A first image within a second, then exact figures; kept by the data's fingerprint. Ends when the listener leaves. */
  inspect: oc.input(z.strictObject({ source })).output(eventIterator(type<InspectionEvent>())),
  /** Samples for the eye, images at most `side` pixels on a side. */
  samples: oc
    .input(z.strictObject({ source, samples: z.array(z.int().min(0)).max(500), side: z.int().min(8).max(1024).default(96) }))
    .output(type<readonly SampleView[]>()),
  /** Every problem with its samples as CSV text. */
  problemsCsv: oc.input(z.strictObject({ source })).output(type<string>()),
  /** Samples that a finished run finds hardest: wrong labels among them. */
  suspects: oc.input(runId).output(type<DataProblem>()),
};
