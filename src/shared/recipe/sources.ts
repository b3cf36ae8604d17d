/**
 * Where samples come from: one format a file (formats/). A path may lead into an archive (`data.zip`, `data.tar.gz/inner/train.csv`);
 * relative ones start where the recipe says (docs/catalog/data.md).
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

/** The paths that a source names, with the fields that name them: `data.source.path`. */
export function pathsOf(source: SourceConfig): readonly { readonly field: string; readonly path: string }[] {
  return formatOf(source).paths.flatMap((field) => {
    const path: unknown = Reflect.get(source, field);
    return typeof path === "string" ? [{ field: `data.source.${field}`, path }] : [];
  });
}

/** The same source with other paths. */
export function mapPaths<S extends SourceConfig>(source: S, map: (path: string) => string): S {
  return mapPathsOf(source.type, source, map);
}

/** The same recipe with other paths of its data: one that was read, and not yet looked at. Empty paths stay. */
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
