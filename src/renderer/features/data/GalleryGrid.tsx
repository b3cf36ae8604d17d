// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus, and names its active option
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list has the keys
/** A virtualized grid of sample images: only the visible rows are in the DOM. One tab stop; arrow keys move within it. */
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SampleView } from "../../../shared/contract/inspection.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { useSamplePages } from "../../api/datasets.ts";
import { SampleCanvas } from "../../samples/SampleCanvas.tsx";
import { planesOf } from "../../samples/sample.ts";
import { labelOf, pageOf, pagesBetween, type SampleList } from "../../samples/samples.ts";
import { usePage } from "./context.ts";
import classes from "./gallery.module.css";

interface GalleryGridProps {
  readonly list: SampleList;
  /** Minimum side of an image in CSS pixels; images grow until the row is full. */
  readonly size: number;
  /** Which slice of volumes is shown, as a fraction of the depth; null for the middle slice. */
  readonly depth: number | null;
}

const PAGE = 48;
const GAP = 8;
const CAPTION = 18;
const MOST_PIXELS = 430;
/** Volumes are requested with this side, because their slices are shown small. */
const VOLUME_SIDE = 32;
const SMALLEST_SIDE = 96;

export function GalleryGrid({ list, size: least, depth }: GalleryGridProps) {
  const { t } = useTranslation();
  const id = useId();
  const { source, kind, openSample } = usePage();
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measured, box);
  const [current, setCurrent] = useState(0);
  const perRow = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const size = width === 0 ? least : Math.floor((width + GAP) / perRow) - GAP;
  const height = (kind === "signal" ? Math.round(size * 0.6) : size) + CAPTION + GAP;
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(list.length / perRow),
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 3,
    // A new row height needs new keys.
    getItemKey: (index) => `${height} ${perRow} ${index}`,
  });
  const rows = virtualizer.getVirtualItems();
  const [first, last] = [(rows[0]?.index ?? 0) * perRow, Math.min(list.length, ((rows.at(-1)?.index ?? -1) + 1) * perRow) - 1];
  const wanted = pagesBetween(first, last, PAGE);
  const pages = useSamplePages(
    source,
    wanted.map((page) => pageOf(list, page, PAGE)),
    kind === "volume" ? VOLUME_SIDE : Math.max(SMALLEST_SIDE, least),
  );
  const active = Math.max(0, Math.min(current, list.length - 1));
  const viewAt = (position: number) => pages[wanted.indexOf(Math.floor(position / PAGE))]?.views?.[position % PAGE];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: active + 1,
      ArrowLeft: active - 1,
      ArrowDown: active + perRow,
      ArrowUp: active - perRow,
      PageDown: active + 4 * perRow,
      PageUp: active - 4 * perRow,
      Home: 0,
      End: list.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const next = Math.min(list.length - 1, Math.max(0, to));
      setCurrent(next);
      virtualizer.scrollToIndex(Math.floor(next / perRow));
    } else if (event.key === "Enter") openSample(list, active);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      className={classes.wall}
      style={{ height: Math.min(MOST_PIXELS, Math.ceil(list.length / perRow) * height + 2) }}
      role="listbox"
      tabIndex={0}
      aria-label={t("data.gallery.list")}
      aria-busy={rows.length === 0}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {rows.map((row) => (
          <div key={row.key} role="presentation" className={classes.row} style={{ transform: `translateY(${row.start}px)`, gap: GAP }}>
            {Array.from({ length: Math.min(perRow, list.length - row.index * perRow) }, (_, column) => {
              const position = row.index * perRow + column;
              return (
                <Cell
                  key={position}
                  id={`${id}-${position}`}
                  sample={list.at(position)}
                  position={position}
                  count={list.length}
                  view={viewAt(position)}
                  size={size}
                  height={height - GAP}
                  depth={depth}
                  active={position === active}
                  onOpen={() => {
                    setCurrent(position);
                    openSample(list, position);
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  readonly id: string;
  readonly sample: number;
  readonly position: number;
  readonly count: number;
  readonly view: SampleView | undefined;
  readonly size: number;
  readonly height: number;
  readonly depth: number | null;
  readonly active: boolean;
  readonly onOpen: () => void;
}

function Cell({ id, sample, position, count, view, size, height, depth, active, onOpen }: CellProps) {
  const { t, i18n } = useTranslation();
  const { facts } = usePage();
  const label = view === undefined ? "" : labelOf(view, facts, i18n.language);
  const slice = view === undefined ? null : sliceAt(view, depth);
  return (
    <div
      id={id}
      className={classes.cell}
      style={{ width: size, height }}
      role="option"
      aria-selected={false}
      aria-posinset={position + 1}
      aria-setsize={count}
      data-active={active || undefined}
      title={view?.place ?? undefined}
      onClick={onOpen}
    >
      <div className={classes.picture} style={{ height: height - CAPTION }}>
        {view !== undefined && <SampleCanvas view={view} size={size} label="" {...(slice === null ? {} : { slice })} />}
      </div>
      <div className={classes.caption}>
        <span>{label}</span>
        <span>
          <span className="visually-hidden">{t("data.gallery.number")} </span>
          {countText(sample, i18n.language)}
        </span>
      </div>
    </div>
  );
}

/** The slice at a fraction of a volume's depth; null for the middle slice, and for samples without depth. */
function sliceAt({ shape }: Pick<SampleView, "shape">, depth: number | null): number | null {
  const planes = planesOf(shape);
  if (planes === null || planes.depth === 1 || depth === null) return null;
  return Math.round(depth * (planes.depth - 1));
}
