/**
 * The typed contract between a window (or the command line) and its host. Every host serves the same router.
 */
import { eventIterator, oc, type } from "@orpc/contract";
import { z } from "zod";
import type { DatasetFacts } from "../recipe/facts.ts";
import type { AllowedCode, CodeExamination } from "./code.ts";
import type { ExportedModel } from "./exportedModel.ts";
import type { AugmentationPreview, DataProblem, DetectedSource, InspectionEvent, OwnDataset, SampleView, SeenBatch } from "./inspection.ts";
import type { PredictionEvent } from "./predictions.ts";
import type {
  DatasetEntry,
  FollowEvent,
  MetricSeries,
  RangeTestEvent,
  RecipeCheck,
  Reproduction,
  RunDetail,
  RunSummary,
  StarterRecipe,
  StudioEvent,
  SystemInfo,
} from "./types.ts";

/** A recipe's `data.source`; what is wrong in it is said by the host, field by field. */
const source = z.unknown();
const runId = z.strictObject({ id: z.string() });
const runIds = z.strictObject({ ids: z.array(z.string()) });

export const contract = {
  system: {
    info: oc.output(type<SystemInfo>()),
    /** Changes of any run, until the listener leaves. */
    events: oc.output(eventIterator(type<StudioEvent>())),
  },
  recipes: {
    list: oc.output(type<readonly StarterRecipe[]>()),
    /** Every preset as a recipe on data that comes with Descent. */
    presets: oc.output(type<readonly StarterRecipe[]>()),
    /** Validates a recipe as typed so far and works out its shapes. Never throws for a bad recipe. */
    check: oc.input(z.strictObject({ recipe: z.unknown() })).output(type<RecipeCheck>()),
    /** Trains a fresh network while the learning rate grows geometrically; leaves nothing behind, and ends when the listener leaves. */
    rangeTest: oc
      .input(
        z
          .strictObject({
            recipe: z.unknown(),
            from: z.number().positive().default(1e-6),
            to: z.number().positive().max(1000).default(10),
            steps: z.int().min(10).max(10_000).default(200),
          })
          .refine(({ from, to }) => from < to, { path: ["to"], message: "must be greater than from" }),
      )
      .output(eventIterator(type<RangeTestEvent>())),
  },
  datasets: {
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
  },
  code: {
    /** A module as a person is shown it before it runs: what it imports, what it may read. None of it runs. */
    examine: oc.input(z.strictObject({ path: z.string().min(1) })).output(type<CodeExamination>()),
    /** Allows a module to run, here and from now on, as long as it is what was shown. */
    allow: oc.input(z.strictObject({ path: z.string().min(1), digest: z.string() })).output(type<AllowedCode>()),
    /** What was allowed, the newest first. */
    list: oc.output(type<readonly AllowedCode[]>()),
    /** Takes permissions back, by the hashes of their modules. Answers with how many there were. */
    forget: oc.input(z.strictObject({ hashes: z.array(z.string()) })).output(type<number>()),
  },
  augment: {
    /**
     * Variants of one sample as training would see them in the epochs from `epoch` on, by the program that trains. Without `sample` the first of the
     * training part.
     */
    preview: oc
      .input(
        z.strictObject({
          recipe: z.unknown(),
          sample: z.int().min(0).nullable().default(null),
          epoch: z.int().min(1).default(1),
          count: z.int().min(1).max(64).default(16),
        }),
      )
      .output(type<AugmentationPreview>()),
    /** The batch of one step of a run, steps counted from 1, as the network saw it. */
    seen: oc.input(z.strictObject({ id: z.string(), step: z.int().min(1), count: z.int().min(1).max(64).default(32) })).output(type<SeenBatch>()),
  },
  runs: {
    list: oc.output(type<readonly RunSummary[]>()),
    get: oc.input(runId).output(type<RunDetail>()),
    /** Starts a run and returns its row; a bad recipe is a fault and leaves nothing behind. */
    start: oc.input(z.strictObject({ recipe: z.unknown(), checkpointEvery: z.int().positive().nullable().default(null) })).output(type<RunSummary>()),
    pause: oc.input(runId).output(type<RunSummary>()),
    /** Goes on with a run. With `epochs`, all that it shall have: a completed run too, and its recipe gets the new budget. */
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
    /** Evaluates the weights that the run is judged by (shared/recipe/best.ts) on one part of the data. */
    evaluate: oc
      .input(z.strictObject({ id: z.string(), split: z.enum(["train", "validation", "test"]).default("test") }))
      .output(type<Readonly<Record<string, number>>>()),
    /** What the tested weights predict for a part of the run's data, or for a file or folder of this machine. Ends when the listener leaves. */
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
    /** Writes the tested network as one ONNX file on this machine, held against its own predictions. Never over another file, unless `force`. */
    exportOnnx: oc.input(z.strictObject({ id: z.string(), file: z.string().min(1), force: z.boolean().default(false) })).output(type<ExportedModel>()),
    /** Writes a run as a new folder that trains in plain PyTorch and compares the losses; `steps` null means all that were recorded. */
    reproduce: oc
      .input(z.strictObject({ id: z.string(), folder: z.string().min(1), steps: z.int().positive().nullable().default(null) }))
      .output(type<Reproduction>()),
    /** Everything one run says from now until it ends; every single metric row where `metrics`. */
    follow: oc.input(z.strictObject({ id: z.string(), metrics: z.boolean().default(false) })).output(eventIterator(type<FollowEvent>())),
  },
};
