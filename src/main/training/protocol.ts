/** The messages between a host and a trainer process. Both sides import this file; nothing else crosses. */
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

/** What a trainer is asked to do, once, as its first message. */
export type TrainerJob =
  | {
      readonly type: "train";
      readonly run: string;
      readonly recipe: Recipe;
      /** Folder for this run's checkpoint files; exists. */
      readonly folder: string;
      /** File to continue from; a fresh start where null. */
      readonly resumeFrom: string | null;
      /** The weights of the best epoch are lost; it is sought anew. */
      readonly bestLost: boolean;
      /** Names of files in the folder that are deleted once the start has succeeded. */
      readonly leftovers: readonly string[];
      /** Also write a checkpoint whenever this count of steps is done; by time and at the end where null. */
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
      /** Lowest and highest learning rate, and how many steps lead from one to the other. */
      readonly from: number;
      readonly to: number;
      readonly steps: number;
    }
  | { readonly type: "reproduce"; readonly request: ReproduceRequest }
  | { readonly type: "predict"; readonly request: PredictRequest }
  | { readonly type: "export"; readonly request: ExportRequest }
  /** Looks a data set through. */
  | { readonly type: "inspect"; readonly source: SourceConfig }
  /** Stays and answers questions until it is halted. */
  | { readonly type: "room" };

export type HostToTrainer =
  | { readonly type: "job"; readonly job: TrainerJob }
  /** Every metric up to and including this sequence number is committed. */
  | { readonly type: "committed"; readonly sequence: number }
  /** A `predictions` message was handed on: the next may come. */
  | { readonly type: "taken" }
  /** To a room. */
  | { readonly type: "question"; readonly id: number; readonly question: RoomQuestion }
  /** Checkpoint, then exit: `pause` and `interrupt` differ only in the status the host records. */
  | { readonly type: "halt"; readonly reason: "pause" | "stop" | "interrupt" };

export type TrainerToHost =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly progress: TrainerProgress }
  /** `sequence` counts these messages from 1 in each process. */
  | { readonly type: "metrics"; readonly sequence: number; readonly blocks: readonly MetricBlock[] }
  /**
   * Files that are durable on disk. The host commits every metric received so far and the rows in one transaction,
   * and then deletes the files the rows replaced.
   */
  | { readonly type: "checkpoint"; readonly records: readonly CheckpointRecord[] }
  /** Losses of a range test, each before its step. */
  | { readonly type: "range"; readonly losses: readonly number[] }
  | { readonly type: "predictions"; readonly event: PredictionEvent }
  | { readonly type: "exported"; readonly model: ExportedModel }
  | { readonly type: "inspection"; readonly event: InspectionEvent }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "refusal"; readonly id: number; readonly problems: readonly Problem[]; readonly detail: string }
  /** Where `once`, it is kept once a run: one that goes on repeats steps, and not what was said of them. */
  | { readonly type: "log"; readonly level: "info" | "warning" | "error"; readonly text: string; readonly once?: boolean }
  /** The last message. Metrics as `test.accuracy`, `test.loss` (or the evaluated split's). */
  | { readonly type: "done"; readonly outcome: "completed" | "halted"; readonly metrics: Readonly<Record<string, number>>; readonly seconds: number }
  | { readonly type: "failed"; readonly kind: FaultKind; readonly problems: readonly Problem[]; readonly detail: string };
