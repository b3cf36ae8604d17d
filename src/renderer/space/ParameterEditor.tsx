/** A ticked field with its range, its condition in words, and what its choices bring along: the own fields of each type. */
import { UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Value } from "../../shared/catalog/samplers/space.ts";
import { type FieldSchema, fieldAt, typesOf } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";
import { useWords } from "../catalog/useWords.ts";
import { useDraft } from "../draft/draft.ts";
import { getAt } from "../forms/path.ts";
import { useValueText } from "../forms/valueText.ts";
import chip from "../ui/chip.module.css";
import { RangeEditor } from "./RangeEditor.tsx";
import classes from "./space.module.css";
import { offersOf, pathOf, withOffer } from "./space.ts";
import { changeParameter, changeSpace, useStudyDraft } from "./store.ts";

/** The schema of a parameter's field; that of the union for a `type`. */
export function schemaOf(parameter: Parameter, recipe: unknown): FieldSchema {
  const path = pathOf(parameter.paths[0] ?? "");
  return fieldAt(path.at(-1) === "type" ? path.slice(0, -1) : path, recipe) ?? {};
}

function choicesOf(schema: FieldSchema, parameter: Parameter): readonly Value[] {
  if (parameter.type !== "choice") return [];
  if (parameter.sets === "presence" || schema.type === "boolean") return [true, false];
  const types = typesOf(schema);
  return types.length > 0 ? types : (schema.enum ?? []);
}

export function ParameterEditor({ parameter, title }: { readonly parameter: Parameter; readonly title: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const text = useValueText();
  const recipe = useDraft((draft) => draft.recipe);
  const space = useStudyDraft((draft) => draft.space);
  const schema = schemaOf(parameter, recipe);
  const path = pathOf(parameter.paths[0] ?? "");
  const isValue = parameter.type === "float" || parameter.sets === "value";
  const present = isValue ? (getAt(recipe, path) ?? schema.default) : parameter.type === "choice" ? true : 1;
  const parent = space.find(({ name }) => name === parameter.when?.name);
  const offers = offersOf(space, recipe, parameter);
  return (
    <div className={classes.editor}>
      <RangeEditor parameter={parameter} schema={schema} present={present} title={title} choices={choicesOf(schema, parameter)} onChange={changeParameter} />
      {parameter.when !== undefined && parent !== undefined && (
        <p className={classes.note}>
          {t("space.onlyWhen", { name: parent.name, values: parameter.when.values.map((value) => text(schemaOf(parent, recipe), value)).join(", ") })}
        </p>
      )}
      {offers.length > 0 && (
        <div className={classes.chips}>
          <span className={classes.note}>{t("space.ownFields")}</span>
          {offers.map((offer) => {
            const named = words.title(offer.schema, offer.path.at(-1) ?? "");
            return (
              <UnstyledButton
                key={String(offer.path.at(-1))}
                className={chip.chip}
                title={offer.types.map((type) => text(schema, type)).join(", ")}
                onClick={() => changeSpace((now) => withOffer(now, recipe, parameter, offer))}
              >
                <IconPlus size={11} aria-hidden />
                {named}
              </UnstyledButton>
            );
          })}
        </div>
      )}
    </div>
  );
}
