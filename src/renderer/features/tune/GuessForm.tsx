/** A point of the user's own, tried next. It begins with the best trial's; what is left empty the sampler draws. */
import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Parameter } from "../../../shared/tuning/space.ts";
import { editStudy } from "../../api/studyActions.ts";
import { numberText } from "../../space/numberText.ts";
import { guessOf } from "./model/guess.ts";
import classes from "./tune.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

type Typed = Readonly<Record<string, string>>;

export function GuessForm() {
  const { t } = useTranslation();
  const { detail, byNumber } = useView();
  const { study, id, best } = detail;
  const [typed, setTyped] = useState<Typed>(() => {
    const point = best === null ? undefined : byNumber.get(best.number)?.point;
    return Object.fromEntries(Object.entries(point ?? {}).map(([name, value]) => [name, numberText(value)]));
  });
  const { point, wrong } = guessOf(study.space, typed);
  return (
    <section className={classes.card} aria-label={t("tune.guess")}>
      <h2>{t("tune.guess")}</h2>
      <Text size="xs" c="dimmed">
        {t("tune.guessHelp")}
      </Text>
      <div className={classes.guess}>
        {study.space.map((parameter) => (
          <GuessField
            key={parameter.name}
            parameter={parameter}
            value={typed[parameter.name] ?? ""}
            wrong={wrong.includes(parameter.name)}
            onChange={(value) => setTyped({ ...typed, [parameter.name]: value })}
          />
        ))}
      </div>
      <Button
        size="compact-sm"
        disabled={wrong.length > 0 || Object.keys(point).length === 0}
        onClick={() => void editStudy(id, { guesses: [point] }, null, t("tune.said.guessed"))}
      >
        {t("tune.queueGuess")}
      </Button>
    </section>
  );
}

interface GuessFieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
}

function GuessField({ parameter, value, wrong, onChange }: GuessFieldProps) {
  const { t } = useTranslation();
  const text = useText();
  if (parameter.type === "choice")
    return (
      <NativeSelect
        size="xs"
        label={parameter.name}
        value={value}
        data={[{ value: "", label: t("tune.drawn") }, ...parameter.values.map((each) => ({ value: String(each), label: text.value(each) }))]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      size="xs"
      className="tabular"
      inputMode="decimal"
      label={parameter.name}
      placeholder={t("tune.drawn")}
      error={wrong ? t("tune.between", { min: numberText(parameter.min), max: numberText(parameter.max) }) : false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
