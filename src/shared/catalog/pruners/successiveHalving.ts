/**
 * Successive halving in brackets: n trials train to the first rung; when all are there, the best 1/η go on to the next one, and so on, until one
 * trains to its end. Trials follow each other in brackets of n = η^K, K the number of rungs; the last bracket holds what remains.
 */
import { z } from "zod";
import { factorField, minEpochsField, skippedRungsField } from "./fields.ts";
import { bestAt, rungMisfit, rungsOf, waitsAt } from "./halving.ts";
import type { Curve, PrunerDefinition, PrunerTask } from "./pruner.ts";

const schema = z.strictObject({ type: z.literal("successiveHalving"), factor: factorField(), minEpochs: minEpochsField(), skippedRungs: skippedRungsField() });
type Config = z.output<typeof schema>;

export const successiveHalving = {
  title: { en: "Successive halving", ko: "연속 반감" },
  summary: {
    en: "Trials in brackets: when all of a bracket have reached a rung, the best 1/η go on. Compares fairly, but cores may wait at the end.",
    ko: "시행을 묶음으로 나누어, 묶음 전체가 한 단에 이르면 가장 좋은 1/η만 이어 갑니다. 공정하게 견주지만 끝에서는 코어가 기다릴 수 있습니다.",
  },
  source: "Jamieson & Talwalkar 2016 (arXiv:1502.07943), algorithm 1",
  schema,
  over: "epochs",
  misfit: (config, length) => rungMisfit(rungs(config, length), config.minEpochs * config.factor ** config.skippedRungs),
  prunes: (task, config, trial) => {
    const bracket = bracketsOf(task, config).find(({ curves }) => curves.some((curve) => curve.trial === trial));
    const own = bracket?.curves.find((curve) => curve.trial === trial);
    const rung = rungs(config, task.length).indexOf(own?.values.length ?? 0);
    if (bracket === undefined || own === undefined || rung < 0) return false;
    return !(survivors(bracket, config, task.length, rung)?.includes(own) ?? false);
  },
  continues: (task, config) => {
    const steps = rungs(config, task.length);
    for (const bracket of bracketsOf(task, config)) {
      for (const [index, rung] of steps.entries()) {
        const found = survivors(bracket, config, task.length, index)?.find((curve) => waitsAt(curve, rung));
        if (found !== undefined) return found.trial;
      }
    }
    return null;
  },
  samples: [{}, { factor: 2, minEpochs: 2, skippedRungs: 1 }],
} satisfies PrunerDefinition<Config>;

interface Bracket {
  readonly curves: readonly Curve[];
  /** Trials that it will have; more than it has curves while some are still to be proposed. */
  readonly size: number;
}

function rungs(config: Config, length: number): readonly number[] {
  return rungsOf(config, config.skippedRungs, length);
}

function bracketsOf({ curves, trials, length }: PrunerTask, config: Config): readonly Bracket[] {
  const size = config.factor ** rungs(config, length).length;
  const total = Math.max(trials, curves.length);
  return Array.from({ length: Math.ceil(curves.length / size) }, (_, b) => ({
    curves: curves.slice(b * size, (b + 1) * size),
    size: Math.min(size, total - b * size),
  }));
}

/** Those of a bracket that go on from a rung, best first, at least one; null while some are still on their way to it. */
function survivors(bracket: Bracket, config: Config, length: number, rung: number): readonly Curve[] | null {
  let alive: readonly Curve[] = bracket.curves;
  if (alive.length < bracket.size) return null;
  for (const epoch of rungs(config, length).slice(0, rung + 1)) {
    if (!alive.every(({ state, values }) => state === "ended" || values.length >= epoch)) return null;
    alive = bestAt(alive, epoch, Math.max(1, Math.floor(alive.length / config.factor)));
  }
  return alive;
}
