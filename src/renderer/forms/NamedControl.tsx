/** A field that takes a name or a number: a choice of the names and "a number", with a number input ("full" or 64, "same" or 2 or 1, 2). */
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "../catalog/useWords.ts";
import { Choice } from "./Choice.tsx";
import type { ListProps } from "./context.ts";
import type { ControlTies } from "./FieldRow.tsx";
import classes from "./form.module.css";
import { NumberControl } from "./NumberControl.tsx";
import { firstNumber, namesOf, numberOf, readMixed } from "./numbers.ts";
import { TextControl } from "./TextControl.tsx";

interface NamedProps extends ListProps {
  readonly ties: ControlTies;
  readonly onChange: (value: unknown) => void;
}

/** The option for a number. No field has a name like this. */
const NUMBER = "#";

export function NamedControl({ ties, path, schema, value, onChange }: NamedProps) {
  const { t } = useTranslation();
  const words = useWords();
  const names = namesOf(schema);
  const shown = value ?? schema.default;
  const options = [...names.map((name) => ({ value: name, label: words.choice(schema, name) })), { value: NUMBER, label: t("form.aNumber") }];
  const choose = (next: string) => onChange(next === NUMBER ? firstNumber(schema) : next);
  if (typeof shown === "string" && names.includes(shown)) return <Choice ties={ties} value={shown} options={options} onChange={choose} />;
  const number = numberOf(schema);
  return (
    <div className={classes.named}>
      {number !== null ? (
        <NumberControl ties={ties} schema={number} value={value} onChange={onChange} />
      ) : (
        <TextControl ties={ties} value={value} placeholder="" read={(text) => readMixed(text, schema)} onChange={onChange} />
      )}
      <NativeSelect
        size="xs"
        aria-label={t("form.kindOf", { field: words.title(schema, path.at(-1) ?? "") })}
        value={NUMBER}
        data={options}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </div>
  );
}
