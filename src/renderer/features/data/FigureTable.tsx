/** Statistics of numbers: a line for one variable, or a table for several. */
import { useTranslation } from "react-i18next";
import type { NumberSummary } from "../../../shared/contract/inspection.ts";
import { timeFigure } from "../../../shared/text/dates.ts";
import { figureText } from "../../../shared/text/numbers.ts";
import figures from "../../ui/figures.module.css";
import classes from "./data.module.css";

const FIELDS = ["count", "missing", "mean", "deviation", "min", "q1", "median", "q3", "max", "distinct", "zeros"] as const;

interface FigureTableProps {
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly numbers: NumberSummary }[];
  /** Whether the numbers are times, in milliseconds since 1970. */
  readonly times?: boolean;
}

export function FigureTable({ label, rows, times = false }: FigureTableProps) {
  const { t, i18n } = useTranslation();
  const [only] = rows;
  const text = (field: string, value: number | null) => (times ? timeFigure(field, value, i18n.language) : figureText(value, i18n.language));
  const later = (value: number | null) => (value === null ? t("data.values.later") : undefined);
  if (rows.length === 1 && only !== undefined)
    return (
      <dl className={classes.wraps} aria-label={label}>
        {FIELDS.map((field) => (
          <div key={field}>
            <dt>{t(`data.figure.${field}`)}</dt>
            <dd title={later(only.numbers[field])}>{text(field, only.numbers[field])}</dd>
          </div>
        ))}
      </dl>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard
    <section className={figures.scroll} tabIndex={0} aria-label={label}>
      <table className={figures.figures}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("data.columns.name")}</span>
            </th>
            {rows.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`data.figure.${field}`)}</th>
              {rows.map(({ name, numbers }) => (
                <td key={name} title={later(numbers[field])}>
                  {text(field, numbers[field])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
