/**
 * What is drawn of a model: units, from top to bottom. A unit is a layer with the light layers after it (activations, normalizations, dropout), so that
 * a convolution and its activation are one box. A container is a unit that contains lists of units. Sequences of equal units are folded into one line.
 */
import type { LayerPlan } from "../../shared/recipe/plan.ts";

export interface LayerUnit {
  readonly kind: "layer";
  /** Name of the first layer, as for all ids here. */
  readonly id: string;
  readonly head: LayerPlan;
  /** The light layers after it. */
  readonly trail: readonly LayerPlan[];
  /** The drawn branches of a container; null for a layer without branches, and for a folded container. */
  readonly branches: readonly (readonly Unit[])[] | null;
}

export interface FoldUnit {
  readonly kind: "fold";
  readonly id: string;
  /** All folded layers, including those inside containers. */
  readonly layers: readonly LayerPlan[];
  /** The number of folded units. */
  readonly count: number;
  readonly parameterCount: number;
  readonly outputShape: readonly number[];
}

export type Unit = LayerUnit | FoldUnit;

/** Which units are folded. */
export interface Folding {
  /** Whether folding is enabled. */
  readonly on: boolean;
  /** Ids of what the user has opened. */
  readonly opened: ReadonlySet<string>;
}

/** From this many equal units in a row, all but the first are folded. Containers take more room, so fewer suffice. */
const EQUAL = { layers: 3, containers: 2 };
/** A sequence with more units than this is folded. */
const LONG_SEQUENCE = 8;

export function unitsOf(layers: readonly LayerPlan[], folding: Folding): readonly Unit[] {
  return foldEqual(groups(layers), folding).map((group) => ("count" in group ? group : unitOf(group, folding)));
}

interface Group {
  readonly head: LayerPlan;
  readonly trail: readonly LayerPlan[];
}

/** Each layer with the light layers after it. */
function groups(layers: readonly LayerPlan[]): readonly Group[] {
  const found: { head: LayerPlan; trail: LayerPlan[] }[] = [];
  for (const layer of layers) {
    const last = found.at(-1);
    if (last !== undefined && isLight(layer)) last.trail.push(layer);
    else found.push({ head: layer, trail: [] });
  }
  return found;
}

/** A layer that keeps the shape and has no weight matrix is drawn with the layer before it. */
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

/** A key that is equal for units that look the same: same settings and shapes, any names. */
function kindOf({ head, trail }: Group): string {
  const seen = [head, ...trail].map(({ config, inputShape, outputShape }) => ({ config, inputShape, outputShape }));
  return JSON.stringify(seen, (key, value: unknown) => (key === "name" ? undefined : value));
}
