/** What was recognised in a file or folder, to be corrected before it is kept: the fields at the left, how it then reads at the right. */
import { Button, Group, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../../shared/contract/faults.ts";
import type { DetectedSource } from "../../../shared/contract/inspection.ts";
import type { Problem } from "../../../shared/kit/fault.ts";
import { type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { addDataset, useFacts } from "../../api/datasets.ts";
import { isWithin } from "../../forms/problems.ts";
import { FaultText, ProblemCards } from "../../source/FaultText.tsx";
import { formatLabel } from "../../source/formatWords.ts";
import { PreviewSamples } from "../../source/PreviewSamples.tsx";
import { SourceForm } from "../../source/SourceForm.tsx";
import { sourceFields } from "../../source/sourceFields.ts";
import { countText, shapeText } from "../../ui/format.ts";
import classes from "./data.module.css";
import styles from "./import.module.css";

interface ConfirmPanelProps {
  readonly detected: DetectedSource;
  readonly onAdded: (id: string) => void;
  readonly onCancel: () => void;
}

const TYPING_MS = 300;
const NONE: readonly Problem[] = [];
const FIELD_NAMES = 12;

export function ConfirmPanel({ detected, onAdded, onCancel }: ConfirmPanelProps) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState(detected.name);
  const [source, setSource] = useState<unknown>(detected.source);
  const [asked] = useDebouncedValue(source, TYPING_MS);
  const [adding, setAdding] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const untouched = asked === detected.source;
  const described = useFacts(untouched ? null : asked);
  const error: unknown = refusal ?? (untouched ? null : described.error);
  const facts = untouched ? detected.facts : (described.data ?? null);
  const problems = error === null ? NONE : (faultOf(error)?.problems ?? NONE);
  const shown = fieldPlaces(source);
  const elsewhere = problems.filter(({ place }) => !shown.some((field) => isWithin(place, field)));
  const checking = asked !== source || (!untouched && described.isFetching);
  const keep = async () => {
    setAdding(true);
    try {
      const added = await addDataset(name.trim(), source);
      onAdded(added.id);
    } catch (refused) {
      setRefusal(refused);
      setAdding(false);
    }
  };
  return (
    <div className={styles.panel}>
      <h2>
        {t("data.import.recognised")}: {formatLabel(detected.source.type, i18n.language)}
      </h2>
      <p className={classes.summary}>{t("data.import.recognisedText")}</p>
      <div className={styles.columns}>
        <form
          className={styles.card}
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <TextInput
            size="xs"
            label={t("data.import.name")}
            maxLength={200}
            value={name}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
            mb="sm"
          />
          <h3>{t("data.import.fields")}</h3>
          <SourceForm
            source={source}
            problems={problems}
            recognised={detected.facts}
            onChange={(next) => {
              setRefusal(null);
              setSource(next);
            }}
          />
          <Group justify="flex-end" gap="xs" mt="md">
            <Button size="xs" variant="default" onClick={onCancel}>
              {t("data.import.cancel")}
            </Button>
            <Button size="xs" type="submit" loading={adding} disabled={name.trim() === "" || checking || error !== null || facts === null}>
              {t("data.import.keep")}
            </Button>
          </Group>
        </form>
        <div className={styles.card}>
          <Verdict checking={checking} bad={error !== null} />
          {error !== null && problems.length === 0 && <FaultText error={error} />}
          <ProblemCards problems={elsewhere} />
          {facts !== null && error === null && <Recognised facts={facts} source={asked as SourceConfig} />}
        </div>
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

function Verdict({ checking, bad }: { readonly checking: boolean; readonly bad: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.verdict} role="status" style={{ color: checking ? undefined : bad ? "var(--descent-bad)" : "var(--descent-ok)" }}>
      {checking ? <Loader size={14} aria-hidden /> : bad ? <IconAlertTriangle size={15} aria-hidden /> : <IconCircleCheck size={15} aria-hidden />}
      {t(checking ? "data.import.checking" : bad ? "data.import.misfits" : "data.import.fits")}
    </div>
  );
}

function Recognised({ facts, source }: { readonly facts: DatasetFacts; readonly source: SourceConfig }) {
  const { t, i18n } = useTranslation();
  const names = facts.target.kind === "classification" ? facts.target.classes : facts.target.names;
  const count = facts.target.kind === "classification" ? t("data.facts.classes", { count: names.length }) : t("data.facts.values", { count: names.length });
  return (
    <>
      <dl className={classes.pair}>
        <dt>{t("data.facts.kind")}</dt>
        <dd>{t(`data.kind.${sampleKind(facts.sampleShape)}`)}</dd>
        <dt>{t("data.facts.samples")}</dt>
        <dd>{countText(facts.length, i18n.language)}</dd>
        <dt>{t("data.facts.shape")}</dt>
        <dd>{shapeText(facts.sampleShape)}</dd>
        {facts.givenValidation !== undefined && (
          <>
            <dt>{t("data.facts.givenValidation")}</dt>
            <dd>{countText(facts.givenValidation, i18n.language)}</dd>
          </>
        )}
        {facts.givenTest > 0 && (
          <>
            <dt>{t("data.facts.givenTest")}</dt>
            <dd>{countText(facts.givenTest, i18n.language)}</dd>
          </>
        )}
        <dt>{t("data.facts.target")}</dt>
        <dd>
          {count}:{" "}
          {names.slice(0, FIELD_NAMES).map((name, i) => (
            <Fragment key={name}>
              {i > 0 && ", "}
              <bdi>{name}</bdi>
            </Fragment>
          ))}
          {names.length > FIELD_NAMES && ` ${t("data.more", { count: names.length - FIELD_NAMES })}`}
        </dd>
      </dl>
      <h3 style={{ marginTop: 12 }}>{t("data.import.some")}</h3>
      <PreviewSamples source={source} facts={facts} count={12} />
    </>
  );
}
