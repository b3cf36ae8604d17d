/** The first predictions, marked as right or wrong: the most probable classes, or values beside the truth. */
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PredictedOutput, PredictionRow } from "../../shared/contract/predictions.ts";
import { numberText } from "../../shared/text/numbers.ts";
import classes from "./predict.module.css";

/** Number of classes shown per sample. */
const MOST_LIKELY = 3;

interface PredictionTableProps {
  readonly output: PredictedOutput;
  readonly rows: readonly PredictionRow[];
}

export function PredictionTable({ output, rows }: PredictionTableProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const heads = output.kind === "classes" ? [t("predict.truth"), t("predict.predicted"), t("predict.mark"), t("predict.mostLikely")] : valueHeads(output.names);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={t("predict.table")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("predict.sample")}</th>
            <th scope="col">{t("predict.source")}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.sample}>
              <td className="tabular">{row.sample}</td>
              <td title={row.source ?? undefined} className={classes.source}>
                <bdi>{row.source ?? "–"}</bdi>
              </td>
              {output.kind === "classes" ? <ClassCells row={row} names={output.classes} /> : <ValueCells row={row} names={output.names} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

  function valueHeads(names: readonly string[]): readonly string[] {
    if (names.length === 1) return [t("predict.truth"), t("predict.predicted")];
    return names.flatMap((name) => [t("predict.truthOf", { name }), t("predict.predictedOf", { name })]);
  }
}

function ClassCells({ row: { truth, predicted, numbers }, names }: { readonly row: PredictionRow; readonly names: readonly string[] }) {
  const { t } = useTranslation();
  const likely = [...numbers.keys()].sort((a, b) => (numbers[b] ?? 0) - (numbers[a] ?? 0)).slice(0, MOST_LIKELY);
  return (
    <>
      <td>
        <bdi>{typeof truth === "string" ? truth : "–"}</bdi>
      </td>
      <td>
        <bdi>{predicted}</bdi>
      </td>
      <td>
        {truth === null ? (
          "–"
        ) : truth === predicted ? (
          <IconCheck size={15} color="var(--descent-ok)" role="img" aria-label={t("predict.right")} />
        ) : (
          <IconX size={15} color="var(--descent-bad)" role="img" aria-label={t("predict.wrong")} />
        )}
      </td>
      <td className="tabular">
        {likely.map((index) => (
          <span key={index} className={classes.likely}>
            <bdi className={classes.class}>{names[index]}</bdi> {numberText(numbers[index] ?? Number.NaN)}
          </span>
        ))}
      </td>
    </>
  );
}

function ValueCells({ row: { truth, numbers }, names }: { readonly row: PredictionRow; readonly names: readonly string[] }) {
  const known = typeof truth === "object" && truth !== null ? truth : [];
  return names.map((name, index) => <ValuePair key={name} truth={known[index]} predicted={numbers[index]} />);
}

function ValuePair({ truth, predicted }: { readonly truth: number | undefined; readonly predicted: number | undefined }) {
  return (
    <>
      <td className={classes.number}>{truth === undefined ? "–" : numberText(truth)}</td>
      <td className={classes.number}>{numberText(predicted ?? Number.NaN)}</td>
    </>
  );
}
