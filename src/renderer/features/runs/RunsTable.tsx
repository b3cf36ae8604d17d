// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while they are in view cannot be laid out as a table element
/** The table of runs. It is virtualized, so that 10,000 rows are as fast as ten. It is one tab stop; arrow keys move within it. */
import { getCoreRowModel, getSortedRowModel, type SortingState, useReactTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { attempt, renameRun } from "../../api/actions.tsx";
import { useNamesakes, useRecipeValues } from "../../api/recipes.ts";
import { hrefOf } from "../../app/route.ts";
import { openAnotherWindow } from "../../session.ts";
import { apartText } from "../../ui/apart.ts";
import { Cell, type Column, gridTemplate, NAME, sortedColumns } from "./columns.tsx";
import { fitColumns } from "./fit.ts";
import { NameCell } from "./NameCell.tsx";
import { RunRow } from "./RunRow.tsx";
import { RunsHeader } from "./RunsHeader.tsx";
import classes from "./runs.module.css";
import { destination, movedTo, rangeTo, type Selection, toggled } from "./selection.ts";
import { useWidth } from "./useWidth.ts";

interface RunsTableProps {
  /** All runs, so that a new filter needs no new sorting. */
  readonly runs: readonly RunSummary[];
  /** The runs that match the filter. */
  readonly shown: readonly RunSummary[];
  /** The chosen columns, in order. */
  readonly columns: readonly Column[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onOpen: (id: string) => void;
  readonly onRemove: (ids: readonly string[]) => void;
  /** Called with the columns that do not fit. */
  readonly onHidden: (columns: readonly Column[]) => void;
  /** Called when the sorting changes. */
  readonly onSorted: (column: Column, descending: boolean) => void;
}

const ROW_PIXELS = 34;
const HEADER_PIXELS = 32;
/** Width of a row's checkbox and the table's edges. */
const AROUND_PIXELS = 46;
const NOBODY: Omit<Selection, "selected"> = { current: null, anchor: null };

export function RunsTable({ runs, shown, columns: wanted, selected, onSelect, onOpen, onRemove, onHidden, onSorted }: RunsTableProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const width = useWidth(grid);
  const { shown: columns, hidden } = useMemo(() => fitColumns(wanted, width - AROUND_PIXELS), [wanted, width]);
  useEffect(() => onHidden(hidden), [onHidden, hidden]);
  const template = gridTemplate(columns);
  const [sorting, setSorting] = useState<SortingState>([{ id: "when", desc: true }]);
  const [place, setPlace] = useState(NOBODY);
  const [editing, setEditing] = useState<string | null>(null);
  const paths = useMemo(() => wanted.flatMap(({ path }) => path ?? []), [wanted]);
  const values = useRecipeValues(runs, paths);
  const data = useMemo(() => [...runs], [runs]);
  const table = useReactTable({
    data,
    columns: useMemo(() => sortedColumns(wanted, values, language), [wanted, values, language]),
    // Ignore sorting by a column that was removed.
    state: { sorting: useMemo(() => sorting.filter((each) => wanted.some((column) => column.id === each.id)), [sorting, wanted]) },
    // The table has no pages, and a reset to the first one would render it again.
    autoResetPageIndex: false,
    onSortingChange: setSorting,
    enableSortingRemoval: false,
    getRowId: (run) => run.id,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const sorted = table.getRowModel().rows;
  const rows = useMemo(() => {
    const all = sorted.map(({ original }) => original);
    if (shown.length === runs.length) return all;
    const kept = new Set(shown);
    return all.filter((run) => kept.has(run));
  }, [sorted, shown, runs]);
  const ids = useMemo(() => rows.map((run) => run.id), [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PIXELS,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
    scrollPaddingStart: HEADER_PIXELS,
  });
  const items = virtualizer.getVirtualItems();
  const differences = useNamesakes(
    runs,
    items.flatMap(({ index }) => rows[index] ?? []),
  );
  const found = place.current === null ? -1 : ids.indexOf(place.current);
  const current = Math.max(0, found);
  const apartOf = (run: RunSummary) => apartText(run, differences[run.id], t);
  const calledOf = (run: RunSummary) => [run.name, ...apartOf(run)].join(" · ");

  const select = ({ selected: next, ...others }: Selection) => {
    setPlace(others);
    if (next !== selected) onSelect(next);
  };
  const now: Selection = { ...place, selected };
  const sort = (columnId: string) => {
    const column = wanted.find((each) => each.id === columnId);
    const sorter = table.getColumn(columnId);
    if (column === undefined || sorter === undefined) return;
    const descending = sorter.getNextSortingOrder() === "desc";
    setSorting([{ id: columnId, desc: descending }]);
    onSorted(column, descending);
  };
  const rename = (runId: string, name: string | null) => {
    setEditing(null);
    grid.current?.focus();
    if (name !== null) void renameRun(runId, name);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current) return;
    const runId = ids[current];
    if (runId === undefined || !act(event, runId)) return;
    event.preventDefault();
  };
  const act = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, runId: string): boolean => {
    const to = destination(key, found, ids.length);
    const target = to === undefined ? undefined : ids[to];
    if (to !== undefined && target !== undefined) {
      select(movedTo(now, ids, target, shiftKey));
      virtualizer.scrollToIndex(to);
    } else if (key === "Enter" && (ctrlKey || metaKey)) openElsewhere(runId);
    else if (key === "Enter") onOpen(runId);
    else if (key === " ") select(toggled(now, runId));
    else if (key === "F2") setEditing(runId);
    else if (key === "Delete") onRemove(selected.size > 0 ? [...selected] : [runId]);
    else if (key === "a" && (ctrlKey || metaKey)) onSelect(new Set(ids));
    else if (key === "Escape" && selected.size > 0) onSelect(new Set());
    else return false;
    return true;
  };
  const onRowClick = (event: MouseEvent, runId: string) => {
    if (event.shiftKey) select(rangeTo({ ...now, current: runId }, ids, runId, place.anchor ?? place.current ?? runId));
    else if (event.ctrlKey || event.metaKey) select(toggled(now, runId));
    else {
      setPlace({ ...place, current: runId });
      onOpen(runId);
    }
  };

  const rowId = (runId: string) => `${id}-${runId}`;
  const all = rows.length > 0 && ids.every((each) => selected.has(each));
  const currentId = ids[current];
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
      aria-activedescendant={currentId === undefined ? undefined : rowId(currentId)}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === grid.current && place.current === null && currentId !== undefined) setPlace({ ...place, current: currentId });
      }}
    >
      <RunsHeader
        columns={columns}
        template={template}
        order={(columnId) => table.getColumn(columnId)?.getIsSorted() ?? false}
        onSort={sort}
        selected={all ? "all" : selected.size > 0 ? "some" : "none"}
        onSelectAll={(every) => onSelect(every ? new Set(ids) : new Set())}
      />
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const run = rows[item.index];
          if (run === undefined) return null;
          return (
            <RunRow
              key={item.key}
              run={run}
              elementId={rowId(run.id)}
              index={item.index}
              top={item.start}
              template={template}
              columns={columns}
              called={calledOf(run)}
              current={item.index === found}
              selected={selected.has(run.id)}
              onClick={(event) => onRowClick(event, run.id)}
              onCheck={(extend) => select(extend ? rangeTo({ ...now, current: run.id }, ids, run.id) : toggled(now, run.id))}
              cell={(column) =>
                column.id === NAME ? (
                  <NameCell
                    id={run.id}
                    name={run.name}
                    apart={apartOf(run)}
                    editing={editing === run.id}
                    onEdit={() => setEditing(run.id)}
                    onDone={(name) => rename(run.id, name)}
                    onElsewhere={() => openElsewhere(run.id)}
                  />
                ) : (
                  <Cell run={run} column={column} values={values} t={t} language={language} />
                )
              }
            />
          );
        })}
      </div>
    </div>
  );
}

/** Opens the run in a new browser window. Electron has only one window. */
function openElsewhere(run: string): void {
  if (window.descentBridge === undefined) void attempt(() => openAnotherWindow(hrefOf({ screen: "workbench", run })));
}
