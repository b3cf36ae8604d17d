/** Changes of a list of layers, and one line about each. */
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, type FieldSchema } from "../../shared/recipe/fields.ts";
import { choiceTitle, inLanguage, inSentence, titleOf } from "../catalog/words.ts";
import { showMixed } from "../forms/numbers.ts";

export type Layers = readonly unknown[];

export function moveLayer(layers: Layers, from: number, to: number): Layers {
  if (to < 0 || to >= layers.length) return layers;
  const moved = layers.toSpliced(from, 1);
  return moved.toSpliced(to, 0, layers[from]);
}

/** The copy stands behind its model and has no name, because names are unique. */
export function duplicateLayer(layers: Layers, index: number): Layers {
  const original = layers[index];
  const copy = isRecord(original) ? Object.fromEntries(Object.entries(original).filter(([key]) => key !== "name")) : original;
  return layers.toSpliced(index + 1, 0, copy);
}

export function typeOf(layer: unknown): string {
  return isRecord(layer) && typeof layer.type === "string" ? layer.type : "?";
}

/** The name a person gave, or the type and its count, as the plan names it. */
export function nameOf(layers: Layers, index: number): string {
  const layer = layers[index];
  if (isRecord(layer) && typeof layer.name === "string" && layer.name !== "") return layer.name;
  const type = typeOf(layer);
  return `${type}${layers.slice(0, index + 1).filter((other) => typeOf(other) === type).length}`;
}

/**
 * What is particular about a layer: the first field always, others where they differ from the default. `filters 32, kernel 5, padding half a window`
 * @param language of the window
 */
export function gist(layer: unknown, schema: FieldSchema, language: string): string {
  const fields = Object.entries(chosenAlternative(schema, layer)?.properties ?? {}).filter(([name]) => name !== "type" && name !== "name");
  if (!isRecord(layer)) return "";
  return fields
    .flatMap(([name, field], index) => {
      const value = layer[name];
      const title = inSentence(titleOf(field, name, language));
      if (isListOfThings(value)) return value.length === 0 ? [] : [`${title} ${value.length}`];
      if (value === undefined || (index > 1 && JSON.stringify(value) === JSON.stringify(field.default))) return [];
      if (typeof value === "boolean") return [value ? title : inLanguage({ en: `no ${title}`, ko: `${title} 없음` }, language)];
      // How parameters begin, each by its name.
      if (isRecord(value) && !Array.isArray(value))
        return Object.entries(value).map(([part, chosen]) => {
          const of = field.properties?.[part] ?? {};
          return `${title} ${inSentence(titleOf(of, part, language))} ${inSentence(choiceTitle(of, typeOf(chosen), language))}`;
        });
      return [`${title} ${typeof value === "string" ? inSentence(choiceTitle(field, value, language)) : showMixed(value)}`];
    })
    .join(", ");
}

/** Layers or branches inside a container, of which a line says only how many there are. */
function isListOfThings(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isRecord);
}
