/** Opens the data that the user gives a trained network: a file or folder of the kind that it was trained on. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import { type ColumnFacts, type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import { formatByEnding, formatOf, formats, holdsTable } from "../../../shared/recipe/formats/index.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { inGivenPlaces, resolveArchive } from "../archives/resolve.ts";
import { detectSource } from "../detect.ts";
import { accessFault } from "../files.ts";
import { IMAGE_ENDINGS, IMAGES } from "../images/scan.ts";
import { tableLoader } from "../readerOf.ts";
import { RECORDINGS } from "../readers/audio.ts";
import { shippedDataset } from "../shipped.ts";
import { openDataset } from "../sources.ts";
import { arraySamples, isArrays, requireShape } from "./arraySamples.ts";
import { imageSamples, recordingSamples, truthOfFolders } from "./fileSamples.ts";
import { type GivenSamples, samplesOfDataset } from "./given.ts";
import { truthOfTable } from "./labelTable.ts";
import { pictureTableSamples } from "./pictureTableSamples.ts";
import { tableSamples } from "./tableSamples.ts";

/** What a network was trained on. */
export interface TrainedOn {
  readonly source: SourceConfig;
  /** Facts of the training data as in their source. */
  readonly facts: DatasetFacts;
  /** The feature columns of a table; null if the training samples were not table rows. */
  readonly columns: readonly ColumnFacts[] | null;
}

/**
 * @param given a path, possibly into an archive
 * @throws Fault if it does not exist, cannot be read, or is of another kind than the training data
 */
export async function openGiven(given: string, trained: TrainedOn): Promise<GivenSamples> {
  const file = await resolveArchive(given, "the path");
  const found = await stat(file).catch(async (error: unknown) => {
    throw await accessFault({ path: given, field: "the path" }, error);
  });
  try {
    return await openResolved(file, found.isDirectory(), trained, given);
  } catch (error) {
    throw inGivenPlaces(error, [[given, file]]);
  }
}

async function openResolved(file: string, isFolder: boolean, trained: TrainedOn, given: string): Promise<GivenSamples> {
  const { facts, columns } = trained;
  const source = trained.source.type === "shipped" ? shippedDataset(trained.source.name).reader : trained.source;
  if (columns !== null) {
    const type = isFolder ? undefined : formatByEnding(file, holdsTable);
    if (type === undefined) throw otherKind(given, `a table with the columns of the training data (${tableEndings()})`, isFolder);
    const load = await tableLoader(type);
    return tableSamples(file, {
      columns,
      facts,
      target: "target" in source ? source.target : null,
      mergeNames: "mergeNames" in source && Array.isArray(source.mergeNames) ? source.mergeNames : undefined,
      load: (named, options) => load(named, options, source.type === type ? source : undefined),
    });
  }
  const classes = facts.target.kind === "classification" ? facts.target.classes : [];
  if (source.type === "audio") {
    if (isFolder || RECORDINGS.endings.has(path.extname(file).toLowerCase())) return recordingSamples(file, source, truthOfFolders(classes));
    throw otherKind(given, `a recording (${[...RECORDINGS.endings].join(", ")}), or a folder of them`, isFolder);
  }
  if (!isFolder && isArrays(file)) return arraySamples(file, { sampleShape: facts.sampleShape, target: facts.target, source });
  if (takesImages(facts)) {
    const [channels = 1, height = 1, width = 1] = facts.sampleShape;
    const format = { channels: channels === 3 ? 3 : 1, height, width, fit: "fit" in source ? source.fit : "stretch", ...facts.pictures } as const;
    if (isFolder ? await holdsNoDataset(file, source) : IMAGE_ENDINGS.has(path.extname(file).toLowerCase()))
      return imageSamples(file, format, source.type === "labelledImages" && isFolder ? truthOfTable(file, source) : truthOfFolders(classes));
    const table = await pictureTableSamples(file, format, source);
    if (table !== null) return table;
  }
  const detected = await detectSource(given).catch(() => null);
  if (detected === null || !("type" in detected) || ["table", "images", "recordings"].includes(formatOf(detected).holds))
    throw otherKind(given, describeKind(facts), isFolder);
  const dataset = await openDataset(detected);
  try {
    requireShape(given, dataset.sampleShape, facts.sampleShape);
    if (dataset.target.kind !== facts.target.kind) return { ...samplesOfDataset(dataset, new Int32Array(0), null), truth: () => null };
    return samplesOfDataset(dataset, await dataset.targets(), null);
  } catch (error) {
    await dataset.close();
    throw error;
  }
}

function tableEndings(): string {
  return Object.values(formats)
    .flatMap(({ holds, endings }) => (holds === "table" ? endings : []))
    .join(", ");
}

/** Whether the network takes decoded images (grey or colour, as bytes or with deeper values). */
function takesImages({ sampleShape, elementType, pictures }: DatasetFacts): boolean {
  return (elementType === "uint8" || pictures?.white !== undefined) && sampleKind(sampleShape) === "image" && [1, 3].includes(at(sampleShape, 0));
}

/** A folder of IDX files or CIFAR batches is not a folder of images. */
async function holdsNoDataset(folder: string, source: SourceConfig): Promise<boolean> {
  if (source.type === "images" || source.type === "labelledImages") return true;
  const detected = await detectSource(folder).catch(() => null);
  return detected === null || detected.type === "images" || detected.type === "labelledImages";
}

function describeKind(facts: DatasetFacts): string {
  const arrays = `arrays of samples [${facts.sampleShape.join(", ")}] (.npy, .npz, .h5, IDX)`;
  return takesImages(facts) ? `an image (${[...IMAGES.endings].join(", ")}), a folder of images, or ${arrays}` : arrays;
}

function otherKind(given: string, kind: string, isFolder: boolean): Fault {
  const ending = path.extname(given);
  return new Fault("input", [
    {
      place: given,
      expected: `must be of the kind that the network was trained on: ${kind}`,
      received: isFolder ? "a folder of something else" : `a file ${ending === "" ? "without an ending" : `that ends in ${quote(ending.toLowerCase())}`}`,
      remedy: "Name another file or folder, or convert this one.",
    },
  ]);
}
