/**
 * What distinguishes runs of the same name: the fields of their recipes that differ, most informative first.
 *
 * Fields that exist only because of a choice (the momentum of another optimizer) are left out, because the choice itself is listed. The contents of
 * lists with different lengths or types are also left out; the list itself is listed.
 */

import { digitsText } from "../text/numbers.ts";
import { flatLeaves } from "./leaves.ts";

export interface Difference {
  /** "optimizer.lr", "model.layers[2].units" */
  readonly path: string;
  /** The value in this recipe; undefined if it has no such field. */
  readonly value: unknown;
  /** For a fold: the number of folds. */
  readonly of?: number;
}

/** These name and describe a run without changing it. */
const WORDS_ONLY = new Set(["format", "name", "description"]);

/** @returns for each recipe, in order, its values of the differing fields; empty if all recipes are equal */
export function differencesAmong(recipes: readonly unknown[]): readonly (readonly Difference[])[] {
  const all = recipes.map(flatLeaves);
  const paths = [...new Set(all.flatMap((leaves) => [...leaves.keys()]))].filter((path) => !WORDS_ONLY.has(path));
  const texts = new Map(paths.map((path) => [path, all.map((leaves) => textOf(leaves.get(path)))]));
  const differing = paths.filter((path) => new Set(texts.get(path)).size > 1);
  const choices = new Set(
    differing.filter((path) => path.endsWith(".type") || all.some((leaves) => leaves.has(`${path}[0].type`) || leaves.has(`${path}[0]`))),
  );
  const telling = differing.filter((path) => {
    // Lists with the same length and types are compared item by item.
    const insideOfChange = [...choices].some((choice) => choice !== path && isInside(path, choice));
    return !(insideOfChange && all.some((leaves) => !leaves.has(path))) && !isInsideList(path, choices);
  });
  const ordered = mostTellingFirst(telling, texts);
  return all.map((leaves) =>
    ordered.map((path) => {
      const folds = path.endsWith(".fold") ? leaves.get(`${path}s`) : undefined;
      const repeats = path.endsWith(".fold") ? leaves.get(path.replace(/fold$/, "repeats")) : undefined;
      const of = typeof folds === "number" ? folds * (typeof repeats === "number" ? repeats : 1) : undefined;
      return { path, value: leaves.get(path), ...(of === undefined ? {} : { of }) };
    }),
  );
}

/** Whether a path depends on a choice, that is, lies beside its `type`. */
function isInside(path: string, choice: string): boolean {
  return choice.endsWith(".type") && path.startsWith(choice.slice(0, -"type".length));
}

function isInsideList(path: string, choices: ReadonlySet<string>): boolean {
  return [...choices].some((choice) => !choice.endsWith(".type") && path.startsWith(`${choice}[`));
}

/** The first field divides the recipes into the most groups, each next one divides these further. Ties go to shorter values. */
function mostTellingFirst(paths: readonly string[], texts: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const left = [...paths];
  const ordered: string[] = [];
  let groups: readonly string[] = (texts.get(paths[0] ?? "") ?? []).map(() => "");
  while (left.length > 0) {
    let best: { readonly path: string; readonly groups: readonly string[]; readonly count: number; readonly length: number } | null = null;
    for (const path of left) {
      const values = texts.get(path) ?? [];
      const split = groups.map((group, index) => `${group}\n${values[index]}`);
      const count = new Set(split).size;
      const length = path.length + Math.max(...values.map((value) => value.length));
      if (best === null || count > best.count || (count === best.count && length < best.length)) best = { path, groups: split, count, length };
    }
    if (best === null) break;
    groups = best.groups;
    ordered.push(best.path);
    left.splice(left.indexOf(best.path), 1);
  }
  return ordered;
}

function textOf(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** Translated words for differences. */
export interface DifferenceWords {
  readonly fold: (number: number, of: number) => string;
  readonly layers: (count: number) => string;
  readonly none: string;
}

/** Names that need their parent to be clear: "batch 32" for `batch.size`. */
const GENERAL = new Set(["size", "type", "rate", "max", "min", "value", "fraction", "strength", "probability", "steps", "amount"]);

/** "nesterov", "lr 0.1", "seed 2", "fold 3 of 5", "dense2 units 64", "5 layers" */
export function differenceText({ path, value, of }: Difference, words: DifferenceWords): string {
  const parts = path.split(".");
  const last = parts.at(-1) ?? path;
  const parent = parts.at(-2) ?? "";
  if (last === "fold" && typeof value === "number" && of !== undefined) return words.fold(value + 1, of);
  if (path === "model.layers" && typeof value === "string") return words.layers(value === "" ? 0 : value.split(" ").length);
  const shown = valueText(value, words.none);
  if (last === "type" && value !== undefined && value !== "none") return shown;
  // "epochs 20", "batch 32", "layers[2] units 64"
  const name = GENERAL.has(last) ? parent : /\]$/.test(parent) ? `${parent} ${last}` : last;
  return `${name} ${shown}`;
}

function valueText(value: unknown, none: string): string {
  if (value === undefined) return none;
  if (typeof value === "number") return digitsText(value, 6);
  return typeof value === "string" ? (value === "" ? '""' : value) : JSON.stringify(value);
}
