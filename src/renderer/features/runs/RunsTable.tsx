// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while they are in view cannot be laid out as a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
/** The table of runs: only the rows in view exist, so that 10,000 are as quick as ten. One tab stop; arrow keys move within it. */
import { Checkbox, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { getCoreRowModel, getSortedRowModel, type SortingState, useReactTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { renameRun } from "../../api/actions.tsx";
import { columns as allColumns, Cell, type ColumnId, gridTemplate, tableColumns } from "./columns.tsx";
import { NameCell } from "./NameCell.tsx";
import classes from "./runs.module.css";

interface RunsTableProps {
  /** All of them: they are sorted once, however the filter changes. */
  readonly runs: readonly RunSummary[];
  /** Those that the filter leaves. */
  readonly shown: readonly RunSummary[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onOpen: (id: string) => void;
  readonly onRemove: (ids: readonly string[]) => void;
}

const ROW_PIXELS = 34;
const HEADER_PIXELS = 32;
const PAGE_ROWS = 15;
const NARROW = "(max-width: 1120px)";

export function RunsTable({ runs, shown, selected, onSelect, onOpen, onRemove }: RunsTableProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const columns = narrow ? allColumns.filter(({ wide }) => wide === undefined) : allColumns;
  const gridTemplateColumns = gridTemplate(columns);
  const grid = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<SortingState>([{ id: "when", desc: true }]);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [anchorId, setAnchorId] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const data = useMemo(() => [...runs], [runs]);
  const table = useReactTable({
    data,
    columns: tableColumns,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
    getRowId: (run) => run.id,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const sorted = table.getRowModel().rows;
  const rows = useMemo(() => {
    if (shown.length === runs.length) return sorted;
    const kept = new Set(shown);
    return sorted.filter(({ original }) => kept.has(original));
  }, [sorted, shown, runs]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PIXELS,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: HEADER_PIXELS,
  });
  const found = rows.findIndex((row) => row.id === currentId);
  const current = Math.max(0, found);

  const moveTo = (index: number, extend: boolean) => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (target === undefined) return;
    setCurrentId(target.id);
    if (extend) selectTo(target.id);
    else setAnchorId(target.id);
    virtualizer.scrollToIndex(rows.indexOf(target));
  };
  const selectTo = (targetId: string) => {
    const from = Math.max(
      0,
      rows.findIndex((row) => row.id === (anchorId ?? currentId ?? targetId)),
    );
    const to = rows.findIndex((row) => row.id === targetId);
    onSelect(new Set([...selected, ...rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)]));
  };
  const toggle = (runId: string) => {
    setAnchorId(runId);
    onSelect(selected.has(runId) ? new Set([...selected].filter((other) => other !== runId)) : new Set([...selected, runId]));
  };
  const rename = (runId: string, name: string | null) => {
    setEditing(null);
    grid.current?.focus();
    if (name !== null) void renameRun(runId, name);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current) return;
    const row = rows[current];
    if (row === undefined || !act(event, row.id)) return;
    event.preventDefault();
  };
  const act = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, runId: string): boolean => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: currentId === null ? 0 : current + 1,
      ArrowUp: current - 1,
      PageDown: current + PAGE_ROWS,
      PageUp: current - PAGE_ROWS,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[key];
    if (to !== undefined) moveTo(to, shiftKey);
    else if (key === "Enter") onOpen(runId);
    else if (key === " ") toggle(runId);
    else if (key === "F2") setEditing(runId);
    else if (key === "Delete") onRemove(selected.size > 0 ? [...selected] : [runId]);
    else if (key === "a" && (ctrlKey || metaKey)) onSelect(new Set(rows.map((row) => row.id)));
    else if (key === "Escape" && selected.size > 0) onSelect(new Set());
    else return false;
    return true;
  };
  const onRowClick = (event: MouseEvent, runId: string) => {
    setCurrentId(runId);
    if (event.shiftKey) selectTo(runId);
    else if (event.ctrlKey || event.metaKey) toggle(runId);
    else onOpen(runId);
  };

  const rowId = (runId: string) => `${id}-${runId}`;
  const allSelected = rows.length > 0 && rows.every((row) => selected.has(row.id));
  return (
    <div
      ref={grid}
      className={classes.grid}
      role="grid"
      tabIndex={0}
      aria-label={t("runs.table")}
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={rows[current] === undefined ? undefined : rowId(rows[current].id)}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === grid.current && currentId === null && rows[0] !== undefined) setCurrentId(rows[0].id);
      }}
    >
      <div className={classes.header} role="row" aria-rowindex={1} style={{ gridTemplateColumns }}>
        <div role="columnheader" aria-colindex={1}>
          <Checkbox
            size="xs"
            aria-label={t("runs.selectAll")}
            checked={allSelected}
            indeterminate={!allSelected && selected.size > 0}
            onChange={() => onSelect(allSelected ? new Set() : new Set(rows.map((row) => row.id)))}
          />
        </div>
        {columns.map((column, index) => {
          const sorter = table.getColumn(column.id);
          const order = sorter?.getIsSorted() ?? false;
          const title = t(`runs.column.${column.id}`);
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 2}
              aria-sort={order === false ? undefined : order === "asc" ? "ascending" : "descending"}
              className={column.numeric ? classes.numeric : undefined}
            >
              <Tooltip label={helpOf(column.id)} disabled={column.help === undefined}>
                {column.sortable ? (
                  <button type="button" className={classes.sort} data-sorted={order !== false || undefined} onClick={sorter?.getToggleSortingHandler()}>
                    {title}
                    {order === "asc" && <IconArrowUp size={12} aria-hidden />}
                    {order === "desc" && <IconArrowDown size={12} aria-hidden />}
                  </button>
                ) : (
                  <span>{title}</span>
                )}
              </Tooltip>
            </div>
          );
        })}
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const run = row.original;
          return (
            <div
              key={item.key}
              id={rowId(run.id)}
              className={classes.row}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={selected.has(run.id)}
              data-run={run.id}
              data-current={item.index === found || undefined}
              style={{ gridTemplateColumns, transform: `translateY(${item.start}px)` }}
              onClick={(event) => onRowClick(event, run.id)}
            >
              <div role="gridcell" aria-colindex={1} onClick={(event) => event.stopPropagation()}>
                <Checkbox
                  size="xs"
                  tabIndex={-1}
                  aria-label={t("runs.select", { name: run.name })}
                  checked={selected.has(run.id)}
                  onChange={(event) => {
                    setCurrentId(run.id);
                    if (event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey) selectTo(run.id);
                    else toggle(run.id);
                  }}
                />
              </div>
              {columns.map((column, index) => (
                <div key={column.id} role="gridcell" aria-colindex={index + 2} className={`${classes.cell} ${column.numeric ? classes.numeric : ""}`}>
                  {column.id === "name" ? (
                    <NameCell name={run.name} editing={editing === run.id} onEdit={() => setEditing(run.id)} onDone={(name) => rename(run.id, name)} />
                  ) : (
                    <Cell run={run} column={column.id} language={i18n.language} sparklineLabel={t("runs.sparkline")} />
                  )}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );

  function helpOf(column: ColumnId): string {
    switch (column) {
      case "best":
      case "last":
      case "test":
      case "bestLoss":
      case "parameters":
      case "time":
      case "sparkline":
        return t(`runs.columnHelp.${column}`);
      default:
        return "";
    }
  }
}
