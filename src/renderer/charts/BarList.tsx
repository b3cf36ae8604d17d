/** Counts by name, as a list of bars with their numbers. It can be read without the bars. */
import { useTranslation } from "react-i18next";
import { countText } from "../../shared/text/numbers.ts";
import { shareText } from "./HistogramChart.tsx";
import classes from "./plots.module.css";

interface BarListProps {
  readonly label: string;
  readonly items: readonly { readonly name: string; readonly count: number }[];
  /** The total that the fractions refer to. */
  readonly total: number;
}

export function BarList({ label, items, total }: BarListProps) {
  const { i18n } = useTranslation();
  const most = items.reduce((a, { count }) => Math.max(a, count), 1);
  return (
    // A scrolling list must be reachable by keyboard.
    <ul className={classes.bars} aria-label={label} tabIndex={items.length > 12 ? 0 : undefined}>
      {items.map(({ name, count }) => (
        <li key={name}>
          <span className={classes.barName} title={name}>
            {name}
          </span>
          <span className={classes.barTrack} aria-hidden>
            <div style={{ width: `${(100 * count) / most}%` }} />
          </span>
          <span className={classes.barValue}>
            {countText(count, i18n.language)} · {shareText(total > 0 ? count / total : 0)}
          </span>
        </li>
      ))}
    </ul>
  );
}
