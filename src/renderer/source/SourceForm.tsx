/** The fields of a data source as a form, with problems beside each field. */
import { Textarea } from "@mantine/core";
import { useContext, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { FormContext, type FormSettings, ProblemsContext, useForm } from "../forms/context.ts";
import { Fields } from "../forms/Field.tsx";
import { ProblemText } from "../forms/ProblemText.tsx";
import { getAt, setAt } from "../forms/path.ts";
import { problemsWithin } from "../forms/problems.ts";
import { ColumnRoles } from "./ColumnRoles.tsx";
import { hasRoles, type SeenColumn } from "./columnRoles.ts";
import { MoreFields } from "./MoreFields.tsx";
import { exampleOf, readRecord, SOURCE_PATH, showRecord, sourceFields } from "./sourceFields.ts";

interface SourceFormProps {
  readonly source: unknown;
  readonly problems: readonly Problem[];
  /** Facts of the source as last read; null until known. */
  readonly facts?: DatasetFacts | null;
  /** The columns of a table, with their guessed kinds. */
  readonly columns?: readonly SeenColumn[];
  /** A field of a generator whose control is elsewhere. */
  readonly elsewhere?: string;
  readonly onChange: (source: unknown) => void;
}

const COLUMN_FIELDS = ["data.source.target", "data.source.file"];
const NONE: readonly SeenColumn[] = [];

export function SourceForm({ source, problems, facts = null, columns = NONE, elsewhere = "", onChange }: SourceFormProps) {
  const settings = useMemo<FormSettings>(
    () => ({
      readOnly: false,
      options: (path) => (columns.length > 0 && COLUMN_FIELDS.includes(formatPath(path)) ? columns.map(({ name }) => ({ value: name, label: name })) : null),
      suggestions: () => [],
      unsuited: () => null,
      hidden: () => false,
      set: (path, value) => onChange(getAt(setAt({ data: { source } }, path, value), SOURCE_PATH)),
      TypedList: NoList,
    }),
    [source, columns, onChange],
  );
  const type = getAt(source, ["type"]);
  const listed = facts !== null && hasRoles(facts, source);
  const fields = useMemo(() => sourceFields({ type }, elsewhere, listed), [type, elsewhere, listed]);
  if (fields === null) return null;
  // Fields that are detected unless the source sets them: few users do.
  const names = Object.keys(fields.schema.properties ?? {});
  const judged = names.filter((name) => fields.all[name]?.default === undefined && fields.schema.required?.includes(name) !== true);
  const spoken = names.filter((name) => !judged.includes(name));
  return (
    <FormContext value={settings}>
      <ProblemsContext value={problems}>
        <Fields path={SOURCE_PATH} schema={fields.schema} value={source} skip={judged} />
        {listed && <ColumnRoles source={source} columns={columns} />}
        {(judged.length > 0 || fields.records.length > 0) && (
          <MoreFields names={[...judged, ...fields.records]} source={source}>
            <Fields path={SOURCE_PATH} schema={fields.schema} value={source} skip={spoken} />
            {fields.records.map((name) => (
              <RecordField key={name} name={name} schema={fields.all[name] ?? {}} value={getAt(source, [name])} />
            ))}
          </MoreFields>
        )}
      </ProblemsContext>
    </FormContext>
  );
}

/** No source has a list of typed objects. */
function NoList() {
  return null;
}

/** A record with one `name: value` per line. */
function RecordField({ name, schema, value }: { readonly name: string; readonly schema: FieldSchema; readonly value: unknown }) {
  const { t } = useTranslation();
  const words = useWords();
  const form = useForm();
  const path = [...SOURCE_PATH, name];
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div data-place={formatPath(path)}>
      <Textarea
        size="xs"
        mt={4}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        label={words.title(schema, name)}
        description={t("data.import.recordHint", { example: exampleOf(schema) })}
        value={typed ?? showRecord(value)}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          form.set(path, readRecord(event.currentTarget.value, schema));
        }}
      />
      <ProblemText problems={problems} />
    </div>
  );
}
