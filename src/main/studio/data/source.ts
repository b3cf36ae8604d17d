/** A source as it comes to the host, and what it holds. */
import path from "node:path";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { mapPaths, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { checkedSource } from "../../../shared/recipe/validate.ts";
import { describeSource } from "../../data/sources.ts";
import type { StudioContext } from "../context.ts";

/**
 * A source as the contract hands it over, its paths made absolute.
 * @throws Fault with every field that is wrong
 */
export function requireSource(input: unknown): SourceConfig {
  return mapPaths(checkedSource(input), (file) => path.resolve(file));
}

/** The facts of a source. What must read files to know them is asked of the data room, so that the host goes on. */
export function describeIn({ room }: Pick<StudioContext, "room">, source: SourceConfig): Promise<DatasetFacts> {
  return source.type === "shipped" || source.type === "synthetic" ? describeSource(source) : room.ask({ type: "describe", source });
}
