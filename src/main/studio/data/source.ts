/** Validates sources that the host receives, and determines their facts. */
import path from "node:path";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { mapPaths, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { checkedSource } from "../../../shared/recipe/validate.ts";
import { describeSource } from "../../data/sources.ts";
import type { StudioContext } from "../context.ts";

/**
 * A source from the contract, with its paths made absolute.
 * @throws Fault with every invalid field
 */
export function requireSource(input: unknown): SourceConfig {
  return mapPaths(checkedSource(input), (file) => path.resolve(file));
}

/** The facts of a source. If files must be read, the data room does it, so that the host is not blocked. */
export function describeIn({ room }: Pick<StudioContext, "room">, source: SourceConfig): Promise<DatasetFacts> {
  return source.type === "shipped" || source.type === "synthetic" ? describeSource(source) : room.ask({ type: "describe", source });
}
