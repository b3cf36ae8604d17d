/** Operations on a list of layers, and a one-line summary of each layer. */
import { isRecord } from "../../shared/kit/record.ts";
import { inLanguage } from "../../shared/kit/words.ts";
import { chosenAlternative, type FieldSchema } from "../../shared/recipe/fields.ts";
import { choiceTitle, inSentence, titleOf } from "../catalog/words.ts";
import { showMixed } from "../forms/numbers.ts";

export type Layers = readonly unknown[];

export function moveLayer(layers: Layers, from: number, to: number): Layers {
  if (to < 0 || to >= layers.length) return layers;
  const moved = layers.toSpliced(from, 1);
  return moved.toSpliced(to, 0, layers[from]);
}

/** The copy is inserted after the original. It has no name, because names are unique. */
export function duplicateLayer(layers: Layers, index: number): Layers {
  const original = layers[index];
  const copy = isRecord(original) ? Object.fromEntries(Object.entries(original).filter(([key]) => key !== "name")) : original;
  return layers.toSpliced(index + 1, 0, copy);
}

export function typeOf(layer: unknown): string {
  return isRecord(layer) && typeof layer.type === "string" ? layer.type : "?";
}

/** The name given by the user, or the type and its count, as in the plan. */
export function nameOf(layers: Layers, index: number): string {
  const layer = layers[index];
  if (isRecord(layer) && typeof layer.name === "string" && layer.name !== "") return layer.name;
  const type = typeOf(layer);
  return `${type}${layers.slice(0, index + 1).filter((other) => typeOf(other) === type).length}`;
}

/**
 * A layer's summary: always its first field, others if they differ from the default. `filters 32, kernel 5, padding half a window`
 * @param language the language of the window
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
      // How parameters are initialized, each by its name.
      if (isRecord(value) && !Array.isArray(value))
        return Object.entries(value).map(([part, chosen]) => {
          const of = field.properties?.[part] ?? {};
          return `${title} ${inSentence(titleOf(of, part, language))} ${inSentence(choiceTitle(of, typeOf(chosen), language))}`;
        });
      return [`${title} ${typeof value === "string" ? inSentence(choiceTitle(field, value, language)) : showMixed(value)}`];
    })
    .join(", ");
}

/** Whether a value is the layers or branches of a container. The summary only shows how many there are. */
function isListOfThings(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isRecord);
}
