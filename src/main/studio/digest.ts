/** Maintains the summary of metrics in a run's row (position, last and best values, sparkline), so that a listing reads no metrics. */
import type { RunSummary } from "../../shared/contract/runs.ts";
import { at } from "../../shared/kit/fault.ts";
import { type BestRule, bestRule, isBetter } from "../../shared/recipe/best.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";
import type { History } from "../history/history.ts";
import type { MetricRows } from "../history/metrics.ts";
import type { RunPatch } from "../history/runs.ts";

const VALIDATION = "validation.";
const LOSS = `${VALIDATION}loss`;
const SPARKLINE_POINTS = 60;
/** Until the first epoch ends, the sparkline shows the training loss, updated at most this often. */
const SPARKLINE_INTERVAL_MS = 1000;

export class Digest {
  readonly #history: History;
  readonly #run: number;
  readonly #rule: BestRule;
  #step: number;
  #epoch: number;
  #best: RunSummary["best"];
  readonly #latest: Record<string, number>;
  #sparkline: readonly number[];
  /** On the process's own clock; null if an update is due. */
  #sparklineAt: number | null = null;
  #validated: boolean;

  /** @param from the step that the run continues from: later best values are measured again; null if nothing is repeated */
  constructor(history: History, run: number, recipe: Pick<Recipe, "earlyStopping">, from: number | null = null) {
    const { step, epoch, best, latest, sparkline } = history.runs.summary(run);
    this.#history = history;
    this.#run = run;
    this.#rule = bestRule(recipe);
    this.#step = step;
    this.#epoch = epoch;
    this.#best = from === null || best === null || best.step <= from ? best : this.#bestKept(from);
    this.#latest = { ...latest };
    this.#sparkline = sparkline;
    this.#validated = LOSS in latest;
  }

  /** Writes rows and updates the run's row, within the caller's transaction. */
  write(blocks: readonly MetricRows[], more: RunPatch = {}): void {
    this.#history.metrics.write(this.#run, blocks);
    let validated = 0;
    let step = 0;
    for (const { name, steps, epochs, values } of blocks) {
      const last = steps.length - 1;
      if (last < 0) continue;
      const value = at(values, last);
      // JSON has no NaN; the series stores it.
      if (Number.isFinite(value)) this.#latest[name] = value;
      if (at(steps, last) >= step) {
        step = at(steps, last);
        this.#epoch = at(epochs, last);
      }
      if (name.startsWith(VALIDATION)) validated = Math.max(validated, at(steps, last));
      if (name === this.#rule.series) this.#seek(steps, epochs, values);
      if (name === LOSS) {
        this.#validated = true;
        this.#sparklineAt = null;
      }
    }
    if (step > 0) this.#step = step;
    if (validated > 0) this.#readValidation(validated);
    this.#draw();
    this.#history.runs.update(this.#run, { step: this.#step, epoch: this.#epoch, best: this.#best, latest: this.#latest, sparkline: this.#sparkline, ...more });
  }

  get step(): number {
    return this.#step;
  }

  /** Finds the best epoch like the trainer; the earliest in case of a tie. */
  #seek(steps: readonly number[], epochs: readonly number[], values: readonly number[]): void {
    const { series: by, tested } = this.#rule;
    for (const [i, value] of values.entries())
      if (isBetter(this.#rule, value, this.#best?.metrics[by] ?? null))
        this.#best = { step: at(steps, i), epoch: at(epochs, i), metrics: { [by]: value }, by, tested };
  }

  /** The best epoch whose weights are kept, up to a step. */
  #bestKept(from: number): RunSummary["best"] {
    const kept = this.#history.checkpoints.list(this.#run).find((each) => each.kind === "best" && each.step <= from);
    if (kept === undefined) return null;
    const { step, epoch, metrics } = kept;
    return { step, epoch, metrics, by: this.#rule.series, tested: this.#rule.tested };
  }

  /** @param step of the newest validation: a metric that was not defined there has no last value */
  #readValidation(step: number): void {
    if (this.#best !== null) this.#best = { ...this.#best, metrics: this.#validationAt(this.#best.step) };
    for (const name of Object.keys(this.#latest)) if (name.startsWith(VALIDATION)) delete this.#latest[name];
    Object.assign(this.#latest, this.#validationAt(step));
  }

  #validationAt(step: number): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#history.metrics.valuesAt(this.#run, step)).filter(([name]) => name.startsWith(VALIDATION)));
  }

  #draw(): void {
    const now = performance.now();
    const due = this.#sparklineAt === null || (!this.#validated && now - this.#sparklineAt >= SPARKLINE_INTERVAL_MS);
    if (!due) return;
    this.#sparklineAt = now;
    const [series] = this.#history.metrics.series(this.#run, [this.#validated ? LOSS : "train.loss"], SPARKLINE_POINTS);
    this.#sparkline = (series?.points ?? []).map(({ value }) => value).filter(Number.isFinite);
  }
}
