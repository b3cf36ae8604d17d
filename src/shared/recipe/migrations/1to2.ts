/**
 * Version 2: four signal augmentations have a range instead of one number. By default, targets of a regression are standardized and some training
 * samples are evaluated after every epoch; stored recipes get the explicit values that keep their meaning.
 */
import { isRecord } from "../../kit/record.ts";

type PlainRecord = Readonly<Record<string, unknown>>;

export function from1to2(recipe: PlainRecord): PlainRecord {
  const { augmentation, data, evaluation } = recipe;
  return {
    ...recipe,
    ...(Array.isArray(augmentation) ? { augmentation: augmentation.map((entry: unknown) => (isRecord(entry) ? augmentationOf(entry) : entry)) } : {}),
    ...(isRecord(data) && isComplete(recipe)
      ? { data: { standardizeTargets: false, ...data }, evaluation: { training: "none", ...(isRecord(evaluation) ? evaluation : {}) } }
      : {}),
  };
}

/** A recipe stored by Descent contains every field of its version. A hand-written one leaves out fields and relies on the defaults. */
function isComplete({ data, metrics, batch, budget, device }: PlainRecord): boolean {
  return (
    isRecord(data) && data.standardize !== undefined && isRecord(data.split) && metrics !== undefined && isRecord(batch) && isRecord(budget) && isRecord(device)
  );
}

function augmentationOf(entry: PlainRecord): PlainRecord {
  switch (entry.type) {
    case "gain":
      return replaced(entry, "decibels", (most) => ({ softest: most === 0 ? 0 : -most, loudest: most }));
    case "signalNoise":
      // Version 1 added no noise from 100 dB on, hence the probability of 0.
      return replaced(entry, "ratio", (lowest) => ({ lowest, highest: Math.min(lowest + 30, 100), ...(lowest >= 100 ? { probability: 0 } : {}) }));
    case "timeShift":
      // The values "border" and "reflection" of `outside` have no successor: they are kept, and validation rejects them by name.
      return replaced(entry, "shift", (share) => ({ share }));
    case "timeStretch":
      return replaced(entry, "change", (change) => ({ slowest: 1 / (1 + change), fastest: 1 + change }));
    default:
      return entry;
  }
}

/** The entry with one field replaced by others, if it has that field. */
function replaced(entry: PlainRecord, field: string, make: (value: number) => PlainRecord): PlainRecord {
  const { [field]: value, ...others } = entry;
  return typeof value === "number" ? { ...others, ...make(value) } : entry;
}
