/**
 * Samples that may have a wrong label. For classification, samples that a trained network assigns to another class, by one of two criteria: with at least
 * the average confidence of that class's own samples (confident learning; C. Northcutt, L. Jiang and I. Chuang, "Confident Learning: Estimating
 * Uncertainty in Dataset Labels", 2021), or with a loss far above the mean. Many wrong labels raise the mean loss, so only the first criterion finds them;
 * the second finds a few that the network has begun to learn. For regression, by the loss only.
 */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import type { Words } from "../../../shared/kit/words.ts";
import type { Dataset } from "../dataset.ts";
import { ItemList, plainNumber, share, targetText } from "./problems.ts";

/** Number of standard deviations above the mean loss. */
const DEVIATIONS = 3;
const SURE = 0.5;
/** The predicted class must be this many times more probable than the label; otherwise the network has just learned little. */
const LIKELIER = 2;
/** If more than this fraction of the samples is suspected, the network is the likelier cause. */
const TOO_MANY = 0.25;

export interface SuspectsInput {
  readonly dataset: Dataset;
  /** From `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
  /** The samples that the following arrays describe, in order; all samples if absent. */
  readonly indices?: Uint32Array;
  /** For classification, minus the logarithm of the label's probability. */
  readonly losses: Float32Array;
  /** The most probable class; unused for a regression. */
  readonly predicted: Int32Array;
  /** Probability of that class. */
  readonly confidence: Float32Array;
}

/** Always returns a problem, with a total of 0 if no label is suspected; the highest loss comes first. */
export function labelSuspects({ dataset, targets, indices, losses, predicted, confidence }: SuspectsInput): DataProblem {
  const count = losses.length;
  if ((indices?.length ?? dataset.length) !== count) throw internal(`${count} losses for ${indices?.length ?? dataset.length} samples`);
  const classified = dataset.target.kind === "classification";
  const sampleOf = (row: number) => (indices === undefined ? row : at(indices, row));
  const labels = Array.from(losses.keys(), (row) => at(targets, sampleOf(row)));
  const sure = classified ? averageSureness(dataset, labels, losses) : [];
  const limit = limitOf(losses);
  const isFar = (row: number) => at(losses, row) > limit;
  const isTaken = (row: number) => at(predicted, row) !== at(labels, row);
  const isSure = (row: number) => {
    const [taken, own] = [at(confidence, row), Math.exp(-at(losses, row))];
    return (taken >= (sure[at(predicted, row)] ?? Number.NaN) && taken >= LIKELIER * own) || (taken > SURE && isFar(row));
  };
  const suspects = Array.from(losses.keys())
    .filter((row) => (classified ? isTaken(row) && isSure(row) : isFar(row)))
    .sort((a, b) => at(losses, b) - at(losses, a) || a - b);
  const list = new ItemList(dataset);
  for (const row of suspects) {
    const [sample, loss] = [sampleOf(row), plainNumber(at(losses, row))];
    const own = targetText(dataset, targets, sample);
    list.add(sample, () => {
      if (!classified) return say`value ${own}, loss ${loss}`;
      const taken = targetText(dataset, predicted, row);
      return say`labelled ${own}, predicted as ${taken} with probability ${at(confidence, row).toFixed(2)}, loss ${loss}`;
    });
  }
  const [above, deviations] = [plainNumber(limit), DEVIATIONS];
  const found = share(list.total, count, "sample");
  return {
    kind: "labelSuspect",
    severity: list.total === 0 ? "info" : "warning",
    title: classified
      ? say`${found} ${plural(list.total, "is", "are")} predicted as another class, as confidently as that class's own samples or with a loss above ${above}, the mean plus ${deviations} standard deviations`
      : say`${found} ${plural(list.total, "is", "are")} far from what the network predicts, with a loss above ${above}, the mean plus ${deviations} standard deviations`,
    remedy: remedyFor(list.total / count, classified ? say`labels` : say`values`),
    total: list.total,
    items: list.items,
  };
}

function remedyFor(share: number, what: Words): Words {
  if (share === 0) return say`Nothing needs to be done.`;
  if (share > TOO_MANY) return say`Train a better network first: one that disagrees with this many labels has learned little.`;
  return say`Look at them, the highest loss first: correct ${what} that are wrong, and keep samples that are only hard.`;
}

/** For every class the mean probability that its samples have of it; NaN for a class without samples. */
function averageSureness({ target }: Dataset, labels: readonly number[], losses: Float32Array): readonly number[] {
  const classes = target.kind === "classification" ? target.classes : [];
  const [sums, counts] = [new Float64Array(classes.length), new Float64Array(classes.length)];
  for (const [row, label] of labels.entries()) {
    sums[label] = at(sums, label) + Math.exp(-at(losses, row));
    counts[label] = at(counts, label) + 1;
  }
  return Array.from(sums, (sum, label) => sum / at(counts, label));
}

function limitOf(losses: Float32Array): number {
  const finite = losses.filter(Number.isFinite);
  if (finite.length === 0) return Number.POSITIVE_INFINITY;
  const mean = finite.reduce((sum, loss) => sum + loss, 0) / finite.length;
  const variance = finite.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / Math.max(1, finite.length - 1);
  return mean + DEVIATIONS * Math.sqrt(variance);
}
