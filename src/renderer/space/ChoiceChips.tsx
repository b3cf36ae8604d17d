/** The choices of a ticked field as chips, pressed or not; at least one stays. */
import { UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Value } from "../../shared/catalog/samplers/space.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";
import { useValueText } from "../forms/valueText.ts";
import chip from "../ui/chip.module.css";
import classes from "./space.module.css";

interface ChoiceChipsProps {
  readonly parameter: Extract<Parameter, { readonly type: "choice" }>;
  readonly schema: FieldSchema;
  readonly title: string;
  readonly choices: readonly Value[];
  readonly present: unknown;
  readonly onChange: (parameter: Parameter) => void;
}

/** Beyond this number the others are shown on request. */
const SHOWN = 8;

export function ChoiceChips({ parameter, schema, title, choices, present, onChange }: ChoiceChipsProps) {
  const { t } = useTranslation();
  const text = useValueText();
  const [all, setAll] = useState(false);
  const chosen = new Set(parameter.values);
  const listed = [...new Set([...parameter.values, ...choices])];
  const shown = all || listed.length <= SHOWN ? listed : listed.filter((value) => chosen.has(value) || value === present);
  const toggle = (value: Value) => {
    const values = chosen.has(value) ? parameter.values.filter((each) => each !== value) : listed.filter((each) => chosen.has(each) || each === value);
    if (values.length > 0) onChange({ ...parameter, values });
  };
  return (
    <fieldset className={classes.chips} aria-label={t("space.choicesOf", { title })}>
      {shown.map((value) => (
        <UnstyledButton key={String(value)} className={chip.chip} aria-pressed={chosen.has(value)} onClick={() => toggle(value)}>
          {chosen.has(value) && <IconCheck size={11} aria-hidden />}
          {text(schema, value)}
          {value === present && <span className={classes.now}>{t("space.now")}</span>}
        </UnstyledButton>
      ))}
      {shown.length < listed.length && (
        <UnstyledButton className={chip.chip} onClick={() => setAll(true)}>
          {t("space.moreChoices", { count: listed.length - shown.length })}
        </UnstyledButton>
      )}
    </fieldset>
  );
}
