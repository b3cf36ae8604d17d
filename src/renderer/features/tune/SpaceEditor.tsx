/** The ranges of a running study. Changes apply to the proposals that follow, and are recorded. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Parameter } from "../../../shared/tuning/space.ts";
import { editStudy } from "../../api/studyActions.ts";
import { useValueText } from "../../forms/valueText.ts";
import { schemaOf } from "../../space/ParameterEditor.tsx";
import { RangeEditor } from "../../space/RangeEditor.tsx";
import { withChanged } from "../../space/space.ts";
import { aroundBest } from "./model/narrow.ts";
import classes from "./tune.module.css";
import { useView } from "./view.ts";

/** The fraction of the trials that count as the best. */
const BEST = 0.15;

export function SpaceEditor() {
  const { t } = useTranslation();
  const text = useValueText();
  const { detail, trials, ranks } = useView();
  const { study, id } = detail;
  const [space, setSpace] = useState<readonly Parameter[]>(study.space);
  const around = aroundBest(study.space, trials, ranks, BEST);
  const changed = JSON.stringify(space) !== JSON.stringify(study.space);
  const apply = (next: readonly Parameter[], said: string) => void editStudy(id, { space: [...next] }, { space: study.space }, said);
  return (
    <section className={classes.card} aria-label={t("space.title")}>
      <h2>{t("space.title")}</h2>
      {space.map((parameter) => {
        const schema = schemaOf(parameter, study.recipe);
        return (
          <div key={parameter.name} className={classes.parameter}>
            <div className={classes.parameterHead}>
              <b>{parameter.name}</b>
              {parameter.when !== undefined && (
                <span className={classes.hint}>
                  {t("space.onlyWhen", { name: parameter.when.name, values: parameter.when.values.map((value) => text({}, value)).join(", ") })}
                </span>
              )}
            </div>
            <RangeEditor
              parameter={parameter}
              schema={schema}
              present={undefined}
              title={parameter.name}
              choices={choicesOf(study.space, parameter.name)}
              onChange={(next) => setSpace(withChanged(space, next))}
            />
          </div>
        );
      })}
      <div className={classes.apply}>
        <Button size="compact-sm" disabled={!changed} onClick={() => apply(space, t("tune.said.ranges"))}>
          {t("tune.applyRanges")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={around === null}
          title={t("tune.aroundBestHelp")}
          onClick={() => around !== null && apply(around, t("tune.said.narrowed"))}
        >
          {t("tune.aroundBest")}
        </Button>
      </div>
    </section>
  );
}

function choicesOf(space: readonly Parameter[], name: string) {
  const parameter = space.find((each) => each.name === name);
  return parameter?.type === "choice" ? parameter.values : [];
}
