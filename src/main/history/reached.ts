/** The best value that each validation series of a run has reached, from the coarsest level of the pyramid: one row per series. */
import type { ReachedValue } from "../../shared/recipe/best.ts";
import { largerIsBetter } from "../../shared/recipe/best.ts";
import type { Connection, Statement } from "./connection.ts";
import { TOP_LEVEL } from "./pyramid.ts";

const VALIDATION = "validation.";

type Reached = Readonly<Record<string, ReachedValue>>;
type Extreme = readonly [step: number | null, epoch: number | null, value: number | null];
type Row = readonly [run: number, name: string, ...low: Extreme, ...high: Extreme];

export class ReachedValues {
  readonly #extremes: Statement<[string], Row>;

  constructor(connection: Connection) {
    // CROSS JOIN fixes the order, in which every access to the pyramid uses its primary key.
    this.#extremes = connection.prepareRaw(
      `SELECT wanted.value, metric_name.name, min_step, min_epoch, min_value, max_step, max_epoch, max_value
       FROM json_each(?) AS wanted CROSS JOIN metric_name CROSS JOIN metric_pyramid AS pyramid
       WHERE metric_name.name LIKE '${VALIDATION}%' AND pyramid.run = wanted.value AND pyramid.level = ${TOP_LEVEL} AND pyramid.name = metric_name.key`,
    );
  }

  /** For runs given by their keys; runs without validation are left out. */
  of(runs: readonly number[]): ReadonlyMap<number, Reached> {
    const found = new Map<number, Record<string, ReachedValue>>();
    for (const [run, name, ...extremes] of this.#extremes.all(JSON.stringify(runs))) {
      const larger = largerIsBetter(name.slice(VALIDATION.length));
      if (larger === undefined) continue;
      const [step, epoch, value] = larger ? extremes.slice(3) : extremes;
      if (typeof step !== "number" || typeof epoch !== "number" || typeof value !== "number" || !Number.isFinite(value)) continue;
      const reached = found.get(run) ?? {};
      found.set(run, reached);
      const former = reached[name];
      if (former === undefined || (larger ? value > former.value : value < former.value)) reached[name] = { step, epoch, value };
    }
    return found;
  }
}
