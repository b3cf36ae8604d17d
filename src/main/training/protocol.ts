/** The messages between a host and a trainer process. Both sides import this file; no other messages exist. */
import type { ExportedModel } from "../../shared/contract/exportedModel.ts";
import type { InspectionEvent } from "../../shared/contract/inspection.ts";
import type { PredictionEvent } from "../../shared/contract/predictions.ts";
import type { FaultKind, Problem } from "../../shared/kit/fault.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import type { ExportRequest } from "./exportOnnx.ts";
import type { PredictRequest } from "./predict.ts";
import type { CheckpointRecord, MetricBlock, SplitName, TrainerProgress } from "./records.ts";
import type { ReproduceRequest } from "./reproduce.ts";
import type { RoomQuestion } from "./room/questions.ts";

/** The trainer's job: its first message, and for a trainer that stays, the first after it was `idle`. */
export type TrainerJob =
  | {
      readonly type: "train";
      readonly run: string;
      readonly recipe: Recipe;
      /** Folder of this run's checkpoint files; must exist. */
      readonly folder: string;
      /** File to continue from; null for a fresh start. */
      readonly resumeFrom: string | null;
      /** The weights of the best epoch are lost, so the search for it starts again. */
      readonly bestLost: boolean;
      /** Names of files in the folder to delete once the start has succeeded. */
      readonly leftovers: readonly string[];
      /** Number of steps between additional checkpoints; null for checkpoints by time and at the end only. */
      readonly checkpointEvery: number | null;
    }
  | {
      readonly type: "evaluate";
      readonly run: string;
      readonly recipe: Recipe;
      readonly checkpoint: string;
      readonly split: SplitName;
    }
  | {
      readonly type: "rangeTest";
      readonly recipe: Recipe;
      /** Lowest and highest learning rate, and the number of steps between them. */
      readonly from: number;
      readonly to: number;
      readonly steps: number;
    }
  | { readonly type: "reproduce"; readonly request: ReproduceRequest }
  | { readonly type: "predict"; readonly request: PredictRequest }
  | { readonly type: "export"; readonly request: ExportRequest }
  /** Inspects a data set. */
  | { readonly type: "inspect"; readonly source: SourceConfig }
  /** Answers questions until it is halted. */
  | { readonly type: "room" };

export type HostToTrainer =
  /** With `stay` the process waits for another job after this one, unless it failed for a reason of the machine. */
  | { readonly type: "job"; readonly job: TrainerJob; readonly stay?: boolean }
  /** Every metric up to and including this sequence number is committed. */
  | { readonly type: "committed"; readonly sequence: number }
  /** A `predictions` message was passed on: the next may be sent. */
  | { readonly type: "taken" }
  /** Sent to a data room only. */
  | { readonly type: "question"; readonly id: number; readonly question: RoomQuestion }
  /** Write a checkpoint, then exit. `pause` and `interrupt` differ only in the status that the host records. */
  | { readonly type: "halt"; readonly reason: "pause" | "stop" | "interrupt" };

export type TrainerToHost =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly progress: TrainerProgress }
  /** `sequence` counts these messages from 1 in each process. */
  | { readonly type: "metrics"; readonly sequence: number; readonly blocks: readonly MetricBlock[] }
  /**
   * Files that are durable on disk. The host commits all metrics received so far and these rows in one transaction, and then deletes the files that
   * the rows replaced.
   */
  | { readonly type: "checkpoint"; readonly records: readonly CheckpointRecord[] }
  /** Losses of a range test, each measured before its step. */
  | { readonly type: "range"; readonly losses: readonly number[] }
  | { readonly type: "predictions"; readonly event: PredictionEvent }
  | { readonly type: "exported"; readonly model: ExportedModel }
  | { readonly type: "inspection"; readonly event: InspectionEvent }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "refusal"; readonly id: number; readonly problems: readonly Problem[]; readonly detail: string }
  /** With `once`, the line is stored once per run, because a resumed run repeats steps. */
  | { readonly type: "log"; readonly level: "info" | "warning" | "error"; readonly text: string; readonly once?: boolean }
  /** The last message of a job. Metrics such as `test.accuracy` and `test.loss` (or of the evaluated part). */
  | { readonly type: "done"; readonly outcome: "completed" | "halted"; readonly metrics: Readonly<Record<string, number>>; readonly seconds: number }
  | { readonly type: "failed"; readonly kind: FaultKind; readonly problems: readonly Problem[]; readonly detail: string }
  /** After the end of a job with `stay`: waiting for the next one. */
  | { readonly type: "idle" };
