/** A study of finished curves under a pruner, one epoch of one trial at a time: what a driver does, without training. */
import type { Curve, PrunerDefinition } from "../../src/shared/catalog/pruners/pruner.ts";
import { at } from "../../src/shared/kit/fault.ts";

export interface PrunedStudy {
  /** By trial: epochs trained. */
  readonly lengths: readonly number[];
  /** The trials in the order in which they were started or continued. */
  readonly order: readonly number[];
}

/** @param wholes each trial's values if it is not pruned @param atOnce trials that take turns, an epoch each */
export function studyUnder<C>(definition: PrunerDefinition<C>, config: C, wholes: readonly (readonly number[])[], atOnce = 1): PrunedStudy {
  const length = at(wholes, 0).length;
  const curves: Curve[] = [];
  const order: number[] = [];
  const task = () => ({ curves, trials: wholes.length, length, seed: 0 });
  const set = (trial: number, state: Curve["state"], epochs: number) => {
    curves[trial] = { trial, state, values: at(wholes, trial).slice(0, epochs) };
  };
  const begin = (): number | null => {
    const trial = definition.continues?.(task(), config) ?? (curves.length < wholes.length ? curves.length : null);
    if (trial === null) return null;
    set(trial, "running", curves[trial]?.values.length ?? 0);
    order.push(trial);
    return trial;
  };
  let running: number[] = [];
  for (;;) {
    while (running.length < atOnce) {
      const trial = begin();
      if (trial === null) break;
      running.push(trial);
    }
    if (running.length === 0) return { lengths: curves.map(({ values }) => values.length), order };
    for (const trial of running) {
      const epochs = at(curves, trial).values.length + 1;
      set(trial, "running", epochs);
      if (epochs === length) set(trial, "ended", epochs);
      else if (definition.prunes(task(), config, trial)) set(trial, "pruned", epochs);
    }
    running = running.filter((trial) => at(curves, trial).state === "running");
  }
}
