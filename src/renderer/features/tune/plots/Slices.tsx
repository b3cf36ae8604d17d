/** The first objective against each parameter. A brush along a parameter is a range to which it can be narrowed. */
import { useTranslation } from "react-i18next";
import classes from "../plots.module.css";
import { useView } from "../view.ts";
import { Scatter } from "./Scatter.tsx";

export function Slices() {
  const { t } = useTranslation();
  const { parameters, objectives } = useView();
  const y = objectives[0];
  if (y === undefined) return null;
  return (
    <div className={classes.slices}>
      {parameters.map((x) => (
        <Scatter key={x.key} title={x.title} help={t("tune.sliceHelp")} x={x} y={y} height={190} />
      ))}
    </div>
  );
}
