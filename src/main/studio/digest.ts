/** What a run's row keeps of its metrics, so that a listing reads no metric: position, last and best values, sparkline. */
import type { RunSummary } from "../../shared/contract/types.ts";
import { at } from "../../shared/kit/fault.ts";
import type { History } from "../history/history.ts";
import type { MetricRows } from "../history/metrics.ts";
import type { RunPatch } from "../history/runs.ts";

const OBJECTIVE = "validation.loss";
const SPARKLINE_POINTS = 60;
/** Before the first epoch ends the sparkline shows the training loss, redrawn at most so often. */
const SPARKLINE_INTERVAL_MS = 1000;

export class Digest {
  readonly #history: History;
  readonly #run: number;
  #step: number;
  #epoch: number;
  #best: RunSummary["best"];
  readonly #latest: Record<string, number>;
  #sparkline: readonly number[];
  #sparklineAt = 0;
  #validated: boolean;

  constructor(history: History, run: number) {
    const { step, epoch, best, latest, sparkline } = history.runs.summary(run);
    this.#history = history;
    this.#run = run;
    this.#step = step;
    this.#epoch = epoch;
    this.#best = best;
    this.#latest = { ...latest };
    this.#sparkline = sparkline;
    this.#validated = OBJECTIVE in latest;
  }

  /** Writes rows and what follows from them to the run's row, within the caller's transaction. */
  write(blocks: readonly MetricRows[], more: RunPatch = {}): void {
    this.#history.metrics.write(this.#run, blocks);
    let validation = false;
    let step = 0;
    for (const { name, steps, epochs, values } of blocks) {
      const last = steps.length - 1;
      if (last < 0) continue;
      const value = at(values, last);
      // JSON has no other numbers; the series keeps them.
      if (Number.isFinite(value)) this.#latest[name] = value;
      if (at(steps, last) >= step) {
        step = at(steps, last);
        this.#epoch = at(epochs, last);
      }
      validation ||= name.startsWith("validation.");
      if (name === OBJECTIVE) this.#seek(steps, epochs, values);
    }
    if (step > 0) this.#step = step;
    if (validation && this.#best !== null) this.#best = { ...this.#best, metrics: this.#validationAt(this.#best.step) };
    this.#draw();
    this.#history.runs.update(this.#run, { step: this.#step, epoch: this.#epoch, best: this.#best, latest: this.#latest, sparkline: this.#sparkline, ...more });
  }

  get step(): number {
    return this.#step;
  }

  /** The lowest validation loss, the earliest where several are equal. */
  #seek(steps: readonly number[], epochs: readonly number[], values: readonly number[]): void {
    this.#validated = true;
    this.#sparklineAt = 0;
    for (const [i, value] of values.entries()) {
      const lowest = this.#best?.metrics[OBJECTIVE];
      if (Number.isFinite(value) && (lowest === undefined || value < lowest))
        this.#best = { step: at(steps, i), epoch: at(epochs, i), metrics: { [OBJECTIVE]: value } };
    }
  }

  #validationAt(step: number): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#history.metrics.valuesAt(this.#run, step)).filter(([name]) => name.startsWith("validation.")));
  }

  #draw(): void {
    const now = Date.now();
    const due = this.#validated ? this.#sparklineAt === 0 : now - this.#sparklineAt >= SPARKLINE_INTERVAL_MS;
    if (!due) return;
    this.#sparklineAt = now;
    const [series] = this.#history.metrics.series(this.#run, [this.#validated ? OBJECTIVE : "train.loss"], SPARKLINE_POINTS);
    this.#sparkline = (series?.points ?? []).map(({ value }) => value).filter(Number.isFinite);
  }
}
