// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while they are in view cannot be laid out as a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
/** One run of the table. */
import { Checkbox } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import type { Column } from "./columns.tsx";
import classes from "./runs.module.css";

interface RunRowProps {
  readonly run: RunSummary;
  readonly elementId: string;
  /** Zero-based position in the table. */
  readonly index: number;
  readonly top: number;
  readonly template: string;
  readonly columns: readonly Column[];
  readonly cell: (column: Column) => ReactNode;
  readonly current: boolean;
  readonly selected: boolean;
  readonly called: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly onCheck: (extend: boolean) => void;
}

export function RunRow({ run, elementId, index, top, template, columns, cell, current, selected, called, onClick, onCheck }: RunRowProps) {
  const { t } = useTranslation();
  return (
    <div
      id={elementId}
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-run={run.id}
      data-current={current || undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      <div role="gridcell" aria-colindex={1} onClick={(event) => event.stopPropagation()}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t("runs.select", { name: called })}
          checked={selected}
          onChange={(event) => onCheck(event.nativeEvent instanceof globalThis.MouseEvent && event.nativeEvent.shiftKey)}
        />
      </div>
      {columns.map((column, place) => (
        <div key={column.id} role="gridcell" aria-colindex={place + 2} className={`${classes.cell} ${column.numeric ? classes.numeric : ""}`}>
          {cell(column)}
        </div>
      ))}
    </div>
  );
}
