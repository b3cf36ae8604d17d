/** Checkpoints: the state and the position in the run, so that a resumed run is bit-identical. */
import path from "node:path";
import { z } from "zod";
import type { ReactiveState } from "../../shared/catalog/schedules/schedule.ts";
import { Fault } from "../../shared/kit/fault.ts";
import { type StoppingState, startOfStopping } from "../../shared/recipe/earlyStopping.ts";
import type { State, StateLayout } from "../engine/state.ts";
import type { CheckpointRecord, MetricBlock } from "./records.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

/** The best epoch so far, as defined in shared/recipe/best.ts. */
export interface Best {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly state: State;
  /** After its validation, so that a run can continue from there. */
  readonly course: Course;
}

/** Progress of a run. */
export interface Position {
  /** Number of steps done. */
  readonly step: number;
  /** The current epoch, from 1; one more than the last epoch when training has ended. */
  readonly epoch: number;
  /** Number of batches done in that epoch. */
  readonly batch: number;
}

/** State of the schedule and of early stopping after the validations so far; plain JSON. */
export interface Course {
  /** Null for a schedule that does not react to validation. */
  readonly schedule: ReactiveState | null;
  readonly stopping: StoppingState;
}

export interface Restored {
  readonly position: Position;
  /** Null at the start. */
  readonly course: Course | null;
  readonly state: State;
  readonly best: Best | null;
  /** Digest of the split at the start of the run; null in files of older versions. */
  readonly split: string | null;
}

/** The metadata of the file, next to the tensors. */
interface Stamp extends Position {
  readonly run: string;
  readonly seed: number;
  readonly course: Course;
  readonly split: string | null;
  /** The best epoch and the file that holds its state; null before the first validation. */
  readonly best: (Omit<Best, "state" | "course"> & { readonly file: string }) | null;
}

/** Metrics as stored in JSON. Undefined ones (such as the area under the curve with a single class) are left out; earlier versions wrote null. */
export const storedMetrics = z
  .record(z.string(), z.number().nullable())
  .transform((all) => Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== null)));

function defined(metrics: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}

const count = z.int().min(0);
const value = z.number().nullable();
const courseSchema: z.ZodType<Course> = z.object({
  schedule: z.object({ factor: z.number(), best: value, waited: count, cooldown: count }).nullable(),
  stopping: z.object({ best: value, bestEpoch: count.nullable(), waited: count }),
});
const stampSchema = z.object({
  step: count,
  epoch: count,
  batch: count,
  split: z.string().nullish(),
  course: courseSchema.optional(),
  best: z.object({ step: count, epoch: count, metrics: storedMetrics, file: z.string() }).nullable(),
});

type StoredStamp = z.output<typeof stampSchema>;

export class Checkpoints {
  readonly #run: string;
  readonly #seed: number;
  readonly #folder: string;
  readonly #layout: StateLayout;
  readonly #split: string | null;
  #bestOnDisk = 0;

  /** @param split digest of the run's split */
  constructor(run: string, seed: number, folder: string, layout: StateLayout, split: string | null = null) {
    this.#split = split;
    this.#run = run;
    this.#seed = seed;
    this.#folder = folder;
    this.#layout = layout;
  }

  /**
   * Writes the best state if it is new, then the present one.
   * @param pending metrics that the host may not have; only if the host has ended, so that the file can be adopted later
   */
  async write(
    position: Position,
    state: State,
    best: Best | null,
    course: Course,
    pending: readonly MetricBlock[] | null,
  ): Promise<readonly CheckpointRecord[]> {
    const records: CheckpointRecord[] = [];
    if (best !== null && best.step !== this.#bestOnDisk) {
      const at = { step: best.step, epoch: best.epoch + 1, batch: 0 };
      records.push(await this.#writeOne("best", at, best.state, best, best.course, best.metrics, pending));
      this.#bestOnDisk = best.step;
    }
    const metrics = best !== null && best.step === position.step ? best.metrics : {};
    records.push(await this.#writeOne("last", position, state, best, course, metrics, pending));
    return records;
  }

  async #writeOne(
    kind: "last" | "best",
    position: Position,
    state: State,
    best: Best | null,
    course: Course,
    metrics: Readonly<Record<string, number>>,
    pending: readonly MetricBlock[] | null,
  ) {
    const file = fileName(kind, position.step);
    const stamp: Stamp = {
      run: this.#run,
      seed: this.#seed,
      ...position,
      course,
      split: this.#split,
      best: best && { step: best.step, epoch: best.epoch, metrics: defined(best.metrics), file: fileName("best", best.step) },
    };
    // Between epochs, the epoch is the one that has just ended.
    const record = {
      kind,
      file,
      step: position.step,
      epoch: position.batch === 0 ? Math.max(1, position.epoch - 1) : position.epoch,
      metrics: defined(metrics),
    };
    const hash = await writeSafetensors(path.join(this.#folder, file), this.#layout.store(state), {
      format: "descent checkpoint 2",
      stamp: JSON.stringify(stamp),
      ...(pending === null ? {} : { pending: JSON.stringify(pending), record: JSON.stringify(record) }),
    });
    return { ...record, hash };
  }

  /**
   * Reads a checkpoint and the best state that it refers to.
   * @param bestLost the best state cannot be read: the search for the best epoch and early stopping start again
   * @throws Fault for a file that is missing, damaged or of another recipe
   */
  async read(file: string, bestLost = false): Promise<Restored> {
    const { stamp, state } = await this.#readOne(file);
    const course = stamp.course ?? null;
    const from = { position: { step: stamp.step, epoch: stamp.epoch, batch: stamp.batch }, state, split: stamp.split ?? null };
    if (bestLost) return { ...from, course: course && { ...course, stopping: startOfStopping() }, best: null };
    if (stamp.best === null) return { ...from, course, best: null };
    const { step, epoch, metrics } = stamp.best;
    const bestFile = path.join(path.dirname(file), path.basename(stamp.best.file));
    const best = bestFile === file ? { stamp, state } : await this.#readOne(bestFile);
    this.#bestOnDisk = step;
    const since = best.stamp.course ?? { schedule: null, stopping: startOfStopping() };
    return { ...from, course, best: { step, epoch, metrics, state: best.state, course: since } };
  }

  async #readOne(file: string): Promise<{ readonly stamp: StoredStamp; readonly state: State }> {
    const { metadata, tensors } = await readSafetensors(file);
    return { stamp: stampOf(metadata.stamp, file), state: this.#layout.restore(tensors, file) };
  }
}

function stampOf(text: string | undefined, file: string): StoredStamp {
  let received = "a safetensors file without metadata of Descent";
  try {
    if (text !== undefined) {
      const { success, error, data } = stampSchema.safeParse(JSON.parse(text));
      if (success) return data;
      received = `metadata in which ${error.issues[0]?.path.join(".") || "a value"} is invalid`;
    }
  } catch {
    received = "metadata that is not JSON";
  }
  throw new Fault("input", [{ place: file, expected: "must be a checkpoint of Descent", received, remedy: "Resume from a checkpoint that Descent wrote." }]);
}

function fileName(kind: "last" | "best", step: number): string {
  return `${kind}-${step}.safetensors`;
}
