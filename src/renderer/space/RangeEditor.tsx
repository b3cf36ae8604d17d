/** The range of a ticked field: its ends as numbers beside a small scale, or its choices as chips. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Value } from "../../shared/catalog/samplers/space.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import type { Parameter } from "../../shared/tuning/space.ts";
import { readNumber } from "../forms/numbers.ts";
import { ChoiceChips } from "./ChoiceChips.tsx";
import { numberText } from "./numberText.ts";
import { RangeScale } from "./RangeScale.tsx";
import { type NumberParameter, withEnd } from "./scale.ts";
import classes from "./space.module.css";

interface RangeEditorProps {
  readonly parameter: Parameter;
  readonly schema: FieldSchema;
  /** The recipe's own value. */
  readonly present: unknown;
  readonly title: string;
  /** Choices that may be added. */
  readonly choices: readonly Value[];
  readonly onChange: (parameter: Parameter) => void;
}

export function RangeEditor({ parameter, schema, present, title, choices, onChange }: RangeEditorProps) {
  const { t } = useTranslation();
  if (parameter.type === "choice")
    return <ChoiceChips parameter={parameter} schema={schema} title={title} choices={choices} present={present} onChange={onChange} />;
  const canLog = parameter.min > 0;
  return (
    <div className={classes.range}>
      <EndField parameter={parameter} end="min" title={title} onChange={onChange} />
      <RangeScale parameter={parameter} schema={schema} present={typeof present === "number" ? present : null} title={title} onChange={onChange} />
      <EndField parameter={parameter} end="max" title={title} onChange={onChange} />
      <Button
        size="compact-xs"
        variant={parameter.log ? "light" : "subtle"}
        color="gray"
        aria-pressed={parameter.log}
        aria-label={t("space.logOf", { title })}
        disabled={!canLog}
        title={t("space.logHelp")}
        onClick={() => onChange(withLog(parameter))}
      >
        {t("space.log")}
      </Button>
    </div>
  );
}

/** On the other kind of scale. Steps are of a linear scale only. */
function withLog(parameter: NumberParameter): NumberParameter {
  const log = !parameter.log;
  return parameter.type === "integer" ? { ...parameter, log, step: 1 } : { ...parameter, log, step: undefined };
}

interface EndProps {
  readonly parameter: NumberParameter;
  readonly end: "min" | "max";
  readonly title: string;
  readonly onChange: (parameter: NumberParameter) => void;
}

function EndField({ parameter, end, title, onChange }: EndProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? parameter[end] : readNumber(typed);
  const invalid = typeof read !== "number" || withEnd(parameter, end, read) === null;
  return (
    <TextInput
      size="xs"
      w={70}
      className="tabular"
      inputMode="decimal"
      autoComplete="off"
      aria-label={t(`space.${end}Of`, { title })}
      error={invalid}
      value={typed ?? numberText(parameter[end])}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const value = readNumber(text);
        const next = typeof value === "number" ? withEnd(parameter, end, value) : null;
        if (next !== null) onChange(next);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
