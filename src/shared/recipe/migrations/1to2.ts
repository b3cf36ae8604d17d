/**
 * Version 2: four augmentations of signals have ranges in place of one number, targets of a regression are standardized unless a recipe says
 * otherwise, and training samples are measured after every epoch unless it says otherwise.
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

/** A recipe that Descent stored names every field there was. One that a person wrote leaves some out, and means their defaults. */
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
      // From 100 dB on there was no noise. Above it there is none to speak of.
      return replaced(entry, "ratio", (lowest) => ({ lowest, highest: Math.min(lowest + 30, 100), ...(lowest >= 100 ? { probability: 0 } : {}) }));
    case "timeShift":
      // The values "border" and "reflection" of `outside` have no successor: they stay, and are refused by name.
      return replaced(entry, "shift", (share) => ({ share }));
    case "timeStretch":
      return replaced(entry, "change", (change) => ({ slowest: 1 / (1 + change), fastest: 1 + change }));
    default:
      return entry;
  }
}

/** The entry with other fields in place of one, where it has that one. */
function replaced(entry: PlainRecord, field: string, make: (value: number) => PlainRecord): PlainRecord {
  const { [field]: value, ...others } = entry;
  return typeof value === "number" ? { ...others, ...make(value) } : entry;
}
