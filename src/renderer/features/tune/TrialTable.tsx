/** The selected trials as a table, sorted by any column. Only the rows in view are drawn. */
import { Checkbox, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Trial } from "../../../shared/contract/studies.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { DASH } from "../../../shared/text/numbers.ts";
import { togglePicked } from "./model/selection.ts";
import { sortedTrials, type TrialSort } from "./model/sorting.ts";
import { TrialStateMark } from "./TrialStateMark.tsx";
import classes from "./trials.module.css";
import { useText } from "./useText.ts";
import { hover, useView } from "./view.ts";

const ROW_PIXELS = 27;

export function TrialTable() {
  const { t } = useTranslation();
  const { trials, selected, selection, select, axes, parameters, objectives, open, current } = useView();
  const scroll = useRef<HTMLElement>(null);
  const [sort, setSort] = useState<TrialSort>({ key: "trial", descending: true });
  const rows = useMemo(
    () =>
      sortedTrials(
        trials.filter(({ number }) => selected.has(number)),
        axes,
        sort,
      ),
    [trials, selected, axes, sort],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 10,
    initialRect: { width: 400, height: 600 },
  });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = [
    { key: "trial", title: "#" },
    ...objectives.map(({ key, title }) => ({ key, title })),
    ...parameters.map(({ key, title }) => ({ key, title })),
    { key: "seconds", title: t("tune.column.time") },
  ];
  const span = columns.length + 2;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.tableScroll} ref={scroll} tabIndex={0} aria-label={t("tune.trialTable")} onPointerLeave={() => hover(null)}>
      <table className={classes.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("tune.pick")}</span>
            </th>
            {columns.slice(0, 1).map((column) => (
              <SortHead key={column.key} column={column} sort={sort} onSort={setSort} />
            ))}
            <th scope="col">{t("tune.column.status")}</th>
            {columns.slice(1).map((column) => (
              <SortHead key={column.key} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden style={{ height: before }}>
              <td colSpan={span} />
            </tr>
          )}
          {items.map(({ index }) => {
            const trial = rows[index];
            return trial === undefined ? null : (
              <Row
                key={trial.number}
                trial={trial}
                index={index}
                picked={selection.picked.includes(trial.number)}
                isOpen={current === trial.number}
                onPick={() => select(togglePicked(selection, trial.number))}
                onOpen={() => open(current === trial.number ? null : trial.number)}
              />
            );
          })}
          {after > 0 && (
            <tr aria-hidden style={{ height: after }}>
              <td colSpan={span} />
            </tr>
          )}
        </tbody>
      </table>
      {rows.length === 0 && <p className={classes.nothing}>{trials.length === 0 ? t("tune.noTrials") : t("tune.noneSelected")}</p>}
    </section>
  );
}

interface SortHeadProps {
  readonly column: { readonly key: string; readonly title: string };
  readonly sort: TrialSort;
  readonly onSort: (sort: TrialSort) => void;
}

function SortHead({ column: { key, title }, sort, onSort }: SortHeadProps) {
  const own = sort.key === key;
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={own ? (sort.descending ? "descending" : "ascending") : undefined}>
      <UnstyledButton className={classes.sort} title={title} onClick={() => onSort({ key, descending: own ? !sort.descending : false })}>
        <span>{title}</span>
        {own && <Arrow size={12} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}

interface RowProps {
  readonly trial: Trial;
  readonly index: number;
  readonly picked: boolean;
  readonly isOpen: boolean;
  readonly onPick: () => void;
  readonly onOpen: () => void;
}

function Row({ trial, index, picked, isOpen, onPick, onOpen }: RowProps) {
  const { t } = useTranslation();
  const text = useText();
  const { detail, parameters } = useView();
  const { number, state, values, startedAt, endedAt } = trial;
  return (
    <tr aria-rowindex={index + 2} data-trial={number} data-open={isOpen || undefined} onPointerEnter={() => hover(number)}>
      <td>
        <Checkbox size="xs" aria-label={t("tune.pickTrial", { number })} checked={picked} onChange={onPick} />
      </td>
      <td>
        <UnstyledButton className={classes.number} aria-expanded={isOpen} aria-label={t("tune.openTrial", { number })} onClick={onOpen}>
          {number}
        </UnstyledButton>
      </td>
      <td>
        <TrialStateMark state={state} origin={trial.origin} />
      </td>
      {detail.objectives.map((facts, objective) => (
        <td key={facts.metric}>{text.objective(facts, values?.[objective])}</td>
      ))}
      {parameters.map((axis) => {
        const value = axis.read(trial);
        return <td key={axis.key}>{value === null ? DASH : text.value(value)}</td>;
      })}
      <td>{startedAt === null || endedAt === null ? DASH : durationText(endedAt - startedAt)}</td>
    </tr>
  );
}
