/** The trial under the pointer in one line, below a plot. Shown in every plot at once, as all mark the same trial. */
import { useTranslation } from "react-i18next";
import classes from "../plots.module.css";
import { useText } from "../useText.ts";
import { useHovered, useView } from "../view.ts";

export function TrialLine() {
  const { t } = useTranslation();
  const { byNumber, detail } = useView();
  const text = useText();
  const number = useHovered((state) => state.number);
  const trial = number === null ? undefined : byNumber.get(number);
  const values = trial === undefined ? [] : detail.objectives.map((facts, index) => `${text.title(facts)} ${text.objective(facts, trial.values?.[index])}`);
  return (
    <div className={classes.readout}>
      {trial !== undefined && (
        <>
          <b>{t("tune.trialNumber", { number: trial.number })}</b> {t(`tune.state.${trial.state}`)} · {values.join(", ")} ·{" "}
          {Object.entries(trial.point)
            .map(([name, value]) => `${name} ${text.value(value)}`)
            .join(", ")}
        </>
      )}
    </div>
  );
}
