/** Creates a synthetic data set: generator and noise at the left, a preview at the right that follows the slider. */
import { Button, Group, Loader, Slider, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { generators } from "../../../shared/catalog/generators/index.ts";
import { faultOf } from "../../../shared/contract/faults.ts";
import { isRecord } from "../../../shared/kit/record.ts";
import { type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import { type FieldSchema, fieldAt, typesOf } from "../../../shared/recipe/fields.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { addDataset, useFacts } from "../../api/datasets.ts";
import { withType } from "../../forms/defaults.ts";
import { getAt, setAt } from "../../forms/path.ts";
import { FaultText } from "../../source/FaultText.tsx";
import { PreviewSamples } from "../../source/PreviewSamples.tsx";
import { SourceForm } from "../../source/SourceForm.tsx";
import sources from "../../source/source.module.css";
import classes from "./data.module.css";
import styles from "./import.module.css";

interface SyntheticPanelProps {
  readonly onAdded: (id: string) => void;
  readonly onCancel: () => void;
}

const REDRAW_MS = 120;
const POINTS = 500;
const PICTURES = 24;
const GENERATOR = ["generator"];
const NOISE = ["generator", "noise"];

export function SyntheticPanel({ onAdded, onCancel }: SyntheticPanelProps) {
  const { t } = useTranslation();
  const id = useId();
  const [source, setSource] = useState<unknown>(firstSource);
  const [name, setName] = useState<string | null>(null);
  const [asked] = useDebouncedValue(source, REDRAW_MS);
  const [adding, setAdding] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const described = useFacts(asked);
  const [last, setLast] = useState<{ readonly source: unknown; readonly facts: DatasetFacts } | null>(null);
  if (described.data !== undefined && last?.source !== asked) setLast({ source: asked, facts: described.data });
  const type = String(getAt(source, [...GENERATOR, "type"]));
  const noise = fieldAt(["data", "source", ...NOISE], { data: { source } });
  const error: unknown = refusal ?? described.error;
  const problems = error === null ? [] : (faultOf(error)?.problems ?? []);
  const change = (next: unknown) => {
    setRefusal(null);
    setSource(next);
  };
  const keep = async () => {
    setAdding(true);
    try {
      const added = await addDataset(name?.trim() || type, source);
      onAdded(added.id);
    } catch (refused) {
      setRefusal(refused);
      setAdding(false);
    }
  };
  return (
    <div className={styles.panel}>
      <h2>{t("data.synthetic.title")}</h2>
      <p className={classes.summary}>{t("data.synthetic.text")}</p>
      <div className={sources.columns}>
        <form
          className={sources.card}
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <TextInput
            size="xs"
            label={t("data.import.name")}
            maxLength={200}
            placeholder={type}
            value={name ?? ""}
            onChange={(event) => setName(event.currentTarget.value)}
            mb="sm"
          />
          <SourceForm source={source} problems={problems} elsewhere="noise" onChange={change} />
          {noise !== undefined && (
            <NoiseSlider id={`${id}-noise`} schema={noise} value={getAt(source, NOISE)} onChange={(value) => change(setAt(source, NOISE, value))} />
          )}
          <Group justify="flex-end" gap="xs" mt="md">
            <Button size="xs" variant="default" onClick={onCancel}>
              {t("data.import.cancel")}
            </Button>
            <Button size="xs" type="submit" loading={adding} disabled={error !== null || described.data === undefined}>
              {t("data.import.keep")}
            </Button>
          </Group>
        </form>
        <div className={sources.card}>
          <h3>{t("data.synthetic.picture")}</h3>
          {error !== null && problems.length === 0 && <FaultText error={error} />}
          {last === null ? (
            error === null && <Loader size="sm" aria-label={t("data.synthetic.redrawing")} />
          ) : (
            <Picture source={last.source as SourceConfig} facts={last.facts} />
          )}
        </div>
      </div>
    </div>
  );
}

function Picture({ source, facts }: { readonly source: SourceConfig; readonly facts: DatasetFacts }) {
  const { t } = useTranslation();
  const count = sampleKind(facts.sampleShape) === "tabular" ? POINTS : PICTURES;
  return (
    <>
      <PreviewSamples source={source} facts={facts} count={count} plotted />
      <p className={classes.note}>{t("data.synthetic.first", { count: Math.min(count, facts.length), total: facts.length })}</p>
    </>
  );
}

interface NoiseSliderProps {
  readonly id: string;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly onChange: (value: number) => void;
}

function NoiseSlider({ id, schema, value, onChange }: NoiseSliderProps) {
  const { t } = useTranslation();
  const [low, high, step] = [schema.minimum ?? 0, schema.maximum ?? 1, schema.step ?? 0.01];
  const shown = typeof value === "number" ? value : Number(schema.default ?? low);
  return (
    <div className={styles.slider}>
      <span id={id} title={schema.description}>
        {t("data.synthetic.noise")}
      </span>
      <Slider
        size="sm"
        min={low}
        max={high}
        step={step}
        label={null}
        value={shown}
        thumbProps={{ "aria-labelledby": id }}
        onChange={(next) => onChange(Number(next.toFixed(6)))}
      />
      <span className="tabular">{shown}</span>
    </div>
  );
}

/** The first generator with its default settings. */
function firstSource(): unknown {
  const schema = fieldAt(["data", "source", "generator"], { data: { source: { type: "synthetic" } } });
  const [first] = schema === undefined ? [] : typesOf(schema);
  const generator = schema === undefined || first === undefined ? undefined : withType(schema, undefined, first);
  return { type: "synthetic", generator: isRecord(generator) ? generator : { type: Object.keys(generators)[0] } };
}
