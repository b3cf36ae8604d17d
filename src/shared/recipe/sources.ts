/**
 * Where samples come from: one format per file (formats/). A path may point into an archive (`data.zip`, `data.tar.gz/inner/train.csv`); relative
 * paths are resolved from the recipe's location (docs/catalog/data.md).
 */
import { z } from "zod";
import { isRecord } from "../kit/record.ts";
import { schemasOf } from "../kit/registry.ts";
import { metaOf } from "../kit/schema.ts";
import { type FormatName, formatOf, formats, isFormat } from "./formats/index.ts";

export const sourceSchema = z
  .discriminatedUnion("type", schemasOf(formats))
  .meta(metaOf({ personal: true, title: { en: "Source", ko: "출처" }, description: { en: "Where the samples come from.", ko: "표본이 오는 곳." } }));

export type SourceConfig = z.output<typeof sourceSchema>;

/** The sources that are read from files, by their `type`. */
export type FileSource = Exclude<SourceConfig, { readonly type: "shipped" }>;

/** The paths in a source, with their fields: `data.source.path`. */
export function pathsOf(source: SourceConfig): readonly { readonly field: string; readonly path: string }[] {
  return formatOf(source).paths.flatMap((field) => {
    const path: unknown = Reflect.get(source, field);
    return typeof path === "string" ? [{ field: `data.source.${field}`, path }] : [];
  });
}

/** The source with its paths mapped. */
export function mapPaths<S extends SourceConfig>(source: S, map: (path: string) => string): S {
  return mapPathsOf(source.type, source, map);
}

/** A recipe with the paths of its data mapped, before validation. Empty paths are kept. */
export function mapRecipePaths(recipe: unknown, map: (path: string) => string): unknown {
  if (!isRecord(recipe) || !isRecord(recipe.data) || !isRecord(recipe.data.source)) return recipe;
  const { data } = recipe;
  const { source } = recipe.data;
  if (typeof source.type !== "string" || !isFormat(source.type)) return recipe;
  return { ...recipe, data: { ...data, source: mapPathsOf(source.type, source, (path) => (path === "" ? path : map(path))) } };
}

function mapPathsOf<S extends object>(type: FormatName, source: S, map: (path: string) => string): S {
  const named = formatOf({ type }).paths.flatMap((field) => {
    const path: unknown = Reflect.get(source, field);
    return typeof path === "string" ? [[field, map(path)]] : [];
  });
  return { ...source, ...Object.fromEntries(named) };
}
