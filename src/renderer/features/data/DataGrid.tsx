// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while they are in view cannot be laid out as a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
/** A virtualized table: only the visible rows are in the DOM. One tab stop; arrow keys move within it. */
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import classes from "./grid.module.css";

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  /** Least width in pixels. */
  readonly width: number;
  /** Fraction of the remaining width (`fr`); without it the width is fixed. */
  readonly grow?: number;
  readonly numeric: boolean;
  readonly sorted?: "ascending" | "descending" | undefined;
  /** Absent if the table cannot be sorted by this column. */
  readonly onSort?: () => void;
}

interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly count: number;
  /** The grid is as high as its rows, but at most this many pixels. */
  readonly height: number;
  readonly cell: (row: number, column: number) => ReactNode;
  readonly onOpen: (row: number) => void;
  /** Called with the rows in view. */
  readonly onVisible?: (first: number, last: number) => void;
}

const ROW_PIXELS = 28;
const HEADER_PIXELS = 30;
const SCROLLBAR_PIXELS = 16;
const PAGE_ROWS = 12;
const GAP_PIXELS = 10;

export function DataGrid({ label, columns, count, height, cell, onOpen, onVisible }: DataGridProps) {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const gridTemplateColumns = columns.map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`)).join(" ");
  // Every row is as wide as the header, so that the columns align with their titles.
  const whole = columns.reduce((sum, { width }) => sum + width + GAP_PIXELS, GAP_PIXELS);
  const minWidth = `max(100%, ${whole}px)`;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 8,
    scrollPaddingStart: HEADER_PIXELS,
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);
  const active = Math.min(current, count - 1);

  // The wheel scrolls the page until the table has the focus. Otherwise the table would stop a user who scrolls past it.
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0 || element.contains(document.activeElement)) return;
      const page = scrollerAround(element);
      if (page === null) return;
      event.preventDefault();
      page.scrollBy({ top: event.deltaY * pixelsOf(event.deltaMode, page) });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE_ROWS,
      PageUp: active - PAGE_ROWS,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const next = Math.min(count - 1, Math.max(0, to));
      setCurrent(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === "Enter" && active >= 0) onOpen(active);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      className={classes.grid}
      style={{ height: Math.min(height, HEADER_PIXELS + count * ROW_PIXELS + SCROLLBAR_PIXELS) }}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.header} role="row" aria-rowindex={1} style={{ gridTemplateColumns, width: minWidth }}>
        {columns.map(({ id: columnId, title, numeric, sorted, onSort }, index) => (
          <div key={columnId} role="columnheader" aria-colindex={index + 1} aria-sort={sorted} className={numeric ? classes.numeric : classes.cell}>
            {onSort === undefined ? (
              <span title={title}>{title}</span>
            ) : (
              <button type="button" className={classes.sort} data-sorted={sorted !== undefined || undefined} onClick={onSort}>
                {title}
                {sorted === "ascending" && <IconArrowUp size={12} aria-hidden />}
                {sorted === "descending" && <IconArrowDown size={12} aria-hidden />}
              </button>
            )}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize(), width: minWidth }}>
        {items.map((item) => (
          <div
            key={item.key}
            id={`${id}-${item.index}`}
            className={classes.row}
            role="row"
            aria-rowindex={item.index + 2}
            data-current={item.index === active || undefined}
            style={{ gridTemplateColumns, transform: `translateY(${item.start}px)` }}
            onClick={() => {
              setCurrent(item.index);
              onOpen(item.index);
            }}
          >
            {columns.map(({ id: columnId, numeric }, index) => (
              <div key={columnId} role="gridcell" aria-colindex={index + 1} className={numeric ? classes.numeric : classes.cell}>
                {cell(item.index, index)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The nearest ancestor that scrolls vertically; null if there is none, and then the table itself may scroll. */
function scrollerAround(element: HTMLElement): HTMLElement | null {
  for (let around = element.parentElement; around !== null; around = around.parentElement)
    if (around.scrollHeight > around.clientHeight && /auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
  return null;
}

/** A wheel event counts in pixels, lines or pages. */
function pixelsOf(mode: number, page: HTMLElement): number {
  return mode === WheelEvent.DOM_DELTA_LINE ? ROW_PIXELS : mode === WheelEvent.DOM_DELTA_PAGE ? page.clientHeight : 1;
}
