/** The control that a field's schema asks for. */
import { Checkbox, Group, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import type { FormSettings } from "./context.ts";
import type { ControlTies } from "./FieldRow.tsx";
import { NumberControl } from "./NumberControl.tsx";
import { namesOf, numberOf, readList, readMixed, showMixed } from "./numbers.ts";
import type { Path } from "./path.ts";
import { TextControl } from "./TextControl.tsx";

/** Longer texts are shown over several lines. */
const ONE_LINE = 28;

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
  const { readOnly } = form;
  const onChange = (next: unknown) => form.set(path, next);
  const standard = schema.default === undefined || schema.default === "" ? "" : showMixed(schema.default);
  // What may be left out and has no default is found out then.
  const automatic = schema.default === undefined ? [{ value: "", label: t("recipe.automatic") }] : [];
  if (readOnly) {
    const shown = value ?? schema.default;
    const text = shown === true ? t("recipe.on") : shown === false ? t("recipe.off") : shownAs(shown, (name) => words.choice(schema, name));
    return <Reading ties={ties} text={text} unit={words.unit(schema)} />;
  }

  if (schema.type === "array" && schema.items?.enum !== undefined) {
    const chosen = Array.isArray(value) ? value.map(String) : Array.isArray(schema.default) && value === undefined ? schema.default.map(String) : [];
    return (
      <Checkbox.Group {...ties} value={chosen} onChange={onChange} aria-label={words.title(schema, path.at(-1) ?? "")}>
        <Group gap="sm" mih={28}>
          {schema.items.enum.map((name) => (
            <Checkbox key={name} size="xs" value={String(name)} label={words.choice(schema.items ?? {}, name)} />
          ))}
        </Group>
      </Checkbox.Group>
    );
  }
  if (schema.type === "array")
    return <TextControl ties={ties} value={value} placeholder={t("recipe.automatic")} read={(text) => readList(text, schema)} onChange={onChange} />;
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
  const number = numberOf(schema);
  if (number !== null) return <NumberControl ties={ties} schema={number} value={value} onChange={onChange} />;
  if (schema.anyOf !== undefined || schema.oneOf !== undefined)
    return (
      <TextControl ties={ties} value={value} placeholder={standard} names={namesOf(schema)} read={(text) => readMixed(text, schema)} onChange={onChange} />
    );
  const options = form.options(path);
  if (options !== null) return <Choice ties={ties} value={value} options={options} onChange={onChange} />;
  const required = schema.default === undefined && !formatPath(path).endsWith(".name");
  return (
    <TextControl
      ties={ties}
      value={value}
      long={schema.default === ""}
      placeholder={schema.default === undefined && !required ? t("recipe.automatic") : standard}
      read={(text) => (text === "" && !required ? undefined : text)}
      onChange={onChange}
    />
  );
}

/** A value as text: names by their titles, everything else as it is written. */
function shownAs(value: unknown, title: (name: string) => string): string {
  return typeof value === "string" ? title(value) : Array.isArray(value) ? value.map((each) => shownAs(each, title)).join(", ") : showMixed(value);
}

/** A value that cannot be changed, still found by its label and still selectable. */
export function Reading({ ties, text, unit }: { readonly ties: ControlTies; readonly text: string; readonly unit?: string | undefined }) {
  const shared = {
    ...ties,
    size: "xs",
    variant: "unstyled",
    readOnly: true,
    className: "tabular",
    value: unit === undefined || text === "" ? text : `${text} ${unit}`,
  } as const;
  return text.length > ONE_LINE ? <Textarea {...shared} autosize minRows={1} /> : <TextInput {...shared} />;
}

interface ChoiceProps {
  readonly ties: ControlTies;
  readonly value: unknown;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of a few. A value that is none of them stays visible, so that the check's words have something to speak of. */
export function Choice({ ties, value, options, onChange }: ChoiceProps) {
  const current = showMixed(value);
  const known = options.some((option) => option.value === current);
  return (
    <NativeSelect
      {...ties}
      size="xs"
      error={ties["aria-invalid"]}
      value={current}
      data={known ? [...options] : [{ value: current, label: current }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
