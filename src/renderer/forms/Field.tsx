/** One field of a form and everything below it, chosen by its schema. A new field of the recipe needs no code here. */
import { Text } from "@mantine/core";
import { memo, useContext } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../shared/kit/record.ts";
import { chosenAlternative, formatPath, typesOf } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { Choice, Reading } from "./Choice.tsx";
import { Control } from "./Control.tsx";
import { differs } from "./changed.ts";
import { type ListProps, ProblemsContext, useForm } from "./context.ts";
import { withType } from "./defaults.ts";
import { FieldRow } from "./FieldRow.tsx";
import { Folded } from "./Folded.tsx";
import type { Leaf } from "./fieldList.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import { More } from "./More.tsx";
import { ObjectList } from "./ObjectList.tsx";
import { useOffered } from "./offered.ts";
import { ProblemText } from "./ProblemText.tsx";
import type { Path } from "./path.ts";
import { problemsOfGroup } from "./problems.ts";

interface FieldProps extends ListProps {
  /** Whether the recipe must set this field. If so, a field without a default is never marked as changed. */
  readonly required?: boolean;
}

export const Field = memo(FieldOf, (before, after) => before.value === after.value && before.schema === after.schema && samePath(before.path, after.path));

function FieldOf({ path, schema, value, required = true }: FieldProps) {
  const form = useForm();
  const words = useWords();
  if (schema.const !== undefined) return null;
  if (typesOf(schema).length > 0) return <UnionField path={path} schema={schema} value={value} required={required} />;
  if (schema.properties !== undefined) return <GroupField path={path} schema={schema} value={value} />;
  if (schema.items !== undefined && typesOf(schema.items).length > 0) return <TypedListField path={path} schema={schema} value={value} />;
  if (schema.items?.properties !== undefined) return <ObjectList path={path} schema={schema} value={value} fields={Fields} />;
  return (
    <FieldRow path={path} title={words.title(schema, path.at(-1) ?? "")} schema={schema} changed={differs(schema, value, required)}>
      {(ties) => <Control ties={ties} form={form} path={path} schema={schema} value={value} />}
    </FieldRow>
  );
}

/** A list of items chosen by type, under its title. */
function TypedListField({ path, schema, value }: ListProps) {
  const { TypedList } = useForm();
  const title = useWords().title(schema, path.at(-1) ?? "");
  return (
    <fieldset aria-label={title} className={classes.list}>
      <div className={classes.label}>
        <span>{title}</span>
        <Help title={title} schema={schema} />
      </div>
      <TypedList path={path} schema={schema} value={value} />
    </fieldset>
  );
}

/** An object: its fields, and the problems of the object as a whole. */
function GroupField({ path, schema, value }: ListProps) {
  const problems = problemsOfGroup(useContext(ProblemsContext), path, Object.keys(schema.properties ?? {}));
  const group = (
    <div data-place={formatPath(path)}>
      <Fields path={path} schema={schema} value={value} />
      <ProblemText problems={problems} />
    </div>
  );
  return schema.folded === true ? (
    <Folded path={path} schema={schema} value={value}>
      {group}
    </Folded>
  ) : (
    group
  );
}

/** The fields of an object in order; rarely used ones are behind a "more" line. */
export function Fields({ path, schema, value, skip = [] }: ListProps & { readonly skip?: readonly string[] }) {
  const { hidden } = useForm();
  const record = isRecord(value) ? value : {};
  const all: readonly Leaf[] = Object.entries(schema.properties ?? {})
    .filter(([name]) => !skip.includes(name) && !hidden([...path, name]))
    .map(([name, field]) => ({
      path: [...path, name],
      schema: field,
      value: record[name],
      required: schema.required?.includes(name) === true,
      rare: field.rare === true,
    }));
  const rare = all.filter((leaf) => leaf.rare);
  return (
    <>
      <LeafList leaves={all.filter((leaf) => !leaf.rare)} />
      {rare.length > 0 && (
        <More leaves={rare}>
          <LeafList leaves={rare} />
        </More>
      )}
    </>
  );
}

export function LeafList({ leaves }: { readonly leaves: readonly Leaf[] }) {
  return leaves.map(({ path, schema, value, required }) => <Field key={formatPath(path)} path={path} schema={schema} value={value} required={required} />);
}

/** A choice of types, and under it the fields of the chosen one. */
function UnionField({ path, schema, value: given, required = true }: FieldProps) {
  const { t } = useTranslation();
  const words = useWords();
  const form = useForm();
  const value = given ?? schema.default;
  const type = isRecord(value) ? value.type : undefined;
  const chosen = chosenAlternative(schema, value);
  const fields = Object.keys(chosen?.properties ?? {}).filter((name) => name !== "type");
  const problems = problemsOfGroup(useContext(ProblemsContext), path, [...fields, "type"]);
  const title = words.title(schema, path.at(-1) ?? "");
  const summary = typeof type === "string" ? words.choiceHelp(schema, type) : undefined;
  // The usual choice is left out of the recipe.
  const usual = schema.usual === undefined ? [] : [{ value: "", label: t("recipe.usual", { value: words.usual(schema) }) }];
  const types = useOffered(path, schema, typesOf(schema), typeof type === "string" ? [type] : []);
  return (
    <div data-place={formatPath(path)}>
      <FieldRow path={[...path, "type"]} owner={path} title={title} schema={schema} changed={differs(schema, given, required)}>
        {(ties) => (
          <>
            {form.readOnly ? (
              <Reading ties={ties} text={usual.find(() => type === undefined)?.label ?? words.choice(schema, type)} />
            ) : (
              <Choice
                ties={ties}
                value={type}
                options={[...usual, ...types]}
                onChange={(next) => form.set(path, next === "" ? undefined : withType(schema, value, next))}
              />
            )}
            {summary !== undefined && (
              <Text size="xs" c="dimmed" mt={3} lh={1.35}>
                {summary}
              </Text>
            )}
          </>
        )}
      </FieldRow>
      {chosen !== undefined && fields.length > 0 && (
        <fieldset className={classes.group} aria-label={`${title}: ${words.choice(schema, type)}`}>
          <Fields path={path} schema={chosen} value={value} skip={["type"]} />
        </fieldset>
      )}
      <ProblemText problems={problems} />
    </div>
  );
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
