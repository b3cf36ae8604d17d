/**
 * What is drawn of a model: units, one below the other. A unit is a layer with the light layers behind it (activations, normalizations, dropout), so that a
 * convolution and what follows it are one box. A container is a unit that holds lists of units. Runs of equal units are folded into one line.
 */
import type { LayerPlan } from "../../shared/recipe/plan.ts";

export interface LayerUnit {
  readonly kind: "layer";
  /** Address of the first layer, as all ids here. */
  readonly id: string;
  readonly head: LayerPlan;
  /** Light layers behind it. */
  readonly trail: readonly LayerPlan[];
  /** Of a container whose branches are drawn; null for a layer without any, and for a container that is folded. */
  readonly branches: readonly (readonly Unit[])[] | null;
}

export interface FoldUnit {
  readonly kind: "fold";
  readonly id: string;
  /** Everything that is left out, containers' layers included. */
  readonly layers: readonly LayerPlan[];
  /** Units that are left out. */
  readonly count: number;
  readonly parameterCount: number;
  readonly outputShape: readonly number[];
}

export type Unit = LayerUnit | FoldUnit;

/** What is folded. */
export interface Folding {
  /** Whether anything is. */
  readonly on: boolean;
  /** Ids of what a person has opened. */
  readonly opened: ReadonlySet<string>;
}

/** From this many equal units in a row on, all but the first are folded; containers take more room. */
const EQUAL = { layers: 3, containers: 2 };
/** A sequence of more units than this is folded. */
const LONG_SEQUENCE = 8;

export function unitsOf(layers: readonly LayerPlan[], folding: Folding): readonly Unit[] {
  return foldEqual(groups(layers), folding).map((group) => ("count" in group ? group : unitOf(group, folding)));
}

interface Group {
  readonly head: LayerPlan;
  readonly trail: readonly LayerPlan[];
}

/** Each layer with the light ones behind it. */
function groups(layers: readonly LayerPlan[]): readonly Group[] {
  const found: { head: LayerPlan; trail: LayerPlan[] }[] = [];
  for (const layer of layers) {
    const last = found.at(-1);
    if (last !== undefined && isLight(layer)) last.trail.push(layer);
    else found.push({ head: layer, trail: [] });
  }
  return found;
}

/** Changes no shape and multiplies by no matrix: it belongs to the layer before it. */
function isLight({ branches, inputShape, outputShape, parameters }: LayerPlan): boolean {
  return branches.length === 0 && inputShape.join() === outputShape.join() && parameters.every(({ role }) => role !== "weight" && role !== "table");
}

function unitOf({ head, trail }: Group, folding: Folding): LayerUnit {
  const id = head.name;
  const isLong = head.branches.length === 1 && groups(head.branches[0]?.layers ?? []).length > LONG_SEQUENCE;
  const folded = head.branches.length === 0 || (folding.on && isLong && !folding.opened.has(id));
  return { kind: "layer", id, head, trail, branches: folded ? null : head.branches.map((branch) => unitsOf(branch.layers, folding)) };
}

function foldEqual(all: readonly Group[], { on, opened }: Folding): readonly (Group | FoldUnit)[] {
  if (!on) return all;
  const kinds = all.map(kindOf);
  const result: (Group | FoldUnit)[] = [];
  for (let start = 0; start < all.length; ) {
    let end = start + 1;
    while (end < all.length && kinds[end] === kinds[start]) end++;
    const run = all.slice(start, end);
    const [first, ...others] = run;
    start = end;
    if (first === undefined) continue;
    const fold = run.length < (first.head.branches.length > 0 ? EQUAL.containers : EQUAL.layers) ? null : foldOf(others);
    if (fold === null || opened.has(fold.id)) result.push(...run);
    else result.push(first, fold);
  }
  return result;
}

function foldOf(run: readonly Group[]): FoldUnit {
  const layers = run.flatMap(({ head, trail }) => [head, ...trail]);
  return {
    kind: "fold",
    id: `${layers[0]?.name ?? ""}…`,
    layers: layers.flatMap(withInner),
    count: run.length,
    parameterCount: layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0),
    outputShape: layers.at(-1)?.outputShape ?? [],
  };
}

function withInner(layer: LayerPlan): readonly LayerPlan[] {
  return [layer, ...layer.branches.flatMap(({ layers }) => layers.flatMap(withInner))];
}

/** Equal for units that look the same: their settings and shapes, whatever their names. */
function kindOf({ head, trail }: Group): string {
  const seen = [head, ...trail].map(({ config, inputShape, outputShape }) => ({ config, inputShape, outputShape }));
  return JSON.stringify(seen, (key, value: unknown) => (key === "name" ? undefined : value));
}
