/** Chooses the control for a field by its schema. */
import { Group, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { Choice, Reading, Several } from "./Choice.tsx";
import type { FormSettings } from "./context.ts";
import type { ControlTies } from "./FieldRow.tsx";
import { NamedControl } from "./NamedControl.tsx";
import { NumberControl } from "./NumberControl.tsx";
import { namesOf, numberOf, readList, readMixed, showMixed } from "./numbers.ts";
import type { Path } from "./path.ts";
import { TextControl } from "./TextControl.tsx";
import { useValueText } from "./valueText.ts";

interface ControlProps {
  readonly ties: ControlTies;
  readonly form: FormSettings;
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
}

export function Control({ ties, form, path, schema, value }: ControlProps) {
  const { t } = useTranslation();
  const words = useWords();
  const text = useValueText();
  const { readOnly } = form;
  const onChange = (next: unknown) => form.set(path, next);
  // Null is a value that is determined otherwise: as many trials at once as cores.
  const standard =
    schema.default === undefined || schema.default === ""
      ? ""
      : schema.default === null
        ? (words.usual(schema) ?? t("recipe.automatic"))
        : showMixed(schema.default);
  // A field that may be left out and has no default is determined automatically.
  const automatic = schema.default === undefined ? [{ value: "", label: t("recipe.automatic") }] : [];
  if (readOnly) {
    const shown = value ?? schema.default;
    return <Reading ties={ties} text={shown === "" ? "" : text(schema, shown)} unit={words.unit(schema)} />;
  }

  if (schema.type === "array" && schema.items?.enum !== undefined)
    return <Several ties={ties} title={words.title(schema, path.at(-1) ?? "")} path={path} schema={schema} value={value} onChange={onChange} />;
  if (schema.type === "array")
    return <TextControl ties={ties} value={value} placeholder={t("recipe.automatic")} read={(typed) => readList(typed, schema)} onChange={onChange} />;
  if (schema.enum !== undefined) {
    const names = schema.enum.map((name) => ({ value: String(name), label: words.choice(schema, name) }));
    return (
      <Choice
        ties={ties}
        value={value ?? schema.default ?? ""}
        options={[...automatic, ...names]}
        onChange={(next) => onChange(next === "" ? undefined : next)}
      />
    );
  }
  if (schema.type === "boolean" && schema.default === undefined)
    return (
      <Choice
        ties={ties}
        value={value === undefined ? "" : String(value)}
        options={[...automatic, { value: "true", label: t("recipe.yes") }, { value: "false", label: t("recipe.no") }]}
        onChange={(next) => onChange(next === "" ? undefined : next === "true")}
      />
    );
  if (schema.type === "boolean")
    return (
      <Group mih={28}>
        <Switch {...ties} size="xs" checked={(value ?? schema.default) === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      </Group>
    );
  if (namesOf(schema).length > 0) return <NamedControl ties={ties} path={path} schema={schema} value={value} onChange={onChange} />;
  const number = numberOf(schema);
  if (number !== null) return <NumberControl ties={ties} schema={number} value={value} onChange={onChange} />;
  if (schema.anyOf !== undefined || schema.oneOf !== undefined)
    return <TextControl ties={ties} value={value} placeholder={standard} read={(typed) => readMixed(typed, schema)} onChange={onChange} />;
  const options = form.options(path);
  if (options !== null) return <Choice ties={ties} value={value} options={options} onChange={onChange} />;
  const required = schema.default === undefined && !formatPath(path).endsWith(".name");
  return (
    <TextControl
      ties={ties}
      value={value}
      long={schema.default === ""}
      placeholder={schema.default === undefined && !required ? t("recipe.automatic") : standard}
      names={form.suggestions(path)}
      read={(typed) => (typed === "" && !required ? undefined : typed)}
      onChange={onChange}
    />
  );
}
