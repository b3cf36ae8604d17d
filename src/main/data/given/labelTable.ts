/** Targets of images from a table in their folder, if the network was trained on images with such a table. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { readLabels } from "../images/labels.ts";
import type { TruthOfFiles } from "./fileSamples.ts";

type LabelledImages = Extract<SourceConfig, { readonly type: "labelledImages" }>;

/** Looks for a table with the same name as in training in the folder of the images; without one no target is known. */
export function truthOfTable(folder: string, { labels, file: fileColumn, target: targetColumn, task, oneHot, mergeNames }: LabelledImages): TruthOfFiles {
  return async (places) => {
    const table = path.join(folder, path.basename(labels));
    const nothing = places.map(() => null);
    if ((await stat(table).catch(() => null)) === null) return { truths: nothing, notes: [] };
    try {
      const { rows, classes } = await readLabels({ file: { path: table, field: "the labels" }, fileColumn, targetColumn, task, oneHot, mergeNames }, places);
      const byPlace = new Map(rows.map(({ place, target }) => [place, classes === null ? [target] : (classes[target] ?? null)]));
      return { truths: places.map((place) => byPlace.get(place) ?? null), notes: [] };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { truths: nothing, notes: [`${path.basename(labels)} gives no targets: ${inLanguage(error.problems[0]?.received ?? "it cannot be read", "en")}`] };
    }
  };
}
