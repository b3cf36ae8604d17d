/** The data sets shipped with Descent: one folder each in `resources/datasets`, described by its `dataset.json`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { DatasetEntry } from "../../shared/contract/datasets.ts";
import { Fault, nearestName, quote } from "../../shared/kit/fault.ts";
import { wordsSchema } from "../../shared/kit/schema.ts";
import type { FileSource } from "../../shared/recipe/sources.ts";
import { mapPaths, type SourceConfig, sourceSchema } from "../../shared/recipe/sources.ts";
import { resourcesFolder } from "../resources.ts";

const manifestSchema = z.strictObject({
  title: wordsSchema,
  summary: wordsSchema,
  licence: z.string(),
  source: z.string(),
  /** How to read it; paths are relative to the manifest's folder. */
  reader: sourceSchema,
  /** The facts, so that listing the data sets does not require reading them. */
  facts: z.strictObject({
    name: z.string(),
    length: z.int(),
    sampleShape: z.array(z.int()),
    elementType: z.enum(["uint8", "float32"]),
    target: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("classification"), classes: z.array(z.string()) }),
      z.strictObject({ kind: z.literal("regression"), names: z.array(z.string()) }),
    ]),
    givenTest: z.int(),
    keys: z.array(z.string()).optional(),
  }),
});

interface ShippedDataset extends DatasetEntry {
  /** How its files are read. */
  readonly reader: FileSource;
}

let known: readonly ShippedDataset[] | undefined;

/** All shipped data sets by name. The manifests are small and read once. */
export function shippedDatasets(): readonly DatasetEntry[] {
  return shipped().map(({ reader: _, ...entry }) => entry);
}

/** @throws Fault for an unknown name */
export function shippedDataset(name: string): ShippedDataset {
  const found = shipped().find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const names = shipped().map((entry) => entry.name);
  const near = nearestName(name, names);
  throw new Fault("input", [
    {
      place: "data.source.name",
      expected: `must be one of the data sets that come with Descent: ${names.join(", ")}`,
      received: quote(name),
      remedy: near ? `Did you mean ${quote(near)}?` : "Choose one of these.",
    },
  ]);
}

function shipped(): readonly ShippedDataset[] {
  known ??= readManifests(path.join(resourcesFolder(), "datasets"));
  return known;
}

function readManifests(folder: string): readonly ShippedDataset[] {
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "dataset.json")))
    .sort()
    .map((name) => {
      const { reader, ...entry } = manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, name, "dataset.json"), "utf8")));
      return { name, ...entry, reader: inFolder(path.join(folder, name), reader) };
    });
}

/** The source with its paths made absolute. */
function inFolder(folder: string, source: SourceConfig): FileSource {
  if (source.type === "shipped") throw new Error(`internal: ${folder} names no files`);
  return mapPaths(source, (file) => path.join(folder, file));
}
