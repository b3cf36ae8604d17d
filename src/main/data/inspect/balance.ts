/** Checks whether classes have enough samples and are balanced; for a regression, whether the target varies. */
import type { DataProblem, ProblemItem, TargetSummary } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { plural, say } from "../../../shared/kit/say.ts";
import { entropyBits } from "../../../shared/math/statistics.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Dataset } from "../dataset.ts";
import { numberFigures } from "./columnFigures.ts";
import { counted, plainNumber, problemOf, share } from "./problems.ts";

/** Largest acceptable ratio of the largest to the smallest class. */
const MAX_RATIO = 10;
const FEW = 10;

/** Always over all samples, because targets are in memory. */
export function targetSummary({ target, length }: Dataset, targets: Int32Array | Float32Array): TargetSummary {
  if (target.kind === "classification") {
    const counts = target.classes.map(() => 0);
    for (const number of targets) counts[number] = (counts[number] ?? 0) + 1;
    return { kind: "classification", classes: target.classes.map((name, k) => ({ name, count: at(counts, k) })), entropy: entropyBits(counts) };
  }
  const width = target.names.length;
  return {
    kind: "regression",
    values: target.names.map((name, k) => ({
      name,
      numbers: numberFigures(
        Float64Array.from({ length }, (_, i) => targets[i * width + k] ?? Number.NaN),
        true,
      ).summary,
    })),
  };
}

export function balanceProblems(target: TargetSummary): readonly DataProblem[] {
  if (target.kind === "regression") return constantTargets(target.values);
  const { classes } = target;
  const present = classes.filter(({ count }) => count > 0);
  const empty = classes.filter(({ count }) => count === 0);
  return [
    ...problemOf({
      kind: "emptyClass",
      severity: "warning",
      title: say`${countText(empty.length, "en")} of ${counted(classes.length, "class")} ${plural(empty.length, "has", "have")} no sample`,
      remedy: say`Add samples, or leave the names out of the classes: the network would have outputs that are never right.`,
      items: empty.map(({ name }) => item(name, 0)),
    }),
    ...(present.length === 1 ? single(at(present, 0)) : []),
    ...(present.length > 1 ? [...imbalance(present), ...rare(present)] : []),
  ];
}

type Values = Extract<TargetSummary, { readonly kind: "regression" }>["values"];

function constantTargets(values: Values): readonly DataProblem[] {
  const found = values.filter(({ numbers: { count, min, max } }) => count > 1 && min === max);
  return problemOf({
    kind: "constantColumn",
    severity: "warning",
    title: say`${share(found.length, values.length, "target")} ${plural(found.length, "is", "are")} the same in every sample`,
    remedy: say`Choose another target, or add samples where it differs: there is nothing to predict.`,
    items: found.map(({ name, numbers: { min, count } }) => ({
      sample: null,
      place: say`target ${name}`,
      detail: say`${plainNumber(min ?? 0)} in all ${countText(count, "en")} samples`,
    })),
  });
}

type Class = Extract<TargetSummary, { readonly kind: "classification" }>["classes"][number];

function single({ name, count }: Class): readonly DataProblem[] {
  return problemOf({
    kind: "singleClass",
    severity: "warning",
    title: say`All ${counted(count, "sample")} are of one class, ${name}`,
    remedy: say`Add samples of other classes: otherwise there is nothing to learn.`,
    items: [item(name, count)],
  });
}

function imbalance(present: readonly Class[]): readonly DataProblem[] {
  const ordered = present.toSorted((a, b) => a.count - b.count);
  const [smallest, largest] = [at(ordered, 0), at(ordered, ordered.length - 1)];
  const ratio = largest.count / smallest.count;
  const total = present.reduce((sum, { count }) => sum + count, 0);
  return problemOf({
    kind: "classImbalance",
    severity: "warning",
    title: say`The largest class, ${largest.name} with ${countText(largest.count, "en")}, has ${ratio < 100 ? ratio.toFixed(1) : countText(Math.round(ratio), "en")} times the samples of the smallest, ${smallest.name} with ${countText(smallest.count, "en")}`,
    remedy: say`Weight the classes in the loss, or add samples to the small ones, and use the F1 score instead of the accuracy: always predicting ${largest.name} is right in ${((100 * largest.count) / total).toFixed(1)} % of the samples.`,
    items: ratio > MAX_RATIO ? ordered.filter(({ count }) => largest.count / count > MAX_RATIO).map(({ name, count }) => item(name, count)) : [],
  });
}

function rare(present: readonly Class[]): readonly DataProblem[] {
  const few = present.filter(({ count }) => count < FEW).toSorted((a, b) => a.count - b.count);
  return problemOf({
    kind: "rareClass",
    severity: "warning",
    title: say`${counted(few.length, "class")} ${plural(few.length, "has", "have")} fewer than ${FEW} samples`,
    remedy: say`Add samples, or merge them with another class: after the split there are too few to train or evaluate on.`,
    items: few.map(({ name, count }) => item(name, count)),
  });
}

function item(name: string, count: number): ProblemItem {
  return { sample: null, place: say`class ${name}`, detail: counted(count, "sample") };
}
