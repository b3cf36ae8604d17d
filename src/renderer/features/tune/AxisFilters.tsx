/** Every brush as numbers, for those who do not use a pointer: the two ends of each axis, or its choices. */
import { TextInput, UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readNumber } from "../../forms/numbers.ts";
import { numberText } from "../../space/numberText.ts";
import chip from "../../ui/chip.module.css";
import type { Axis, NumberAxis } from "./model/axis.ts";
import { toggleValue, withBrush } from "./model/selection.ts";
import classes from "./tune.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

export function AxisFilters() {
  const { t } = useTranslation();
  const { axes } = useView();
  return (
    <fieldset className={classes.axisFilters} aria-label={t("tune.byNumbers")}>
      {axes.map((axis) => (
        <div key={axis.key} className={classes.axisFilter}>
          <span className={classes.axisFilterName} title={axis.title}>
            {axis.title}
          </span>
          {axis.kind === "number" ? <Ends axis={axis} /> : <Choices axis={axis} values={axis.values} />}
          {axis.kind === "number" && axis.hasAbsent && axis.key.startsWith("parameter:") && <Choices axis={axis} values={[]} />}
        </div>
      ))}
    </fieldset>
  );
}

function Choices({ axis, values }: { readonly axis: Axis; readonly values: readonly (string | number | boolean)[] }) {
  const text = useText();
  const { selection, select } = useView();
  const brush = selection.brushes[axis.key];
  const chosen = brush?.type === "values" ? brush.values : [];
  return [...values, ...(axis.hasAbsent ? [null] : [])].map((value) => (
    <UnstyledButton
      key={String(value)}
      className={chip.chip}
      aria-pressed={chosen.includes(value)}
      onClick={() => select(toggleValue(selection, axis.key, value))}
    >
      {chosen.includes(value) && <IconCheck size={11} aria-hidden />}
      {text.value(value)}
    </UnstyledButton>
  ));
}

function Ends({ axis }: { readonly axis: NumberAxis }) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  const brush = selection.brushes[axis.key];
  const interval = brush?.type === "interval" ? brush : null;
  const change = (end: "low" | "high", value: number | null) => {
    const [low, high] = axis.domain;
    const next = { type: "interval" as const, low: interval?.low ?? low, high: interval?.high ?? high, [end]: value ?? (end === "low" ? low : high) };
    select(withBrush(selection, axis.key, next.low <= low && next.high >= high ? null : next));
  };
  return (
    <>
      <End label={t("tune.from", { title: axis.title })} value={interval?.low ?? null} least={axis.domain[0]} onChange={(value) => change("low", value)} />
      –
      <End label={t("tune.to", { title: axis.title })} value={interval?.high ?? null} least={axis.domain[1]} onChange={(value) => change("high", value)} />
    </>
  );
}

interface EndProps {
  readonly label: string;
  readonly value: number | null;
  /** The end of the axis, where nothing is brushed. */
  readonly least: number;
  readonly onChange: (value: number | null) => void;
}

function End({ label, value, least, onChange }: EndProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? undefined : readNumber(typed);
  return (
    <TextInput
      size="xs"
      w={72}
      className="tabular"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      placeholder={numberText(least)}
      error={typeof read === "string"}
      value={typed ?? (value === null ? "" : numberText(value))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = readNumber(text);
        if (typeof next !== "string") onChange(next ?? null);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
