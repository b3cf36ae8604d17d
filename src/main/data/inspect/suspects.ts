/**
 * Samples that may be labelled wrong: a trained network finds them hard, and is rather sure of something else. The idea of confident learning
 * (C. Northcutt, L. Jiang and I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021) with the loss as the measure.
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import type { Dataset } from "../dataset.ts";
import { ItemList, numberText, share, targetText } from "./problems.ts";

/** How many deviations above the mean loss. */
const DEVIATIONS = 3;
const SURE = 0.5;

export interface SuspectsInput {
  readonly dataset: Dataset;
  /** As of `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
  /** The samples that the following arrays are about, in their order; all samples where absent. */
  readonly indices?: Uint32Array;
  readonly losses: Float32Array;
  /** The most probable class; not looked at for a regression. */
  readonly predicted: Int32Array;
  /** Probability of that class. */
  readonly confidence: Float32Array;
}

/** Always a problem, with a total of 0 where no label is suspected; the highest loss comes first. */
export function labelSuspects({ dataset, targets, indices, losses, predicted, confidence }: SuspectsInput): DataProblem {
  const count = losses.length;
  if ((indices?.length ?? dataset.length) !== count) throw internal(`${count} losses for ${indices?.length ?? dataset.length} samples`);
  const classified = dataset.target.kind === "classification";
  const sampleOf = (row: number) => (indices === undefined ? row : at(indices, row));
  const limit = limitOf(losses);
  const suspects = Array.from(losses.keys())
    .filter((row) => at(losses, row) > limit)
    .filter((row) => !classified || (at(predicted, row) !== at(targets, sampleOf(row)) && at(confidence, row) > SURE))
    .sort((a, b) => at(losses, b) - at(losses, a) || a - b);
  const list = new ItemList(dataset);
  for (const row of suspects) {
    const [sample, loss] = [sampleOf(row), numberText(at(losses, row))];
    const own = targetText(dataset, targets, sample);
    list.add(sample, () => {
      if (!classified) return `value ${own}, loss ${loss}`;
      const taken = targetText(dataset, predicted, row);
      return `labelled ${own}, taken for ${taken} with probability ${at(confidence, row).toFixed(2)}, loss ${loss}`;
    });
  }
  const what = classified ? "are taken for another class" : "are far from what the network predicts";
  return {
    kind: "labelSuspect",
    severity: list.total === 0 ? "info" : "warning",
    title: `${share(list.total, count, "sample")} ${list.total === 1 ? what.replace("are", "is") : what}, with a loss above ${numberText(limit)}, the mean and ${DEVIATIONS} deviations`,
    remedy:
      list.total === 0
        ? "Nothing needs to be done."
        : `Look at them, the highest loss first: correct ${classified ? "labels" : "values"} that are wrong, and keep samples that are only hard.`,
    total: list.total,
    items: list.items,
  };
}

function limitOf(losses: Float32Array): number {
  const finite = losses.filter(Number.isFinite);
  if (finite.length === 0) return Number.POSITIVE_INFINITY;
  const mean = finite.reduce((sum, loss) => sum + loss, 0) / finite.length;
  const variance = finite.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / Math.max(1, finite.length - 1);
  return mean + DEVIATIONS * Math.sqrt(variance);
}
