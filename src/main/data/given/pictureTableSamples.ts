/** Images in a column of Parquet files for prediction, with their labels if the file has the label column of the training data. */
import { at } from "../../../shared/kit/fault.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { IMAGES } from "../images/scan.ts";
import type { Target } from "../images/target.ts";
import { pictureTableColumns } from "../pictureTable/detect.ts";
import { scanTable } from "../pictureTable/scan.ts";
import { fileSamples, imageMaker } from "./fileSamples.ts";
import type { GivenSamples } from "./given.ts";

/**
 * Null if the file or folder holds no such images.
 * @param format the format of the training samples
 * @throws Fault if there is no readable image
 */
export async function pictureTableSamples(given: string, format: Target, trained: SourceConfig): Promise<GivenSamples | null> {
  const found = await pictureTableColumns(given);
  if (found === null) return null;
  const target = "target" in trained && found.labels.some(({ name }) => name === trained.target) ? trained.target : null;
  const image = "image" in trained && found.images.includes(trained.image) ? trained.image : at(found.images, 0);
  const { images, leftOut } = await scanTable({
    path: given,
    beside: "leave",
    image,
    target,
    task: "task" in trained ? trained.task : "classification",
  });
  const truths = images.map(({ label }) => (typeof label === "number" ? [label] : label));
  return fileSamples({ given, wanted: IMAGES, files: images, leftOut, truthOf: async () => ({ truths, notes: [] }), ...imageMaker(format) });
}
