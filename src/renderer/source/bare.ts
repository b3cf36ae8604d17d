/** A source with only a format and a path, and the request that detects the rest. */
import { isRecord } from "../../shared/kit/record.ts";
import { type DroppedFormatName, droppedFormats, formatOf } from "../../shared/recipe/formats/index.ts";

export interface DetectRequest {
  readonly path: string;
  /** Includes the `type`. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** A source with only a format and a path. */
export function bareSource(type: DroppedFormatName, path: string): Readonly<Record<string, unknown>> {
  return { type, [firstPath(type)]: path };
}

/** The format of a source whose files can be dropped; null for others. */
export function droppedType(source: unknown): DroppedFormatName | null {
  return droppedFormats.find((name) => isRecord(source) && source.type === name) ?? null;
}

/** The file or folder that a source reads first; empty if it has none. */
export function mainPath(source: unknown): string {
  const type = droppedType(source);
  const path = type === null || !isRecord(source) ? undefined : source[firstPath(type)];
  return typeof path === "string" ? path : "";
}

/** The request that detects what is not set yet; null without a path. */
export function requestOf(source: unknown): DetectRequest | null {
  const type = droppedType(source);
  const path = mainPath(source);
  if (type === null || path === "" || !isRecord(source)) return null;
  const set = Object.entries(source).filter(([field, value]) => field !== firstPath(type) && value !== "");
  return { path, set: Object.fromEntries(set) };
}

function firstPath(type: DroppedFormatName): string {
  return formatOf({ type }).paths[0] ?? "path";
}
