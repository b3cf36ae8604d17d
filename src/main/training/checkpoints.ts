/** Checkpoints: the state and the position in the run, so that continuing is bit-identical. */
import { access } from "node:fs/promises";
import path from "node:path";
import type { ReactiveState } from "../../shared/catalog/schedules/schedule.ts";
import { Fault } from "../../shared/kit/fault.ts";
import type { StoppingState } from "../../shared/recipe/earlyStopping.ts";
import type { State, StateLayout } from "../engine/state.ts";
import type { CheckpointRecord, MetricBlock } from "./protocol.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

/** The best epoch so far, by validation loss. */
export interface Best {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly state: State;
}

/** Where a run stands. */
export interface Position {
  /** Steps done. */
  readonly step: number;
  /** The epoch under way, from 1; totalEpochs + 1 when training is over. */
  readonly epoch: number;
  /** Batches of that epoch that are done. */
  readonly batch: number;
}

/** What has come of watching the validation so far; plain JSON. */
export interface Course {
  /** Null of a schedule that does not react. */
  readonly schedule: ReactiveState | null;
  readonly stopping: StoppingState;
}

export interface Restored {
  readonly position: Position;
  /** Null at the start. */
  readonly course: Course | null;
  readonly state: State;
  readonly best: Best | null;
}

/** What the file says about itself, next to the tensors. */
interface Stamp extends Position {
  readonly run: string;
  readonly seed: number;
  readonly course?: Course;
  /** The best epoch and the file that holds its state; null before the first validation. */
  readonly best: (Omit<Best, "state"> & { readonly file: string }) | null;
}

export class Checkpoints {
  readonly #run: string;
  readonly #seed: number;
  readonly #folder: string;
  readonly #layout: StateLayout;
  #bestOnDisk = 0;

  constructor(run: string, seed: number, folder: string, layout: StateLayout) {
    this.#run = run;
    this.#seed = seed;
    this.#folder = folder;
    this.#layout = layout;
  }

  /**
   * Writes the best state where it is new, then the present one.
   * @param pending metrics the host may not have; only where the host is gone, so that the file can be adopted later
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
      records.push(await this.#writeOne("best", at, best.state, best, course, best.metrics, pending));
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
      best: best && { step: best.step, epoch: best.epoch, metrics: best.metrics, file: fileName("best", best.step) },
    };
    // Between epochs, the epoch is the one that has just ended.
    const record = { kind, file, step: position.step, epoch: position.batch === 0 ? Math.max(1, position.epoch - 1) : position.epoch, metrics };
    const hash = await writeSafetensors(path.join(this.#folder, file), this.#layout.store(state), {
      format: "descent checkpoint 1",
      stamp: JSON.stringify(stamp),
      ...(pending === null ? {} : { pending: JSON.stringify(pending), record: JSON.stringify(record) }),
    });
    return { ...record, hash };
  }

  async read(file: string): Promise<Restored> {
    const { stamp, state } = await this.#readOne(file);
    const course = stamp.course ?? null;
    if (stamp.best === null) return { position: stamp, course, state, best: null };
    const bestFile = path.join(path.dirname(file), stamp.best.file);
    const best = bestFile === file ? state : (await this.#readOne(bestFile)).state;
    this.#bestOnDisk = stamp.best.step;
    const { step, epoch, metrics } = stamp.best;
    return { position: { step: stamp.step, epoch: stamp.epoch, batch: stamp.batch }, course, state, best: { step, epoch, metrics, state: best } };
  }

  async #readOne(file: string): Promise<{ readonly stamp: Stamp; readonly state: State }> {
    await access(file).catch((cause: unknown) => {
      throw new Fault(
        "missing",
        [{ place: file, expected: "must be there", received: "no such file", remedy: "It was moved or deleted; start the run again from its recipe." }],
        { cause },
      );
    });
    const { metadata, tensors } = await readSafetensors(file);
    if (metadata.stamp === undefined)
      throw new Fault("input", [
        {
          place: file,
          expected: "must be a checkpoint of Descent",
          received: "a safetensors file without a stamp",
          remedy: "Resume from a checkpoint that Descent wrote.",
        },
      ]);
    const stamp: Stamp = JSON.parse(metadata.stamp);
    return { stamp, state: this.#layout.restore(tensors, file) };
  }
}

function fileName(kind: "last" | "best", step: number): string {
  return `${kind}-${step}.safetensors`;
}
