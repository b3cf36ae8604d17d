/** The space that is being made from ticked fields: pure changes of a list of parameters. */
import type { Value } from "../../shared/catalog/samplers/space.ts";
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema, fieldAt, formatPath, typesOf } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";
import { getAt, type Path } from "../forms/path.ts";
import { proposed } from "./proposal.ts";

export type Space = readonly Parameter[];
type When = NonNullable<Parameter["when"]>;

/** What a parameter does at its path: it sets the value, or says how often a layer stands there, or whether. */
export type Sets = "value" | "repeats" | "presence";

const setsOf = (parameter: Parameter): Sets => (parameter.type === "float" ? "value" : parameter.sets);

export function parameterAt(space: Space, path: Path, sets: Sets = "value"): Parameter | undefined {
  const place = formatPath(path);
  return space.find((parameter) => setsOf(parameter) === sets && parameter.paths.includes(place));
}

/** Whether a field can be ticked: one with a range or with choices, that is not the run's name, its data or its device. */
export function canTick(path: Path, schema: FieldSchema): boolean {
  return !["name", "description", "data", "device", "evaluation", "metrics"].includes(String(path[0])) && proposed(schema, undefined) !== null;
}

/** The space with this field added, with a proposed range; unchanged if there is none. Conditions come by themselves. */
export function withField(space: Space, recipe: unknown, path: Path, schema: FieldSchema, value: unknown, when?: When): Space {
  const range = proposed(schema, value);
  if (range === null || parameterAt(space, path) !== undefined) return space;
  const condition = when ?? conditionOf(space, recipe, path);
  const parameter = { ...range, name: nameFor(space, recipe, path), paths: [formatPath(path)], ...(condition === undefined ? {} : { when: condition }) };
  return [...space, parameter];
}

const MOST_REPEATS = 3;

/** The space with a layer that may be left out, or stand there several times. */
export function withLayer(space: Space, recipe: unknown, path: Path, sets: "repeats" | "presence"): Space {
  if (parameterAt(space, path, sets) !== undefined) return space;
  const common = { name: unusedName(space, `${layerName(recipe, path)}.${sets}`), paths: [formatPath(path)] };
  const parameter: Parameter =
    sets === "presence"
      ? { type: "choice", ...common, values: [true, false], sets }
      : { type: "integer", ...common, min: 1, max: MOST_REPEATS, log: false, step: 1, sets };
  // Fields of a layer that may be absent exist only where it is there, and conditions come before what they decide.
  if (sets === "repeats") return [...space, parameter];
  const inside = formatPath(path);
  const when = { name: common.name, values: [true] };
  return [
    parameter,
    ...space.map((each) => (each.paths.some((place) => place.startsWith(`${inside}.`)) && each.when === undefined ? { ...each, when } : each)),
  ];
}

/** The space without a parameter. What depended on it stays where the recipe as written has the field, without the condition. */
export function without(space: Space, recipe: unknown, name: string): Space {
  const dropped = space.find((parameter) => parameter.name === name);
  if (dropped === undefined) return space;
  return space.flatMap((parameter) => {
    if (parameter.name === name) return [];
    if (parameter.when?.name !== name) return [parameter];
    const written = dropped.type === "choice" && dropped.sets === "value" ? getAt(recipe, pathOf(dropped.paths[0] ?? "")) : true;
    if (!parameter.when.values.some((value) => value === written)) return [];
    const { when: _, ...rest } = parameter;
    return [rest];
  });
}

/** The space with a changed parameter. Children whose condition asks for a value that was taken away lose it, and go with the last. */
export function withChanged(space: Space, changed: Parameter): Space {
  const next: Parameter[] = [];
  for (const parameter of space) {
    const { when } = parameter;
    if (parameter.name === changed.name) next.push(changed);
    else if (when?.name !== changed.name || changed.type !== "choice") next.push(parameter);
    else {
      const values = when.values.filter((value) => changed.values.includes(value));
      if (values.length > 0) next.push(values.length === when.values.length ? parameter : { ...parameter, when: { ...when, values } });
    }
  }
  return next;
}

/** Parameters whose fields the recipe has no more are left out. */
export function stillThere(space: Space, recipe: unknown): Space {
  const isThere = ({ paths, when }: Parameter) => when !== undefined || paths.every((path) => fieldAt(pathOf(path), recipe) !== undefined);
  const kept = space.filter(isThere);
  return kept.length === space.length ? space : kept.filter(({ when }) => when === undefined || kept.some(({ name }) => name === when.name));
}

/** A field that a type has of its own: it can be ticked once the type is searched. */
export interface Offer {
  readonly path: Path;
  readonly schema: FieldSchema;
  /** The types that have it. */
  readonly types: readonly Value[];
}

/** The own fields of the types that a ticked `type` chooses among; those that are ticked already are left out. */
export function offersOf(space: Space, recipe: unknown, parameter: Parameter): readonly Offer[] {
  const path = pathOf(parameter.paths[0] ?? "");
  if (parameter.type !== "choice" || path.at(-1) !== "type") return [];
  const owner = path.slice(0, -1);
  const union = fieldAt(owner, recipe);
  if (union === undefined) return [];
  const offers = new Map<string, Offer>();
  for (const type of parameter.values) {
    for (const [name, schema] of Object.entries(chosenAlternative(union, { type })?.properties ?? {})) {
      const own = [...owner, name];
      if (name === "type" || parameterAt(space, own) !== undefined || !canTick(own, schema)) continue;
      const known = offers.get(name);
      offers.set(name, { path: own, schema: known?.schema ?? schema, types: [...(known?.types ?? []), type] });
    }
  }
  return [...offers.values()];
}

export function withOffer(space: Space, recipe: unknown, parent: Parameter, { path, schema, types }: Offer): Space {
  const all = parent.type === "choice" && types.length === parent.values.length;
  const written = getAt(recipe, path);
  const added = withField(space, recipe, path, schema, written, all ? undefined : { name: parent.name, values: [...types] });
  return added;
}

/** The condition of a field: the ticked type around it that has the field for some of its values only, or the layer that may be absent. */
function conditionOf(space: Space, recipe: unknown, path: Path): When | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const owner = path.slice(0, length);
    const union = fieldAt(owner, recipe);
    const type = parameterAt(space, [...owner, "type"]);
    if (type?.type === "choice" && union !== undefined && typesOf(union).length > 0) {
      const having = type.values.filter((value) => Object.hasOwn(chosenAlternative(union, { type: value })?.properties ?? {}, String(path[length])));
      if (having.length < type.values.length) return { name: type.name, values: having };
    }
    const presence = parameterAt(space, owner, "presence");
    if (presence !== undefined) return { name: presence.name, values: [true] };
  }
  return undefined;
}

/** A short name that says which field it is: `optimizer.lr`, `fc1.units`, `optimizer` for its type. */
function nameFor(space: Space, recipe: unknown, path: Path): string {
  const layer = path.findLastIndex((key) => typeof key === "number");
  const named = layer < 0 ? path.map(String) : [layerName(recipe, path.slice(0, layer + 1)), ...path.slice(layer + 1).map(String)];
  const short = named.at(-1) === "type" && named.length > 1 ? named.slice(0, -1) : named;
  return unusedName(space, short.join("."));
}

/** The layer's own name, or its type with its number from 1. */
function layerName(recipe: unknown, path: Path): string {
  const item = getAt(recipe, path);
  const name = isRecord(item) && typeof item.name === "string" && item.name !== "" ? item.name : undefined;
  const type = isRecord(item) && typeof item.type === "string" ? item.type : "item";
  return name ?? `${type}${Number(path.at(-1)) + 1}`;
}

function unusedName(space: Space, wanted: string): string {
  const taken = new Set(space.map(({ name }) => name));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`;
  return name;
}

/** The keys of a path that {@link formatPath} wrote. */
export function pathOf(text: string): Path {
  return [...text.matchAll(/[^.[\]]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
}
