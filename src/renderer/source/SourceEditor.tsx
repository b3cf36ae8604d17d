/** Edits how a source is read: its fields at the left, the guesses and a preview at the right. */
import { Button, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../shared/contract/faults.ts";
import type { Problem } from "../../shared/kit/fault.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { isWithin } from "../forms/problems.ts";
import { bareSource, mainPath } from "./bare.ts";
import { FaultText, ProblemCards } from "./FaultText.tsx";
import { FormatField } from "./FormatField.tsx";
import { GuessList } from "./GuessList.tsx";
import { SourceFacts } from "./SourceFacts.tsx";
import { SourceForm } from "./SourceForm.tsx";
import classes from "./source.module.css";
import { sourceFields } from "./sourceFields.ts";
import { type SourceStart, useSourceDraft } from "./useSourceDraft.ts";
import { Verdict } from "./Verdict.tsx";

interface SourceEditorProps {
  readonly start: SourceStart;
  /** Shown above the fields. */
  readonly children?: ReactNode;
  /** Label of the submit button. */
  readonly submit: string;
  readonly complete?: boolean;
  /** @throws whatever the studio refuses the source with; shown in place */
  readonly onSubmit: (source: SourceConfig) => void | Promise<void>;
  readonly onCancel: () => void;
}

const NONE: readonly Problem[] = [];

export function SourceEditor({ start, children, submit, complete = true, onSubmit, onCancel }: SourceEditorProps) {
  const { t } = useTranslation();
  const draft = useSourceDraft(start);
  const { source, read, checking } = draft;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const error: unknown = refusal ?? draft.error;
  const problems = refusal === null ? draft.problems : (faultOf(refusal)?.problems ?? NONE);
  const shown = fieldPlaces(source);
  const elsewhere = problems.filter(({ place }) => !shown.some((field) => isWithin(place, field)));
  const change = (next: unknown) => {
    setRefusal(null);
    draft.set(next);
  };
  const end = async () => {
    if (read === null) return;
    setBusy(true);
    try {
      await onSubmit(read.source);
    } catch (refused) {
      setRefusal(refused);
    }
    setBusy(false);
  };
  return (
    <div className={classes.columns}>
      <form
        className={classes.card}
        onSubmit={(event) => {
          event.preventDefault();
          void end();
        }}
      >
        {children}
        <h3>{t("data.import.fields")}</h3>
        <FormatField
          source={source}
          onChange={(type) => {
            setRefusal(null);
            draft.begin(bareSource(type, mainPath(source)));
          }}
        />
        <SourceForm source={source} problems={problems} facts={read?.facts ?? null} columns={draft.columns} onChange={change} />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button size="xs" variant="default" onClick={onCancel}>
            {t("data.import.cancel")}
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={!complete || checking || error !== null || read === null}>
            {submit}
          </Button>
        </Group>
      </form>
      <div className={classes.card}>
        <Verdict checking={checking} bad={error !== null} />
        {!checking && error !== null && problems.length === 0 && <FaultText error={error} />}
        {!checking && <ProblemCards problems={elsewhere} />}
        {read !== null && <GuessList guesses={read.facts.guesses ?? []} source={source} settled={!checking && error === null} onChange={change} />}
        {read !== null && (checking || error === null) && <SourceFacts facts={read.facts} source={read.source} waiting={checking} />}
      </div>
    </div>
  );
}

/** Places whose problems the form itself shows. */
function fieldPlaces(source: unknown): readonly string[] {
  const fields = sourceFields(source);
  if (fields === null) return [];
  return [...Object.keys(fields.schema.properties ?? {}), ...fields.records].map((field) => `data.source.${field}`);
}
